// Stands in for jQuery: ipywidgets only ever wraps one element and reads it back.

class Wrapped {
  constructor(element) {
    this[0] = element;
    this.length = element ? 1 : 0;
  }
  empty() {
    if (this[0]) this[0].replaceChildren();
    return this;
  }
}

function $(element) {
  return element instanceof Wrapped ? element : new Wrapped(element);
}
// `el instanceof $` must hold for what `$()` gives.
$.prototype = Wrapped.prototype;

export default $;
