import { h, makeGroup, makeSign, showSign } from "../parts.js";
import "./pairs.css";

// Each item with a list of partners: a phone shows such a list as large as its screen.
export function makeField(question, ids, onInput) {
  const rows = question.items.map(({ id, text }) => {
    const select = h(
      "select",
      { id: `${ids.field}-${id}`, class: "umkm-input" },
      h("option", { value: "", text: "Pilih…" }),
      ...question.partners.map((partner) => h("option", { value: partner.id, text: partner.text })),
    );
    const sign = makeSign();
    select.addEventListener("change", () => onInput(true));
    const label = h("label", { for: select.id, text });
    return {
      id,
      select,
      sign,
      node: h("div", { class: "umkm-pair" }, label, h("div", { class: "umkm-pair-partner" }, select, sign)),
    };
  });
  const body = makeGroup(question, ids, ...rows.map(({ node }) => node));
  return {
    body,
    read: () => {
      const chosen = rows.filter(({ select }) => select.value).map(({ id, select }) => [id, select.value]);
      return chosen.length ? Object.fromEntries(chosen) : null;
    },
    write: (answer) =>
      rows.forEach(({ id, select }) => {
        select.value = answer?.[id] || "";
      }),
    lock: (locked) => {
      body.disabled = locked;
    },
    mark: () => {},
    showParts: (parts) => rows.forEach(({ id, select, sign }) => showSign(sign, select.value ? parts[id] : null)),
    focus: () => (rows.find(({ select }) => !select.value) || rows[0]).select.focus(),
  };
}
