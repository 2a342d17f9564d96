// Part of the cash book's module: elements, ids, and what waits for the line.

/** An element: attributes, then children; text is only ever text. */
function h(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key === "value") element.value = value;
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat(9).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

function svg(name, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(15));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** What was written and not yet answered for; survives a reload, is kept apart by person. */
class Waiting {
  constructor(token) {
    this.key = `umkm-buku-${token}`;
    this.kept = [];
    try { this.kept = JSON.parse(localStorage.getItem(this.key) || "[]"); } catch { /* a private window: in memory */ }
    if (!Array.isArray(this.kept)) this.kept = [];
  }
  save() {
    try {
      if (this.kept.length) localStorage.setItem(this.key, JSON.stringify(this.kept));
      else localStorage.removeItem(this.key);
    } catch { /* full or refused: what waits lives as long as the page */ }
  }
  add(message) { this.kept.push(message); this.save(); }
  drop(id) {
    const before = this.kept.length;
    this.kept = this.kept.filter((message) => message.id !== id);
    if (this.kept.length !== before) this.save();
    return this.kept.length !== before;
  }
  clear() { this.kept = []; this.save(); }
}
