// What every field and the shell are made of.

import { h } from "./element.js";

export { h };

export const NUMBER = new Intl.NumberFormat("id-ID");

export const button = (text, kind) => h("button", { type: "button", class: `umkm-button ${kind || ""}`, text });

// A sign that says right or wrong by its shape, and by words to who cannot see it.
export function showSign(node, fits) {
  node.textContent = fits == null ? "" : fits ? "✓" : "✗";
  node.className = `umkm-mark ${fits == null ? "" : fits ? "umkm-fits" : "umkm-fails"}`;
  // A sign that says nothing yet is no picture to a screen reader.
  for (const name of ["role", "aria-label"]) node.removeAttribute(name);
  if (fits == null) return;
  node.setAttribute("role", "img");
  node.setAttribute("aria-label", fits ? "benar" : "belum tepat");
}

export const makeSign = () => h("span", { class: "umkm-mark" });

// Says something to a screen reader that the eye sees anyway.
export function makeVoice() {
  const node = h("p", { class: "umkm-unseen", "aria-live": "polite" });
  return {
    node,
    say: (text) => {
      node.textContent = text;
    },
  };
}

// The prompt of a field that is a group of controls.
export function makeGroup(question, ids, ...children) {
  const legend = h("legend", { class: "umkm-prompt", text: question.prompt });
  const rule = h("p", { class: "umkm-rule", id: `${ids.field}-rule`, text: question.rule });
  rule.hidden = !question.rule;
  const described = question.rule ? `${rule.id} ${ids.feedback}` : ids.feedback;
  return h("fieldset", { "aria-describedby": described }, legend, rule, ...children);
}
