// One round of handing in: what is not safe yet, sheet by sheet, then the sheets that may be sent, then checks.

import { nameOf, placeOf } from "./change.js";
import { now } from "./clock.js";
import { answersUrl, BUSY, DONE, REFUSED } from "./courier.js";
import { CHANGES, SENDS } from "./store.js";
import { isOurs } from "./writers.js";

const MOST_CHANGES = 20;
const MOST_LETTERS = 60000;

export class Round {
  /** @param {import("./outbox.js").Outbox} outbox */
  constructor(outbox) {
    this.outbox = outbox;
    /** @type {Set<string>} */
    this.asked = new Set(); // names of changes that this round has handed in
  }

  /**
   * Hand in all there is, until something stops it; gives what did.
   * @returns {Promise<Found>}
   */
  async run() {
    for (;;) {
      const batch = this.nextBatch();
      if (!batch.length) break;
      for (const change of batch) this.asked.add(nameOf(change));
      const found = await this.handIn(batch);
      if (found.what !== DONE) return found;
    }
    const found = await this.sendQueued();
    return found.what === DONE ? this.outbox.checks.handIn() : found;
  }

  nextBatch() {
    const left = this.outbox
      .waiting()
      .filter((change) => !this.asked.has(nameOf(change)) && !this.outbox.refused.has(nameOf(change)));
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
    const { participant, baseUrl } = this.outbox.about;
    const url = answersUrl(baseUrl, batch[0].sheet);
    const found = await this.outbox.courier.ask(url, { participant, clock: now(), changes });
    if (found.what === REFUSED && batch.length > 1) return this.oneByOne(batch);
    if (found.what === REFUSED) {
      this.outbox.refused.set(nameOf(batch[0]), found.content.message || "Muat ulang halaman ini.");
      return { what: DONE };
    }
    if (found.what !== DONE) return found;
    return this.take(batch, changes, found.content.outcomes);
  }

  /**
   * @param {Change[]} batch
   * @returns {Promise<Found>}
   */
  async oneByOne(batch) {
    for (const change of batch) {
      const found = await this.handIn([change]);
      if (found.what !== DONE) return found;
    }
    return { what: DONE };
  }

  /**
   * @param {Change[]} batch
   * @param {{acted: number}[]} sent
   * @param {any[]} outcomes
   * @returns {Promise<Found>}
   */
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
      else if (outcome.state === "refused") this.outbox.refused.set(nameOf(change), outcome.message);
      else found = { what: BUSY, content: outcome };
    }
    return found;
  }

  /**
   * Hand the same answer in once more, as a change of its own.
   * @param {Change} change
   */
  async sayAnew(change) {
    const place = placeOf(change);
    if (nameOf(this.outbox.held.get(place) || {}) !== nameOf(change)) return;
    this.outbox.seq += 1;
    const { participant, sheet, question, answer, writer, acted } = change;
    const anew = { participant, sheet, question, answer, writer, seq: this.outbox.seq, acted };
    this.outbox.held.set(place, { ...anew, mine: true });
    await this.outbox.write(place, anew);
  }

  /**
   * A change gave way to one of this phone's other pages. Which of the two was written last the phone
   * knows by itself: it keeps one change a question, the last. Dates may say otherwise, where the
   * laptop's was wrong for a while; so what was last is handed in once more, as of now.
   * @param {Change} change
   * @param {unknown} answer
   */
  async decide(change, answer) {
    const place = placeOf(change);
    const isLast = await this.outbox.store.holds(CHANGES, change).catch(() => false);
    if (nameOf(this.outbox.held.get(place) || {}) !== nameOf(change)) return;
    if (isLast && this.outbox.repeated.get(place) === nameOf(change)) await this.lost(change, answer);
    else if (isLast) {
      const { seq } = await this.outbox.keep(change.sheet, change.question, change.answer);
      this.outbox.repeated.set(place, nameOf({ writer: this.outbox.writer, seq }));
    } else {
      this.outbox.held.delete(place);
      this.outbox.fates.set(place, { status: "saved", answer });
    }
  }

  /** @param {Change} change */
  async safe(change) {
    const place = placeOf(change);
    if (nameOf(this.outbox.held.get(place) || {}) === nameOf(change)) {
      this.outbox.held.delete(place);
      this.outbox.fates.set(place, { status: "saved", answer: change.answer });
      this.outbox.touched.set(place, performance.now());
    }
    // Not removed is no harm: it would be handed in once more, and known.
    await this.outbox.store.remove(CHANGES, change).catch(() => {});
  }

  /**
   * @param {Change} change
   * @param {unknown} answer
   */
  async lost(change, answer) {
    const place = placeOf(change);
    if (nameOf(this.outbox.held.get(place) || {}) !== nameOf(change)) return;
    const { participant, sheet, question, writer, seq, acted } = change;
    const told = { participant, sheet, question, answer: change.answer, writer, seq, acted, other: { answer } };
    this.outbox.held.set(place, told);
    // It stays on the phone until its owner has seen it.
    await this.outbox.store.exchange(CHANGES, change, told).catch(() => {});
  }

  /** @returns {Promise<Found>} */
  async sendQueued() {
    for (const wish of this.outbox.sendable()) {
      const { participant, baseUrl } = this.outbox.about;
      const found = await this.outbox.courier.ask(`${answersUrl(baseUrl, wish.sheet)}/kirim`, {
        participant,
        key: wish.key,
      });
      if (found.what === DONE) wish.receipt = found.content.receipt;
      else if (found.what === REFUSED) wish.refusal = found.content.message || "Muat ulang halaman ini.";
      else return found;
      await this.outbox.store.remove(SENDS, wish).catch(() => {});
    }
    return { what: DONE };
  }
}
