// Small panels of words and buttons, made where they are needed.

export function make(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name === "text") node.textContent = value;
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children.filter(Boolean));
  return node;
}

export function button(text, thin, onClick) {
  const node = make("button", { type: "button", class: `tombol${thin ? " tombol-tipis" : ""}`, text });
  node.addEventListener("click", onClick);
  return node;
}

/** A panel with a heading that takes the focus, so that a screen reader begins there. */
export function panel(title, ...children) {
  const heading = make("h2", { text: title, tabindex: "-1" });
  const node = make("section", { class: "panel", "aria-label": title }, heading, ...children);
  node.focusHeading = () => heading.focus({ preventScroll: false });
  return node;
}
