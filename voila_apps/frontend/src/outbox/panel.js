// Small panels of words and buttons, made where they are needed.

import { h } from "../../../../widgets/umkm_widgets/element.js";

/**
 * @param {string} text
 * @param {boolean} thin
 * @param {() => void} onClick
 */
export function button(text, thin, onClick) {
  const node = h("button", { type: "button", class: `tombol${thin ? " tombol-tipis" : ""}`, text });
  node.addEventListener("click", onClick);
  return node;
}

/**
 * A panel with a heading that takes the focus, so that a screen reader begins there.
 * @param {string} title
 * @param {...(Node | false)} children
 */
export function panel(title, ...children) {
  const heading = h("h2", { text: title, tabindex: "-1" });
  const node = h("section", { class: "panel", "aria-label": title }, heading, ...children);
  return Object.assign(node, { focusHeading: () => heading.focus({ preventScroll: false }) });
}
