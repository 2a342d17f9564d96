// Offers to carry answers to the trainer's laptop by hand when the signal stays away. All it needs comes
// with the page: once the signal is gone it is too late to load anything.

import { h } from "../../../../widgets/umkm_widgets/element.js";
import { now } from "./clock.js";
import { DONE } from "./courier.js";
import { button, panel } from "./panel.js";
import { asCodes, asFile, draw, makeParcel } from "./parcel.js";
import { HAND_OVER } from "./words.js";

const OFFER_AFTER = 20000;

export class Serahkan {
  /**
   * @param {import("./outbox.js").Outbox} outbox
   * @param {AboutPage} about
   * @param {HTMLElement} place
   */
  constructor(outbox, about, place) {
    this.outbox = outbox;
    this.about = about;
    this.place = place;
    this.node = h("div", { class: "serahkan" });
    place.append(this.node);
    this.words = h("p", { class: "kirim-pesan", role: "status" });
    this.since = 0;
    this.timer = 0;
  }

  update() {
    const { outbox, about } = this;
    const wish = outbox.sends.get(about.sheet);
    const waits = outbox.waiting(about.sheet).length > 0 || (wish && !wish.receipt);
    if (!waits || outbox.trouble.what === DONE) {
      this.since = 0;
      // Codes on the screen stay until they are closed: somebody may be photographing them.
      if (!this.node.querySelector("canvas")) this.node.replaceChildren();
      return;
    }
    this.since ||= performance.now();
    clearTimeout(this.timer);
    const left = OFFER_AFTER - (performance.now() - this.since);
    if (left > 0) this.timer = setTimeout(() => this.update(), left);
    else if (!this.node.firstChild) this.offer();
  }

  offer() {
    this.words.textContent = "";
    this.node.replaceChildren(
      panel(
        HAND_OVER.title,
        h("p", { text: HAND_OVER.text }),
        h(
          "div",
          { class: "panel-tombol" },
          button(HAND_OVER.codes, false, () => this.showCodes()),
          button(HAND_OVER.file, true, () => this.saveFile()),
        ),
        this.words,
      ),
    );
  }

  saveFile() {
    const { blob, name } = asFile(makeParcel(this.outbox, this.about, now()));
    const link = h("a", { href: URL.createObjectURL(blob), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    this.words.textContent = HAND_OVER.saved(name);
  }

  async showCodes() {
    const codes = await asCodes(makeParcel(this.outbox, this.about, now()));
    let shown = 0;
    const canvas = h("canvas", { class: "kode-qr", role: "img" });
    const caption = h("p", { class: "kode-qr-teks", role: "status" });
    const back = button(HAND_OVER.back, true, () => turn(-1));
    const next = button(HAND_OVER.next, false, () => turn(1));
    /** @param {number} step */
    const turn = (step) => {
      shown += step;
      draw(codes[shown], canvas);
      caption.textContent = HAND_OVER.count(shown + 1, codes.length);
      canvas.setAttribute("aria-label", caption.textContent);
      back.disabled = shown === 0;
      next.disabled = shown === codes.length - 1;
    };
    const content = panel(
      HAND_OVER.codesTitle,
      h("p", { text: HAND_OVER.codesText }),
      canvas,
      caption,
      codes.length > 1 && h("div", { class: "panel-tombol panel-dua" }, back, next),
      h(
        "div",
        { class: "panel-tombol" },
        button(HAND_OVER.close, true, () => {
          this.node.replaceChildren();
          this.update();
        }),
      ),
    );
    this.node.replaceChildren(content);
    turn(0);
    content.focusHeading();
  }
}
