// Says in words that a widget cannot be drawn.

import { DOMWidgetView } from "@jupyter-widgets/base";

export class BrokenView extends DOMWidgetView {
  initialize(parameters) {
    // The model may lack whatever a real view would read.
    this.displayed = /** @type {any} */ (Promise.resolve());
    this.options = parameters.options;
  }
  render() {
    this.el.className = "slim-rusak";
    this.el.setAttribute("role", "alert");
    this.el.textContent =
      "Bagian ini belum bisa ditampilkan. Muat ulang halaman ini. Bila tetap begini, beri tahu pelatih Anda.";
  }
  processLuminoMessage() {}
}
