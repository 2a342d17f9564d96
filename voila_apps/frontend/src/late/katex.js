// KaTeX, with its style and fonts from this folder.

import css from "css:./katex.css";
import katex from "katex";
import renderMathInElement from "katex/contrib/auto-render";
// On the page already. Without it, what esbuild adds to every file becomes a file too: one request more.
import "@jupyter-widgets/base";

const ENVIRONMENTS = ["equation", "align", "alignat", "gather", "CD"].flatMap((name) => [name, `${name}*`]);
// The signs that JupyterLab looks for. Two dollars are no empty formula, so they come first.
const DELIMITERS = [
  { left: "$$", right: "$$", display: true },
  { left: "$", right: "$", display: false },
  { left: "\\(", right: "\\)", display: false },
  { left: "\\[", right: "\\]", display: true },
  ...ENVIRONMENTS.map((name) => ({ left: `\\begin{${name}}`, right: `\\end{${name}}`, display: true })),
];
// Nothing of a formula may name an address or a class, or grow over the page.
/** @type {import("katex").KatexOptions} */
const OPTIONS = { trust: false, strict: "ignore", maxSize: 20, maxExpand: 500 };

// The sheet travels in this script, so its addresses are told where the script came from.
export const styleSheet = css.replaceAll("./font-", new URL("font-", import.meta.url).href);

// A formula wider than a phone can be moved by keys as well as by a finger.
const wide = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth + 1) target.setAttribute("tabindex", "0");
    else target.removeAttribute("tabindex");
  }
});

function tend(element) {
  element.querySelectorAll(".katex-display").forEach((node) => wide.observe(node));
  element.querySelectorAll(".katex").forEach((node) => node.closest(".widget-label")?.classList.add("slim-formula"));
}

export function drawWithin(element) {
  renderMathInElement(element, {
    ...OPTIONS,
    delimiters: DELIMITERS,
    ignoredClasses: ["katex"],
    errorCallback: (...words) => console.warn(...words),
  });
  tend(element);
}

/** Throws, and leaves the source standing, when it is no formula. */
export function drawFormula(element, source, display) {
  const drawn = document.createElement("span");
  katex.render(source, drawn, { ...OPTIONS, displayMode: display });
  element.replaceChildren(...drawn.childNodes);
  tend(element);
}
