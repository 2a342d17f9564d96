// Each change of an answer is kept on the phone first, then handed in again and again until the
// server says that it is safe. One outbox a page; all pages of a phone share the store.

import { nameOf, placeOf } from "./change.js";
import { Checks } from "./checks.js";
import { now } from "./clock.js";
import { BUSY, DONE, LOG_IN, OTHER_PERSON } from "./courier.js";
import { Round } from "./round.js";
import { CHANGES, SENDS } from "./store.js";
import { isOurs, remember } from "./writers.js";

const SETTLE = 350; // after a letter is typed
const LONGEST_SETTLE = 1500; // for somebody who writes without a pause
const PATIENCE = 4000; // until a change that is under way counts as waiting
export const FIRST_PAUSE = 1000;
export const LONGEST_PAUSE = 30000;

export class Outbox {
  /**
   * @param {{participant: string, baseUrl: string}} about whose answers, and where the server is
   * @param {OutboxParts} parts
   */
  constructor(about, { store, courier, onChange }) {
    this.about = about;
    this.store = store;
    this.courier = courier;
    this.onChange = onChange;
    this.writer = `w${now().toString(36)}${Math.random().toString(36).slice(2, 12)}`;
    this.seq = 0;
    /** @type {Map<string, Change>} */
    this.held = new Map(); // place -> the newest change that is not safe yet
    /** @type {Map<string, Look>} */
    this.fates = new Map(); // place -> what the server said last
    this.touched = new Map(); // place -> when this page last changed it, or heard that its change is safe
    this.refused = new Map(); // name of a change -> why
    this.repeated = new Map(); // place -> the change that was handed in once more
    /** @type {Map<string, Wish>} */
    this.sends = new Map(); // sheet -> a wish to send
    this.checks = new Checks(this);
    this.trouble = { what: DONE, message: "" };
    this.since = 0; // when the oldest change that is not safe was first tried
    this.pause = FIRST_PAUSE;
    this.timer = 0;
    this.due = 0; // until when letters that are being typed may wait
    /** @type {Promise<void> | null} */
    this.flying = null;
    this.writing = new Map();
    courier.onLag = (behind) => this.redate(behind);
    this.ready = this.load();
  }

  /**
   * What this page did is dated by a clock that has been set forward since: date it anew.
   * @param {number} behind
   */
  redate(behind) {
    for (const change of this.waiting()) if (change.writer === this.writer) change.acted += behind;
  }

  async load() {
    try {
      for (const change of await this.store.all(CHANGES, this.about.participant)) this.hold(change);
      for (const wish of await this.store.all(SENDS, this.about.participant)) this.sends.set(wish.sheet, wish);
      await this.checks.load();
    } catch {
      // The database broke while it was read: what is there stays there for the next page.
    }
    this.since ||= performance.now();
    this.changed();
    if (this.hasWork) this.flush();
  }

  /** @param {Change} change */
  hold(change) {
    const newer = this.held.get(placeOf(change));
    if (!newer?.mine) this.held.set(placeOf(change), change);
  }

  /**
   * Keep an answer; resolves once it is kept on the phone, and says under which name.
   * @param {string} sheet
   * @param {string} question
   * @param {unknown} answer
   */
  async keep(sheet, question, answer) {
    if (!this.seq) remember(this.writer);
    this.seq += 1;
    const { participant } = this.about;
    const change = { participant, sheet, question, answer, writer: this.writer, seq: this.seq, acted: now() };
    const place = placeOf(change);
    this.held.set(place, { ...change, mine: true });
    this.fates.delete(place);
    this.touched.set(place, performance.now());
    this.since ||= performance.now();
    this.changed();
    await this.write(place, change);
    this.settle();
    return { writer: this.writer, seq: change.seq };
  }

  /**
   * Write to the store one after the other; what was overtaken while waiting is not written at all.
   * @param {string} place
   * @param {Change} change
   */
  async write(place, change) {
    const before = this.writing.get(place) || Promise.resolve();
    const written = before.then(async () => {
      const newest = this.held.get(place);
      if (!newest || newest.seq !== change.seq || newest.writer !== change.writer) return;
      const durable = await this.store.put(CHANGES, change);
      if (newest.seq === change.seq) newest.inMemory = !durable;
    });
    this.writing.set(place, written);
    await written;
    if (this.writing.get(place) === written) this.writing.delete(place);
  }

  /**
   * Queue a sheet to be sent once all its answers are safe.
   * @param {string} sheet
   */
  async send(sheet) {
    const letters = crypto.getRandomValues(new Uint32Array(4));
    const key = [...letters].map((part) => part.toString(36)).join("-");
    /** @type {Wish} */
    const wish = { participant: this.about.participant, sheet, key, acted: now() };
    this.sends.set(sheet, wish);
    wish.inMemory = !(await this.store.put(SENDS, wish));
    this.changed();
    this.flush();
  }

  /**
   * Take back a wish to send that the server has not heard of.
   * @param {string} sheet
   */
  async cancel(sheet) {
    const wish = this.sends.get(sheet);
    this.sends.delete(sheet);
    if (wish) await this.store.remove(SENDS, wish).catch(() => {});
    this.changed();
  }

