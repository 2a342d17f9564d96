// Markdown as nbconvert reads it, formulas included.

import { Marked } from "marked";
// On the page already. Without it, what esbuild adds to every file becomes a file too: one request more.
import "@jupyter-widgets/base";

const escaped = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** A formula, kept from Markdown's own rules: `pattern` matches it whole, and its source as the first group. */
function formula(name, level, pattern, start, display) {
  return {
    name,
    level,
    start: (text) => {
      const at = text.search(start);
      return at < 0 ? undefined : at;
    },
    tokenizer(text) {
      const found = pattern.exec(text);
      return found ? { type: name, raw: found[0], source: found[1] } : undefined;
    },
    renderer: ({ source }) => {
      const span = `<span data-formula="${escaped(source)}"${display ? ' data-display=""' : ""}>${escaped(source)}</span>`;
      return level === "block" ? `<p>${span}</p>` : span;
    },
  };
}

// As nbconvert reads them in the cells of a notebook (filters/markdown_mistune.py).
const marked = new Marked({
  gfm: true,
  renderer: { checkbox: ({ checked }) => (checked ? "☑ " : "☐ ") },
  extensions: [
    formula("dollars-block", "block", /^\$\$([\s\S]+?)\$\$(?:\n|$)/, /\$\$/, true),
    formula("brackets-block", "block", /^\\\\\[([\s\S]+?)\\\\\](?:\n|$)/, /\\\\\[/, true),
    formula("environment", "block", /^(\\begin\{([a-z]+\*?)\}[\s\S]*?\\end\{\2\})(?:\n|$)/, /\\begin\{/, true),
    formula("dollars", "inline", /^\$\$([\s\S]+?)\$\$/, /\$\$/, true),
    formula("dollar", "inline", /^\$((?:\\[\s\S]|[^$\\])+)\$(?!\$)/, /\$/, false),
    formula("brackets", "inline", /^\\\\\[([\s\S]+?)\\\\\]/, /\\\\\[/, true),
    formula("parentheses", "inline", /^\\\\\(([\s\S]+?)\\\\\)/, /\\\\\(/, false),
  ],
});

/** Markdown as HTML, with formulas marked for `drawMarked`; not yet safe to show. */
export function markdownToHtml(text) {
  return marked.parse(text);
}
