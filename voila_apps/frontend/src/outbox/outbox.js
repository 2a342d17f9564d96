// Each change of an answer is kept on the phone first, then handed in again and again until the
// server says that it is safe. One outbox a page; all pages of a phone share the store.

import { now } from "./clock.js";
import { answersUrl, BUSY, DONE, LOG_IN, OTHER_PERSON, REFUSED } from "./courier.js";
import { CHANGES, SENDS } from "./store.js";
import { isOurs, remember } from "./writers.js";

const SETTLE = 350; // after a letter is typed
const LONGEST_SETTLE = 1500; // for somebody who writes without a pause
const PATIENCE = 4000; // until a change that is under way counts as waiting
export const FIRST_PAUSE = 1000;
export const LONGEST_PAUSE = 30000;
const MOST_CHANGES = 20;
const MOST_LETTERS = 60000;

/** @param {{writer?: string, seq?: number}} change */
const nameOf = (change) => `${change.writer} ${change.seq}`;
/** @param {{sheet: string, question: string}} change */
const placeOf = (change) => `${change.sheet} ${change.question}`;

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

  /** What this page did is dated by a clock that has been set forward since: date it anew. */
  redate(behind) {
    for (const change of this.waiting()) if (change.writer === this.writer) change.acted += behind;
  }

  async load() {
    try {
      for (const change of await this.store.all(CHANGES, this.about.participant)) this.hold(change);
      for (const wish of await this.store.all(SENDS, this.about.participant)) this.sends.set(wish.sheet, wish);
    } catch {
      // The database broke while it was read: what is there stays there for the next page.
    }
    this.since ||= performance.now();
    this.changed();
    if (this.hasWork) this.flush();
  }

  hold(change) {
    const newer = this.held.get(placeOf(change));
    if (!newer?.mine) this.held.set(placeOf(change), change);
  }

  /** Keep an answer; resolves once it is kept on the phone, and says under which name. */
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

  /** Write to the store one after the other; what was overtaken while waiting is not written at all. */
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

  /** Queue a sheet to be sent once all its answers are safe. */
  async send(sheet) {
    const letters = crypto.getRandomValues(new Uint32Array(4));
    const key = [...letters].map((part) => part.toString(36)).join("-");
    const wish = { participant: this.about.participant, sheet, key, acted: now() };
    this.sends.set(sheet, wish);
    wish.inMemory = !(await this.store.put(SENDS, wish));
    this.changed();
    this.flush();
  }

  /** Take back a wish to send that the server has not heard of. */
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
    return this.waiting().some((change) => !this.refused.has(nameOf(change))) || this.sendable().length > 0;
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

  underWay(change) {
    const { what, message } = this.trouble;
    if (what === BUSY && message) return { status: "failed", message };
    if (what === DONE && performance.now() - this.since < PATIENCE) return { status: "saving" };
    return { status: "waiting", message: what, inMemory: Boolean(change.inMemory) };
  }

  /** Take note of what the server held of a sheet when it was asked; what this page did since stays. */
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

  /** Use one's own answer although another phone's is newer. */
  insist(sheet, question) {
    const change = this.held.get(placeOf({ sheet, question }));
    return change?.other ? this.keep(sheet, question, change.answer) : Promise.resolve();
  }

  /** Go on with the other phone's answer. */
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
    const asked = new Set();
    /** @type {Found} */
    let found = { what: DONE };
    for (;;) {
      const batch = this.nextBatch(asked);
      if (!batch.length) break;
      batch.forEach((change) => asked.add(nameOf(change)));
      found = await this.handIn(batch);
      if (found.what !== DONE) break;
    }
    if (found.what === DONE) found = await this.sendQueued();
    clearTimeout(patience);
    this.conclude(found);
  }

  nextBatch(asked) {
    const left = this.waiting().filter((change) => !asked.has(nameOf(change)) && !this.refused.has(nameOf(change)));
    const batch = [];
    let letters = 0;
    for (const change of left) {
      letters += JSON.stringify(change.answer ?? null).length;
      const fits = batch.length < MOST_CHANGES && (letters <= MOST_LETTERS || !batch.length);
      if (change.sheet === left[0].sheet && fits) batch.push(change);
    }
    return batch;
  }

  /**
   * @param {Change[]} batch
   * @returns {Promise<Found>}
   */
  async handIn(batch) {
    const changes = batch.map(({ question, answer, writer, seq, acted }) => ({ question, answer, writer, seq, acted }));
    const { participant, baseUrl } = this.about;
    const url = answersUrl(baseUrl, batch[0].sheet);
    const found = await this.courier.ask(url, { participant, clock: now(), changes });
    if (found.what === REFUSED && batch.length > 1) return this.oneByOne(batch);
    if (found.what === REFUSED) {
      this.refused.set(nameOf(batch[0]), found.content.message || "Muat ulang halaman ini.");
      return { what: DONE };
    }
    if (found.what !== DONE) return found;
    return this.take(batch, changes, found.content.outcomes);
  }

  async oneByOne(batch) {
    for (const change of batch) {
      const found = await this.handIn([change]);
      if (found.what !== DONE) return found;
    }
    return { what: DONE };
  }

  async take(batch, sent, outcomes) {
    /** @type {Found} */
    let found = { what: DONE };
    for (const outcome of outcomes) {
      const change = batch.find((each) => each.question === outcome.question && nameOf(each) === nameOf(outcome));
      if (!change) continue;
      const isRedated = change.acted !== sent[batch.indexOf(change)].acted;
      if (outcome.state === "saved") await this.safe(change);
      else if (outcome.state === "replaced" && isRedated) await this.sayAnew(change);
      else if (outcome.state === "replaced" && isOurs(outcome.by)) await this.decide(change, outcome.answer);
      else if (outcome.state === "replaced") await this.lost(change, outcome.answer);
      else if (outcome.state === "refused") this.refused.set(nameOf(change), outcome.message);
      else found = { what: BUSY, content: outcome };
    }
    return found;
  }

  /** Hand the same answer in once more, as a change of its own. */
  async sayAnew(change) {
    const place = placeOf(change);
    if (nameOf(this.held.get(place) || {}) !== nameOf(change)) return;
    this.seq += 1;
    const { participant, sheet, question, answer, writer, acted } = change;
    const anew = { participant, sheet, question, answer, writer, seq: this.seq, acted };
    this.held.set(place, { ...anew, mine: true });
    await this.write(place, anew);
  }

  /**
   * A change gave way to one of this phone's other pages. Which of the two was written last the phone
   * knows by itself: it keeps one change a question, the last. Dates may say otherwise, where the
   * laptop's was wrong for a while; so what was last is handed in once more, as of now.
   */
  async decide(change, answer) {
    const place = placeOf(change);
    const isLast = await this.store.holds(CHANGES, change).catch(() => false);
    if (nameOf(this.held.get(place) || {}) !== nameOf(change)) return;
    if (isLast && this.repeated.get(place) === nameOf(change)) await this.lost(change, answer);
    else if (isLast) {
      const { seq } = await this.keep(change.sheet, change.question, change.answer);
      this.repeated.set(place, nameOf({ writer: this.writer, seq }));
    } else {
      this.held.delete(place);
      this.fates.set(place, { status: "saved", answer });
    }
  }

  async safe(change) {
    const place = placeOf(change);
    if (nameOf(this.held.get(place) || {}) === nameOf(change)) {
      this.held.delete(place);
      this.fates.set(place, { status: "saved", answer: change.answer });
      this.touched.set(place, performance.now());
    }
    // Not removed is no harm: it would be handed in once more, and known.
    await this.store.remove(CHANGES, change).catch(() => {});
  }

  async lost(change, answer) {
    const place = placeOf(change);
    if (nameOf(this.held.get(place) || {}) !== nameOf(change)) return;
    const { participant, sheet, question, writer, seq, acted } = change;
    const told = { participant, sheet, question, answer: change.answer, writer, seq, acted, other: { answer } };
    this.held.set(place, told);
    // It stays on the phone until its owner has seen it.
    await this.store.exchange(CHANGES, change, told).catch(() => {});
  }

  /** @returns {Promise<Found>} */
  async sendQueued() {
    for (const wish of this.sendable()) {
      const { participant, baseUrl } = this.about;
      const found = await this.courier.ask(`${answersUrl(baseUrl, wish.sheet)}/kirim`, { participant, key: wish.key });
      if (found.what === DONE) wish.receipt = found.content.receipt;
      else if (found.what === REFUSED) wish.refusal = found.content.message || "Muat ulang halaman ini.";
      else return found;
      await this.store.remove(SENDS, wish).catch(() => {});
    }
    return { what: DONE };
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
