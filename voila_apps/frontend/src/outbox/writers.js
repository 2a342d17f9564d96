// Which pages of this phone have written answers: theirs are not "another phone's".

const KEY = "umkm-penulis";
const MOST = 40;

function known() {
  try {
    return JSON.parse(localStorage.getItem(KEY) || "[]");
  } catch {
    return []; // the browser keeps nothing, or something else stands there
  }
}

/**
 * Note that a page of this phone writes under this name.
 * @param {string} writer
 */
export function remember(writer) {
  try {
    localStorage.setItem(KEY, JSON.stringify([...known(), writer].slice(-MOST)));
  } catch {
    // Its answers then look like another phone's, once it has been loaded anew.
  }
}

/**
 * Whether a page of this phone wrote under this name.
 * @param {string} writer
 * @returns {boolean}
 */
export function isOurs(writer) {
  return known().includes(writer);
}