  /** The changes of a sheet, or of all, that the server does not have. */
  waiting(sheet = "") {
    return [...this.held.values()].filter((change) => !change.other && (!sheet || change.sheet === sheet));
  }

  get hasWork() {
    return (
      this.waiting().some((change) => !this.refused.has(nameOf(change))) ||
      this.sendable().length + this.checks.due().length > 0
    );
  }

  /** Whether a change gave way to another phone's, and its owner has not said yet what to do. */
  get hasLost() {
    return [...this.held.values()].some((change) => change.other);
  }

  /** The wishes to send whose answers are all safe. */
  sendable() {
    return [...this.sends.values()].filter(
      (wish) => !wish.receipt && !wish.refusal && !this.waiting(wish.sheet).length,
    );
  }

  /**
   * How an answer stands, and the answer the page should show, if it has one.
   * @param {string} sheet
   * @param {string} question
   * @returns {Look}
   */
  look(sheet, question) {
    const place = placeOf({ sheet, question });
    const change = this.held.get(place);
    if (!change) return this.fates.get(place) || { status: "" };
    if (change.other) return { status: "replaced", answer: change.other.answer, own: change.answer };
    const why = this.refused.get(nameOf(change));
    if (why !== undefined) return { status: "failed", message: why, answer: change.answer };
    return { ...this.underWay(change), answer: change.answer };
  }

  /**
   * @param {Change} change
   * @returns {Look}
   */
  underWay(change) {
    const { what, message } = this.trouble;
    if (what === BUSY && message) return { status: "failed", message };
    if (what === DONE && performance.now() - this.since < PATIENCE) return { status: "saving" };
    return { status: "waiting", message: what, inMemory: Boolean(change.inMemory) };
  }

  /**
   * Take note of what the server held of a sheet when it was asked; what this page did since stays.
   * @param {string} sheet
   * @param {Record<string, {answer: unknown, writer: string}>} answers
   * @param {number} asked
   */
  compare(sheet, answers, asked) {
    for (const [question, { answer, writer }] of Object.entries(answers)) {
      const place = placeOf({ sheet, question });
      if (this.touched.get(place) >= asked) continue;
      const change = this.held.get(place);
      if (change?.other) change.other = { answer };
      const elsewhere = writer !== this.writer && !isOurs(writer);
      if (!change) this.fates.set(place, { status: "saved", answer, elsewhere });
    }
    this.changed();
  }

  /**
   * Use one's own answer although another phone's is newer.
   * @param {string} sheet
   * @param {string} question
   * @returns {Promise<unknown>}
   */
  insist(sheet, question) {
    const change = this.held.get(placeOf({ sheet, question }));
    return change?.other ? this.keep(sheet, question, change.answer) : Promise.resolve();
  }

  /**
   * Go on with the other phone's answer.
   * @param {string} sheet
   * @param {string} question
   */
  async giveWay(sheet, question) {
    const place = placeOf({ sheet, question });
    const change = this.held.get(place);
    if (!change?.other) return;
    this.held.delete(place);
    this.fates.set(place, { status: "saved", answer: change.other.answer });
    await this.store.remove(CHANGES, change).catch(() => {});
    this.changed();
  }

  settle() {
    this.due ||= performance.now() + LONGEST_SETTLE;
    // Where the line is broken its own pauses hold.
    if (this.trouble.what === DONE) this.soon(Math.min(SETTLE, Math.max(0, this.due - performance.now())));
  }

  /** @param {number} pause */
  soon(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), pause);
  }

  /** Try now, and begin again with short pauses: the phone woke up, or the network is back. */
  wake() {
    this.pause = FIRST_PAUSE;
    if (this.hasWork) this.flush();
  }

  /** Hand in what is not safe yet. Calls that come meanwhile wait for the same round. */
  flush() {
    clearTimeout(this.timer);
    this.due = 0;
    this.flying ||= this.round().finally(() => {
      this.flying = null;
    });
    return this.flying;
  }

  async round() {
    if (this.trouble.what === OTHER_PERSON) return;
    const patience = setTimeout(() => this.changed(), PATIENCE);
    const found = await new Round(this).run();
    clearTimeout(patience);
    this.conclude(found);
  }

  /** @param {Found} found */
  conclude({ what, content, wait, mayBeDead }) {
    const message = content?.message || "";
    this.trouble = { what, message };
    if (what === DONE) {
      this.pause = FIRST_PAUSE;
      this.since = this.hasWork ? performance.now() : 0;
      if (this.hasWork) this.soon(SETTLE);
    } else if (what !== OTHER_PERSON) {
      const pause = Math.max(this.pause * (0.5 + Math.random() / 2), (wait || 0) * 1000);
      // Whoever waited in vain for one connection's answer has paused enough before the next one.
      if (!mayBeDead) this.pause = Math.min(LONGEST_PAUSE, this.pause * 2);
      this.soon(what === LOG_IN ? LONGEST_PAUSE : pause);
    }
    this.changed();
  }

  changed() {
    this.onChange(this);
  }
}
