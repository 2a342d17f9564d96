// What practice tools share: elements, ids, files, what a phone keeps.

import { h } from "../../../widgets/umkm_widgets/element.js";

export { h };

/**
 * Put parts in place of what a node held; they may be nested lists, and what is not there is left out.
 * @param {Element} node
 * @param {...any} parts
 */
export const put = (node, ...parts) => node.replaceChildren(...parts.flat(9).filter(Boolean));

const MOST_LISTS = 30;

export function svg(name, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(15));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** What this phone keeps under a key, as JSON. A private window and a full phone keep nothing. */
export function onThisPhone(key) {
  return {
    read() {
      try {
        return JSON.parse(localStorage.getItem(key) ?? "null");
      } catch {
        return null;
      }
    },
    /** Says whether it is kept; null takes away what was. */
    write(value) {
      try {
        if (value === null) localStorage.removeItem(key);
        else localStorage.setItem(key, JSON.stringify(value));
        return true;
      } catch {
        return false;
      }
    },
  };
}
/** What is half written, by name; nothing kept under another name is touched. */
export function draftsOnThisPhone(key) {
  const store = onThisPhone(key);
  const all = () => {
    const kept = store.read();
    return isTable(kept) ? Object.fromEntries(Object.entries(kept).filter(([, draft]) => isTable(draft))) : {};
  };
  return {
    all,
    keep(name, draft) {
      store.write({ ...all(), [name]: draft });
    },
    drop(name) {
      const left = Object.entries(all()).filter(([other]) => other !== name);
      store.write(left.length ? Object.fromEntries(left) : null);
    },
    clear() {
      store.write(null);
    },
  };
}

/** Which column is what in the last lists this phone has brought, by the signature of their headings. */
export function listsOnThisPhone(key) {
  const store = onThisPhone(key);
  const all = () => {
    const kept = store.read();
    return isTable(kept) ? kept : {};
  };
  return {
    all,
    remember(signature, columns) {
      const others = Object.entries(all())
        .filter(([name]) => name !== signature)
        .slice(1 - MOST_LISTS);
      store.write(Object.fromEntries([...others, [signature, columns]]));
    },
  };
}
export const isTable = (value) => Boolean(value) && typeof value === "object" && !Array.isArray(value);

/** Hand a file to the person, as a download. */
export function download(el, content, buffers) {
  const address = URL.createObjectURL(new Blob(buffers, { type: content.mime }));
  const link = h("a", { href: address, download: content.name, hidden: true });
  el.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
}

/** Put a text where it can be pasted from; says whether that worked. Over a class's http a page has no clipboard. */
export async function copyText(el, text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    /* the old way, then */
  }
  const box = h("textarea", { readonly: true, "aria-hidden": "true", value: text });
  Object.assign(box.style, { position: "fixed", top: "0", left: "-999px" });
  const before = /** @type {HTMLElement | null} */ (document.activeElement);
  el.append(box);
  box.select();
  let done = false;
  try {
    done = document.execCommand("copy");
  } catch {
    done = false;
  }
  box.remove();
  if (before) before.focus({ preventScroll: true });
  return done;
}
