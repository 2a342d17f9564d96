import { button, h, NUMBER } from "../parts.js";
import { makeRubric } from "../rubric.js";
import "./typed.css";

// Answers that are typed: an amount, a number, a word or two, or a longer text.
export function makeField(question, ids, onInput) {
  const long = question.kind === "long_text";
  const described = `${ids.echo} ${ids.feedback}`;
  const input = long
    ? h("textarea", {
        id: ids.field,
        rows: 5,
        maxlength: question.max_chars,
        class: "umkm-input",
        "aria-describedby": described,
      })
    : h("input", {
        type: "text",
        id: ids.field,
        autocomplete: "off",
        class: "umkm-input",
        "aria-describedby": described,
        ...HINTS[question.kind](question),
      });
  const extras = { rupiah: amountUnits, number: numberUnit, long_text: letterCount }[question.kind];
  const extra = extras ? extras(question, input, onInput) : { nodes: [], buttons: [], fit: () => {} };
  input.addEventListener("input", () => {
    extra.fit();
    onInput(false);
  });
  input.addEventListener("blur", () => onInput.flush());
  const label = h("label", { class: "umkm-prompt", for: ids.field, text: question.prompt });
  const row = h("div", { class: long ? "" : "umkm-amount" }, input, ...extra.nodes);
  requestAnimationFrame(extra.fit);
  return {
    body: h("div", {}, label, ...makeRubric(question), row),
    read: () => input.value || null,
    write: (answer) => {
      input.value = answer == null ? "" : answer;
      extra.fit();
    },
    lock: (locked) => {
      if (long) input.readOnly = locked;
      else
        [input, ...extra.buttons].forEach((node) => {
          node.disabled = locked;
        });
    },
    mark: (doubtful) => input.setAttribute("aria-invalid", doubtful),
    showParts: () => {},
    focus: () => input.focus(),
  };
}

const HINTS = {
  rupiah: () => ({ inputmode: "decimal", maxlength: 200, placeholder: "Contoh: 15.000" }),
  number: ({ decimals }) => ({
    inputmode: "decimal",
    maxlength: 100,
    placeholder: decimals ? "Contoh: 12,5" : "Contoh: 12",
  }),
  short_text: ({ max_chars }) => ({ maxlength: max_chars, autocapitalize: "none", spellcheck: "false" }),
};

// The number pad of a phone has no letters: these write the word that people say.
function amountUnits(_question, input, onInput) {
  const buttons = ["ribu", "juta"].map((unit) => {
    const add = button(unit, "umkm-unit");
    add.setAttribute("aria-label", `Tambah kata ${unit}`);
    add.addEventListener("click", () => {
      const digits = input.value.replace(/\s*(ribu|juta)?\s*$/i, "");
      if (/\d$/.test(digits)) {
        input.value = `${digits} ${unit}`;
        onInput(true);
      }
      input.focus();
    });
    return add;
  });
  return { nodes: [h("div", { class: "umkm-units" }, ...buttons)], buttons, fit: () => {} };
}

function numberUnit({ unit }, input) {
  if (!unit) return { nodes: [], buttons: [], fit: () => {} };
  const node = h("span", {
    class: "umkm-unit-name",
    id: `${input.id}-unit`,
    text: unit === "%" ? "persen (%)" : unit,
  });
  input.setAttribute("aria-describedby", `${node.id} ${input.getAttribute("aria-describedby")}`);
  return { nodes: [node], buttons: [], fit: () => {} };
}

function letterCount({ max_chars }, area) {
  const count = h("p", { class: "umkm-count" });
  const fit = () => {
    count.textContent = `${NUMBER.format(area.value.length)} dari ${NUMBER.format(max_chars)} huruf`;
    area.style.height = "auto";
    if (area.scrollHeight) area.style.height = `${area.scrollHeight + 4}px`;
  };
  return { nodes: [count], buttons: [], fit };
}
