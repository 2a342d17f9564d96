// Checks of practice answers ("Periksa") that do not go over the page's line: asked at once, or when there is a signal
// again, also after the page was closed. What comes back stays on the phone until its question shows it.

import { spotOf } from "./change.js";
import { checkUrl, DONE, REFUSED } from "./courier.js";
import { CHECKS } from "./store.js";
import { checkWords } from "./words.js";

const SOON = 1000; // feedback that comes at once needs no announcement
const PATIENCE = 4000; // until a check that is under way counts as waiting

export class Checks {
  /** @param {import("./outbox.js").Outbox} outbox */
  constructor(outbox) {
    this.outbox = outbox;
    /** @type {Map<string, Check>} */
    this.newest = new Map(); // spot -> its newest check, until what came of it is shown
    this.touched = new Map(); // spot -> when this page asked of itself, or 0: what it reads of them late is old
  }

  async load() {
    const { store, about } = this.outbox;
    for (const check of await store.all(CHECKS, about.participant)) {
      if (!this.touched.has(spotOf(check))) this.newest.set(spotOf(check), check);
    }
  }

  /**
   * Have an answer checked; an older check of the same question on the same page gives way.
   * @param {Spot & {answer: unknown, key: string}} asked
   */
  async ask(asked) {
    const { store, about } = this.outbox;
    /** @type {Check} */
    const check = { participant: about.participant, ...asked };
    this.touched.set(spotOf(check), performance.now());
    setTimeout(() => this.outbox.changed(), SOON);
    this.newest.set(spotOf(check), check);
    this.outbox.since ||= performance.now();
    this.outbox.changed();
    this.outbox.flush();
    check.inMemory = !(await store.put(CHECKS, check));
    // It may have been shown or dropped meanwhile.
    if (!this.has(check)) await this.drop(check);
    else this.outbox.changed();
  }

  /** @param {Check} check */
  has(check) {
    return this.newest.get(spotOf(check)) === check;
  }

  /**
   * Let the check of a question go: it is shown, or its answer no longer stands in the field.
   * @param {Spot} spot
   */
  async dropAt(spot) {
    const check = this.newest.get(spotOf(spot));
    if (!check) return;
    this.touched.set(spotOf(spot), 0);
    this.newest.delete(spotOf(spot));
    this.outbox.changed();
    await this.drop(check);
  }

  /** @param {Check} check */
  drop(check) {
    return this.outbox.store.remove(CHECKS, check).catch(() => {});
  }

  /** The checks that the server has not answered. */
  due() {
    return [...this.newest.values()].filter((check) => !check.traits && check.refusal === undefined);
  }

  /**
   * How the check of a question stands; no words where there is none, or where it is there to be shown.
   * @param {Spot} spot
   * @returns {CheckLook}
   */
  look(spot) {
    const check = this.newest.get(spotOf(spot));
    if (!check) return { words: "" };
    const { answer, key, traits, refusal, inMemory } = check;
    const { what } = this.outbox.trouble;
    const isLate = performance.now() - this.outbox.since >= PATIENCE;
    const isFresh = performance.now() - this.touched.get(spotOf(spot)) < SOON;
    const isQuiet = traits || (what === DONE && isFresh && refusal === undefined);
    return { words: isQuiet ? "" : checkWords({ what, isLate, refusal, inMemory }), answer, key, traits };
  }

  /**
   * Ask the server about each; gives what stopped it.
   * @returns {Promise<Found>}
   */
  async handIn() {
    const { about, courier, store } = this.outbox;
    for (const check of this.due()) {
      const { participant, sheet, question, answer, key } = check;
      const found = await courier.ask(checkUrl(about.baseUrl, sheet), { participant, question, answer, key });
      if (found.what === DONE) check.traits = found.content.traits;
      else if (found.what === REFUSED) check.refusal = found.content.message || "Muat ulang halaman ini.";
      else return found;
      // Only in place of itself: it may have been dropped meanwhile.
      await store.exchange(CHECKS, check, check).catch(() => {});
      this.outbox.changed();
    }
    return { what: DONE };
  }
}
