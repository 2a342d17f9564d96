// The fields of a form that Python calculates while a person types.

import { h } from "./dom.js";

/**
 * Return the functions that make the fields of a form; each writes what is filled in into `form`.
 *
 * @param {object} parts
 * @param {string} parts.prefix keeps ids apart
 * @param {Record<string, any>} parts.form the values, by the names of the fields
 * @param {(soon?: number) => void} parts.ask asks Python for the result, after `soon` milliseconds
 * @param {(name: string) => void} parts.redraw draws the form again if a choice of this name changes it
 */
export function makeFields({ prefix, form, ask, redraw }) {
  const wrong = (name) => h("p", { class: "bk-salah", id: `${prefix}-${name}-pesan`, "data-error": name });
  const hinted = (hint) => (hint ? h("p", { class: "bk-kecil-teks" }, hint) : null);
  function field(name, label, options = {}, hint = "") {
    const input = h(options.rows ? "textarea" : "input", {
      id: `${prefix}-${name}`,
      autocomplete: "off",
      value: form[name],
      "aria-describedby": `${prefix}-${name}-pesan`,
      ...options,
      oninput: () => {
        form[name] = input.value;
        ask();
      },
    });
    return h(
      "div",
      { class: "bk-kolom" },
      h("label", { for: `${prefix}-${name}` }, label),
      hinted(hint),
      input,
      wrong(name),
    );
  }
  const money = (name, label, options = {}, hint = "") =>
    field(name, label, { inputmode: "decimal", ...options }, hint);
  function options(type, name, label, list, hint, chosen, change) {
    return h(
      "fieldset",
      { class: "bk-kolom" },
      h("legend", {}, label),
      hinted(hint),
      h(
        "div",
        { class: "bk-pilih" },
        list.map(([value, text]) =>
          h(
            "label",
            {},
            h("input", {
              type,
              id: `${prefix}-${name}-${value}`,
              name: `${prefix}-${name}`,
              value,
              checked: chosen(value),
              onchange: (event) => {
                change(value, event.target.checked);
                redraw(name);
                ask(0);
              },
            }),
            h("span", {}, text),
          ),
        ),
      ),
      wrong(name),
    );
  }
  const choose = (name, label, list, hint = "") =>
    options(
      "radio",
      name,
      label,
      list,
      hint,
      (value) => form[name] === value,
      (value) => {
        form[name] = value;
      },
    );
  const tick = (name, label, list, hint = "") =>
    options(
      "checkbox",
      name,
      label,
      list,
      hint,
      (value) => form[name].includes(value),
      (value, on) => {
        form[name] = list.map(([one]) => one).filter((one) => (one === value ? on : form[name].includes(one)));
      },
    );
  return { field, money, choose, tick, wrong };
}
