import { h, makeGroup, makeSign, NUMBER, showSign } from "../parts.js";
import "./statement.css";

const money = (value) => `${value < 0 ? "-" : ""}Rp${NUMBER.format(Math.abs(value))}`;

// A statement line by line: what is given stands there, the rest is typed.
export function makeField(question, ids, onInput) {
  const inputs = {};
  const signs = {};
  const lines = question.lines.map(({ id, text, given }) => {
    if (given !== undefined)
      return h("div", { class: "umkm-line" }, h("span", { text }), h("strong", { text: money(given) }));
    const input = h("input", {
      type: "text",
      id: `${ids.field}-${id}`,
      inputmode: "decimal",
      autocomplete: "off",
      maxlength: 200,
      class: "umkm-input",
      placeholder: "Rp…",
    });
    input.addEventListener("input", () => onInput(false));
    input.addEventListener("blur", () => onInput.flush());
    inputs[id] = input;
    signs[id] = makeSign();
    return h(
      "div",
      { class: "umkm-line umkm-asked" },
      h("label", { for: input.id, text }),
      h("div", { class: "umkm-line-amount" }, input, signs[id]),
    );
  });
  const body = makeGroup(question, ids, h("div", { class: "umkm-statement" }, ...lines));
  return {
    body,
    read: () => {
      const typed = Object.entries(inputs)
        .filter(([, input]) => input.value)
        .map(([id, input]) => [id, input.value]);
      return typed.length ? Object.fromEntries(typed) : null;
    },
    write: (answer) =>
      Object.entries(inputs).forEach(([id, input]) => {
        input.value = answer?.[id] || "";
      }),
    lock: (locked) => {
      body.disabled = locked;
    },
    mark: () => {},
    showParts: (parts) =>
      Object.entries(signs).forEach(([id, sign]) => showSign(sign, inputs[id].value ? parts[id] : null)),
    focus: () => Object.values(inputs)[0].focus(),
  };
}
