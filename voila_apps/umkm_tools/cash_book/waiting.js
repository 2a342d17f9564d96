// The cash book: what is on the phone and not in the book yet.

import { draftsOnThisPhone, isTable, onThisPhone } from "../base/dom.js";

/** What was written and not yet answered for; survives a reload, is kept apart by person. */
export class Waiting {
  constructor(token) {
    this.store = onThisPhone(`umkm-buku-${token}`);
    const kept = this.store.read();
    this.kept = Array.isArray(kept) ? kept : [];
  }
  save() {
    this.store.write(this.kept.length ? this.kept : null);
  }
  add(message) {
    this.kept.push(message);
    this.save();
  }
  /** Takes out what has been answered for, and gives it. */
  take(id) {
    const found = this.kept.find((message) => message.id === id);
    if (found) {
      this.kept = this.kept.filter((message) => message.id !== id);
      this.save();
    }
    return found;
  }
  clear() {
    this.kept = [];
    this.save();
  }
}

/** The forms that are being filled in, so that a page the phone throws away takes nothing with it. */
export class Drafts {
  constructor(token) {
    this.store = draftsOnThisPhone(`umkm-buku-draf-${token}`);
  }
  get all() {
    return Object.values(this.store.all()).filter(({ kind, fields }) => typeof kind === "string" && isTable(fields));
  }
  nameOf({ kind, corrects }) {
    return `${kind} ${corrects || ""}`;
  }
  /** What was begun of a kind, corrections aside. */
  begun(kind) {
    return this.all.find((one) => one.kind === kind && !one.corrects);
  }
  /** Keeps a form once something in it is another than it was at first. */
  keep(form) {
    const { kind, corrects, fields, first } = form;
    if (JSON.stringify(fields) !== first) this.store.keep(this.nameOf(form), { kind, corrects, fields });
  }
  drop(form) {
    this.store.drop(this.nameOf(form));
  }
  clear() {
    this.store.clear();
  }
}
