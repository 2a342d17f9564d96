// What every field and the shell are made of.

export const NUMBER = new Intl.NumberFormat("id-ID");

export function make(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name === "text") node.textContent = value;
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}

export const button = (text, kind) => make("button", { type: "button", class: `umkm-button ${kind || ""}`, text });

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

export const makeSign = () => make("span", { class: "umkm-mark" });

// Says something to a screen reader that the eye sees anyway.
export function makeVoice() {
  const node = make("p", { class: "umkm-unseen", "aria-live": "polite" });
  return {
    node,
    say: (text) => {
      node.textContent = text;
    },
  };
}

// The prompt of a field that is a group of controls.
export function makeGroup(question, ids, ...children) {
  const legend = make("legend", { class: "umkm-prompt", text: question.prompt });
  const rule = make("p", { class: "umkm-rule", id: `${ids.field}-rule`, text: question.rule });
  rule.hidden = !question.rule;
  const described = question.rule ? `${rule.id} ${ids.feedback}` : ids.feedback;
  return make("fieldset", { "aria-describedby": described }, legend, rule, ...children);
}
