// Styles travel inside the scripts that need them: one request less on a slow line.

export function addStyle(name, text) {
  const id = `slim-style-${name}`;
  let node = document.getElementById(id);
  if (!node) {
    node = document.createElement("style");
    node.id = id;
    // Before the page's own sheets, which have the last word.
    document.head.prepend(node);
  }
  if (node.textContent !== text) node.textContent = text;
  return node;
}
