import { button, h, makeGroup, makeSign, makeVoice, showSign } from "../parts.js";
import "./bins.css";

// Tap an item, then the bin it belongs in. An item in a bin is tapped to be taken up again.
export function makeField(question, ids, onInput) {
  const texts = Object.fromEntries([...question.items, ...question.bins].map(({ id, text }) => [id, text]));
  const voice = makeVoice();
  const loose = h("div", { class: "umkm-loose", role: "group", "aria-label": "Belum ditaruh" });
  const hint = h("p", { class: "umkm-rule" });
  let placed = {};
  let taken = null;
  const items = Object.fromEntries(
    question.items.map(({ id, text }) => {
      const sign = makeSign();
      const node = button("", "umkm-item");
      node.append(h("span", { text }), sign);
      node.addEventListener("click", () => take(taken === id ? null : id));
      return [id, { node, sign }];
    }),
  );
  const bins = question.bins.map(({ id, text }) => {
    const put = button(`Taruh di ${text}`, "umkm-put");
    const inside = h("div", { class: "umkm-inside" });
    put.addEventListener("click", () => place(id));
    return {
      id,
      put,
      inside,
      node: h("div", { class: "umkm-bin", role: "group", "aria-label": text }, h("strong", { text }), inside, put),
    };
  });
  const take = (id) => {
    taken = id;
    arrange();
    if (id) voice.say(`${texts[id]} diambil. Pilih tempatnya.`);
  };
  const place = (bin) => {
    const id = taken;
    if (!id) return;
    placed = { ...placed, [id]: bin };
    taken = null;
    arrange();
    voice.say(`${texts[id]} ditaruh di ${texts[bin]}.`);
    const next = question.items.find((item) => !placed[item.id]);
    items[next ? next.id : id].node.focus();
    onInput(true);
  };
  const arrange = () => {
    for (const [id, { node }] of Object.entries(items)) {
      node.setAttribute("aria-pressed", taken === id);
      const bin = bins.find((one) => one.id === placed[id]);
      const home = bin ? bin.inside : loose;
      if (node.parentNode !== home) home.append(node);
    }
    bins.forEach(({ put }) => {
      put.disabled = !taken;
    });
    const left = question.items.filter(({ id }) => !placed[id]).length;
    hint.textContent = taken
      ? `Sekarang ketuk tempat untuk: ${texts[taken]}`
      : left
        ? "Ketuk satu, lalu ketuk tempatnya."
        : "Semua sudah ditaruh. Ketuk satu untuk memindahkan.";
  };
  const body = makeGroup(
    question,
    ids,
    hint,
    loose,
    h("div", { class: "umkm-bins" }, ...bins.map(({ node }) => node)),
    voice.node,
  );
  arrange();
  return {
    body,
    read: () => (Object.keys(placed).length ? placed : null),
    write: (answer) => {
      placed = { ...(answer || {}) };
      taken = null;
      arrange();
    },
    lock: (locked) => {
      body.disabled = locked;
    },
    mark: () => {},
    showParts: (parts) =>
      Object.entries(items).forEach(([id, { sign }]) => showSign(sign, placed[id] ? parts[id] : null)),
    focus: () => items[question.items[0].id].node.focus(),
  };
}
