// Formulas, drawn in their places. What draws them loads when the first one is on the page; until
// then, and when it cannot be had, their source stands there.

import { once } from "./once.js";
import { addStyle } from "./style.js";

const MAYBE = /\$|\\[([]|\\begin\{/;

const katex = once(async () => {
  const part = await import("./late/katex.js");
  addStyle("formulas", part.styleSheet);
  return part;
});

async function withKatex(call) {
  try {
    call(await katex());
  } catch (error) {
    console.warn("formula not drawn", error);
  }
}

/** Draw the formulas that the text of an element holds between their signs: $, $$, \(, \[, \begin. */
export function drawWithin(element) {
  if (MAYBE.test(element.textContent)) withKatex((part) => part.drawWithin(element));
}

/** Draw an element that was marked as one formula; its source stands in an attribute. */
export function drawMarked(element) {
  withKatex((part) => part.drawFormula(element, element.dataset.formula, element.dataset.display !== undefined));
}
