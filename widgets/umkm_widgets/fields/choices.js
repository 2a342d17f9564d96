import { h, makeGroup, makeSign, showSign } from "../parts.js";
import "./choices.css";

// One option of several, or all that fit.
export function makeField(question, ids, onInput) {
  const several = question.kind === "several_choices";
  const inputs = question.options.map(({ id }) =>
    h("input", { type: several ? "checkbox" : "radio", name: ids.field, value: id, id: `${ids.field}-${id}` }),
  );
  const signs = inputs.map(makeSign);
  const rows = question.options.map(({ id, text }, index) =>
    h("label", { class: "umkm-option", for: `${ids.field}-${id}` }, inputs[index], h("span", { text }), signs[index]),
  );
  const body = makeGroup(question, ids, ...rows);
  const ticked = () => inputs.filter((input) => input.checked);
  // Not by `:has()`, which the oldest browsers we build for do not know.
  const showTicks = () => rows.forEach((row, at) => row.classList.toggle("umkm-ticked", inputs[at].checked));
  inputs.forEach((input) =>
    input.addEventListener("change", () => {
      showTicks();
      onInput(true);
    }),
  );
  return {
    body,
    read: () => {
      const chosen = ticked().map((input) => input.value);
      return several ? (chosen.length ? chosen : null) : (chosen[0] ?? null);
    },
    write: (answer) => {
      const chosen = [].concat(answer ?? []);
      inputs.forEach((input) => {
        input.checked = chosen.includes(input.value);
      });
      showTicks();
    },
    lock: (locked) => {
      body.disabled = locked;
    },
    mark: () => {},
    // Only what was ticked: a sign beside the others would give the answer away.
    showParts: (parts) => inputs.forEach((input, at) => showSign(signs[at], input.checked ? parts[input.value] : null)),
    focus: () => (ticked()[0] || inputs[0]).focus(),
  };
}
