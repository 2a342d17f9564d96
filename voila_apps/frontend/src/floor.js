// What packages use and the oldest browsers we build for lack: Array.at and Object.hasOwn are Chrome 92 and 93,
// Firefox 90 and 92, Safari 15.4. Our own scripts do without (above_floor.mjs looks).

/**
 * @this {string | unknown[]}
 * @param {number} index
 */
function at(index) {
  const whole = Math.trunc(index) || 0;
  return this[whole < 0 ? whole + this.length : whole];
}

const add = (object, name, value) => {
  if (!(name in object)) Object.defineProperty(object, name, { value, writable: true, configurable: true });
};

add(Array.prototype, "at", at);
add(String.prototype, "at", at);
// biome-ignore lint/suspicious/noPrototypeBuiltins: this stands in for what it would use instead
add(Object, "hasOwn", (object, name) => Object.prototype.hasOwnProperty.call(object, name));
