// Kirim on an assignment page. With signal: the server's own page shows what will be sent, as ever.
// Without: asked once here, queued, and the receipt is shown when it comes.

import { h } from "../../../../widgets/umkm_widgets/element.js";
import { answersUrl, DONE } from "./courier.js";
import { button, panel } from "./panel.js";
import { SEND } from "./words.js";

const SETTLE_LIMIT = 6000;
const LOOK_EVERY = 150;

/** @param {number} milliseconds */
const pause = (milliseconds) =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });

export class Kirim {
  /**
   * @param {import("./outbox.js").Outbox} outbox
   * @param {AboutPage} about
   * @param {() => {number: number, text: string, go: () => void}[]} unanswered
   */
  constructor(outbox, about, unanswered) {
    this.outbox = outbox;
    this.about = about;
    this.unanswered = unanswered;
    this.link = /** @type {HTMLAnchorElement} */ (document.getElementById("kirim"));
    this.words = /** @type {HTMLElement} */ (document.getElementById("kirim-pesan"));
    this.place = h("div", { class: "kirim-panel" });
    this.link.before(this.place);
    this.shown = "";
    this.asking = false;
    this.link.addEventListener("click", (event) => {
      event.preventDefault();
      this.begin();
    });
  }

  get inMemory() {
    return this.outbox.store.holdsInMemory;
  }

  async begin() {
    if (this.asking) return;
    this.asking = true;
    // What was typed last is kept when its field is left.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    this.words.textContent = SEND.wait;
    const isReachable = (await this.settle()) && (await this.reach());
    this.asking = false;
    this.words.textContent = "";
    if (this.isRefused()) this.words.textContent = SEND.refused;
    else if (isReachable) location.href = this.link.href;
    else this.confirm();
  }

  /** Wait until the server has all answers of this sheet; gives whether it has. */
  async settle() {
    const end = performance.now() + SETTLE_LIMIT;
    await pause(50);
    this.outbox.wake();
    while (performance.now() < end) {
      if (!this.outbox.waiting(this.about.sheet).length) return true;
      if (this.outbox.trouble.what !== DONE || this.isRefused()) return false;
      await pause(LOOK_EVERY);
    }
    return false;
  }

  /** Whether the server answers: following a link into nowhere would close this page. */
  async reach() {
    const found = await this.outbox.courier.ask(answersUrl(this.about.baseUrl, this.about.sheet));
    return found.what === DONE;
  }

  isRefused() {
    return this.outbox
      .waiting(this.about.sheet)
      .some(({ question }) => this.outbox.look(this.about.sheet, question).status === "failed");
  }

  confirm() {
    const missing = this.unanswered();
    const rows = missing.map(({ number, text, go }) =>
      h(
        "li",
        {},
        button(SEND.unanswered(number, text), true, () => {
          this.hide();
          go();
        }),
      ),
    );
    this.show(
      "ask",
      panel(
        SEND.title,
        h("p", { text: this.inMemory ? SEND.textInMemory : SEND.text }),
        missing.length > 0 && h("p", { class: "pesan pesan-awas", text: SEND.missing(missing.length) }),
        missing.length > 0 && h("ul", { class: "panel-daftar" }, ...rows),
        h(
          "div",
          { class: "panel-tombol" },
          button(SEND.yes, false, () => this.queue()),
          button(SEND.no, true, () => this.hide()),
        ),
      ),
    );
  }

  async queue() {
    this.hide();
    await this.outbox.send(this.about.sheet);
  }

  /** Show how a queued wish stands. */
  update() {
    if (this.shown === "ask") return;
    const wish = this.outbox.sends.get(this.about.sheet);
    if (!wish) {
      if (this.shown) this.hide();
      return;
    }
    if (wish.receipt) this.show(`sent ${wish.receipt.code}`, this.sentPanel(wish.receipt));
    else if (wish.refusal) this.show("refused", panel(SEND.refusedTitle, h("p", { text: wish.refusal })));
    else this.show("queued", this.queuedPanel(wish));
    this.link.hidden = !wish.receipt && !wish.refusal;
  }

  /** @param {Wish} wish */
  queuedPanel(wish) {
    return panel(
      SEND.queuedTitle,
      h("p", { text: wish.inMemory ? SEND.queuedInMemory : SEND.queued }),
      h(
        "div",
        { class: "panel-tombol" },
        button(SEND.cancel, true, () => this.outbox.cancel(this.about.sheet)),
      ),
    );
  }

  /** @param {NonNullable<Wish["receipt"]>} receipt */
  sentPanel(receipt) {
    return panel(
      SEND.sentTitle,
      h("p", { text: `${SEND.code} ` }, h("strong", { class: "kode-sedang", id: "kode-terima", text: receipt.code })),
      h("p", { text: SEND.sent(receipt) }),
      h("a", { class: "tombol", href: receipt.url, text: SEND.see }),
    );
  }

  /**
   * @param {string} name
   * @param {HTMLElement & {focusHeading: () => void}} content
   */
  show(name, content) {
    if (this.shown === name) return;
    this.shown = name;
    content.setAttribute("role", "status");
    this.place.replaceChildren(content);
    if (name === "ask") {
      this.link.hidden = true;
      content.removeAttribute("role");
      content.focusHeading();
    }
  }

  hide() {
    this.shown = "";
    this.link.hidden = false;
    this.place.replaceChildren();
  }
}
