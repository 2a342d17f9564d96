// Part of the cash book's module.

/** What was written and not yet answered for; survives a reload, is kept apart by person. */
class Waiting {
  constructor(token) {
    this.key = `umkm-buku-${token}`;
    this.kept = [];
    try { this.kept = JSON.parse(localStorage.getItem(this.key) || "[]"); } catch { /* a private window: in memory */ }
    if (!Array.isArray(this.kept)) this.kept = [];
  }
  save() {
    try {
      if (this.kept.length) localStorage.setItem(this.key, JSON.stringify(this.kept));
      else localStorage.removeItem(this.key);
    } catch { /* full or refused: what waits lives as long as the page */ }
  }
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
