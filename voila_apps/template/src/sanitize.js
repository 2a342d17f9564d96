// A description may carry a little HTML. What is not listed here becomes its own text; scripts,
// styles, frames and forms vanish whole.

const TAGS = new Set(["A", "ABBR", "B", "CODE", "EM", "I", "IMG", "LI", "OL", "SPAN", "STRONG", "UL"]);
const DROPPED = new Set([
  "SCRIPT", "STYLE", "IFRAME", "OBJECT", "EMBED", "NOSCRIPT", "TEMPLATE", "TEXTAREA", "TITLE", "XMP", "SVG", "MATH",
]);
const EVERYWHERE = /^(aria-[a-z-]+|class|title)$/;
const HREF = /^(https?:|mailto:|tel:|#|\/(?!\/))/i;
const SRC = /^(data:image\/(png|jpeg|gif|webp);|\/(?!\/))/i;

function allowed(tag, { name, value }) {
  if (EVERYWHERE.test(name)) return true;
  if (tag === "A" && name === "href") return HREF.test(value.trim());
  return tag === "IMG" && (name === "alt" || (name === "src" && SRC.test(value.trim())));
}

function copy(from, to) {
  for (const node of from.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) to.append(node.data);
    else if (node.nodeType === Node.ELEMENT_NODE && !DROPPED.has(node.tagName.toUpperCase())) {
      let place = to;
      if (TAGS.has(node.tagName)) {
        place = document.createElement(node.tagName);
        for (const attribute of node.attributes) {
          if (allowed(node.tagName, attribute)) place.setAttribute(attribute.name, attribute.value);
        }
        to.append(place);
      }
      copy(node, place);
    }
  }
}

/** HTML with only harmless tags and attributes left. */
export function sanitize(html) {
  const out = document.createElement("div");
  copy(new DOMParser().parseFromString(String(html), "text/html").body, out);
  return out.innerHTML;
}
