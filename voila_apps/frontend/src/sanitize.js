// A description may carry a little HTML. What is not listed here becomes its own text; scripts,
// styles, frames and forms vanish whole.

const INLINE = ["A", "ABBR", "B", "CODE", "EM", "I", "IMG", "LI", "OL", "SPAN", "STRONG", "UL"];
const BLOCKS = [
  "BLOCKQUOTE",
  "BR",
  "DEL",
  "DIV",
  "H1",
  "H2",
  "H3",
  "H4",
  "H5",
  "H6",
  "HR",
  "KBD",
  "P",
  "PRE",
  "SUB",
  "SUP",
  "TABLE",
  "TBODY",
  "TD",
  "TH",
  "THEAD",
  "TR",
];
const DROPPED = new Set([
  "SCRIPT",
  "STYLE",
  "IFRAME",
  "OBJECT",
  "EMBED",
  "NOSCRIPT",
  "TEMPLATE",
  "TEXTAREA",
  "TITLE",
  "XMP",
  "SVG",
  "MATH",
]);
const EVERYWHERE = /^(aria-[a-z-]+|class|title)$/;
const OF_TAGS = { TH: /^align$/, TD: /^align$/, OL: /^start$/, SPAN: /^data-(formula|display)$/ };
const HREF = /^(https?:|mailto:|tel:|#|\/(?!\/))/i;
const SRC = /^(data:image\/(png|jpeg|gif|webp);|\/(?!\/))/i;

function allowed(tag, { name, value }) {
  if (EVERYWHERE.test(name) || (tag in OF_TAGS && OF_TAGS[tag].test(name))) return true;
  if (tag === "A" && name === "href") return HREF.test(value.trim());
  return tag === "IMG" && (name === "alt" || (name === "src" && SRC.test(value.trim())));
}

function copy(from, to, tags) {
  for (const node of from.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) to.append(node.data);
    else if (node.nodeType === Node.ELEMENT_NODE && !DROPPED.has(node.tagName.toUpperCase())) {
      let place = to;
      if (tags.has(node.tagName)) {
        place = document.createElement(node.tagName);
        for (const attribute of node.attributes) {
          if (allowed(node.tagName, attribute)) place.setAttribute(attribute.name, attribute.value);
        }
        to.append(place);
      }
      copy(node, place, tags);
    }
  }
}

const sanitizer = (tags) => (html) => {
  const out = document.createElement("div");
  copy(new DOMParser().parseFromString(String(html), "text/html").body, out, tags);
  return out.innerHTML;
};

/** HTML with only harmless tags and attributes left, as it may stand within a line. */
export const sanitize = sanitizer(new Set(INLINE));

/** The same for whole paragraphs, lists, tables and headings. */
export const sanitizeBlocks = sanitizer(new Set([...INLINE, ...BLOCKS]));
