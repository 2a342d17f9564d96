// Part of the cash book's module: what is on the phone and not in the book yet.

/** What was written and not yet answered for; survives a reload, is kept apart by person. */
class Waiting {
  constructor(token) {
    this.store = onThisPhone(`umkm-buku-${token}`);
    const kept = this.store.read();
    this.kept = Array.isArray(kept) ? kept : [];
  }
  save() { this.store.write(this.kept.length ? this.kept : null); }
  add(message) { this.kept.push(message); this.save(); }
  /** Takes out what has been answered for, and gives it. */
  take(id) {
    const found = this.kept.find((message) => message.id === id);
    if (found) {
      this.kept = this.kept.filter((message) => message.id !== id);
      this.save();
    }
    return found;
  }
  clear() { this.kept = []; this.save(); }
}

/** The form that is being filled in, so that a page the phone throws away takes nothing with it. */
class Draft {
  constructor(token) { this.store = onThisPhone(`umkm-buku-draf-${token}`); }
  read() {
    const kept = this.store.read();
    return isTable(kept) && typeof kept.kind === "string" && isTable(kept.fields) ? kept : null;
  }
  /** Keeps a form once something in it is another than it was at first. */
  keep({ kind, corrects, fields, first }) {
    const isTouched = JSON.stringify(fields) !== first;
    if (isTouched) this.store.write({ kind, corrects, fields });
  }
  clear() { this.store.write(null); }
}
