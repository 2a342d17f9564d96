// Ours in place of idb: it would save some 30 lines and cost each first visit 1.3 KB (gzipped; all may take 90 KB).
// What the phone holds until the server has it: IndexedDB, which outlives the page, the tab and a
// restart of the phone. Where the browser refuses it, memory, and the page says so.

const NAME = "umkm-jawaban";
// A database of its own: a new table in the other one would wait until each page of before is closed.
const APART = "umkm-periksa";
const VERSION = 1;
const PATIENCE = 4000;
export const CHANGES = /** @type {const} */ ("changes");
export const SENDS = /** @type {const} */ ("sends");
export const CHECKS = /** @type {const} */ ("checks");
/** @typedef {"changes" | "sends" | "checks"} Table */
/** @typedef {Record<string, any>} Row */

/** @type {Record<Table, string[]>} */
const KEYS = {
  [CHANGES]: ["participant", "sheet", "question"],
  [SENDS]: ["participant", "sheet"],
  [CHECKS]: ["participant", "sheet", "question", "page"],
};

/** @type {(table: Table, row: Row) => string[]} */
const keyOf = (table, row) => KEYS[table].map((name) => row[name]);
// A change is known by its writer and count, a wish to send and a check by its key.
/** @type {(one: Row, other: Row) => boolean} */
const isSame = (one, other) => one.writer === other.writer && one.seq === other.seq && one.key === other.key;

/**
 * @template Value
 * @param {Promise<Value>} promise
 * @returns {Promise<Value>}
 */
function inTime(promise) {
  // Some browsers neither open a database nor say that they will not.
  /** @type {Promise<never>} */
  const late = new Promise((_, reject) => {
    setTimeout(() => reject(new Error("timeout")), PATIENCE);
  });
  return Promise.race([promise, late]);
}

/**
 * @param {string} name
 * @param {Table[]} tables
 * @returns {Promise<IDBDatabase>}
 */
function openDatabase(name, tables) {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(name, VERSION);
    asked.onupgradeneeded = () => {
      for (const table of tables) asked.result.createObjectStore(table, { keyPath: KEYS[table] });
    };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
    asked.onblocked = () => reject(new Error("blocked"));
  });
}

/**
 * @param {IDBDatabase} database
 * @param {Table} table
 * @param {IDBTransactionMode} mode
 * @param {(rows: IDBObjectStore, give: (value: any) => void) => void} work
 * @returns {Promise<any>} what `work` gave
 */
function run(database, table, mode, work) {
  return inTime(
    new Promise((resolve, reject) => {
      // "strict": on the phone's disk, not in a buffer that a flat battery would take along.
      const transaction = database.transaction(table, mode, { durability: "strict" });
      /** @type {any} */
      let result;
      transaction.oncomplete = () => resolve(result);
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
      work(transaction.objectStore(table), (value) => {
        result = value;
      });
    }),
  );
}

export class Store {
  constructor() {
    /** @type {Record<Table, Map<string, Row>>} */
    this.memory = { [CHANGES]: new Map(), [SENDS]: new Map(), [CHECKS]: new Map() };
    /** @type {(name: string, tables: Table[]) => Promise<IDBDatabase | null>} */
    const open = (name, tables) => inTime(Promise.resolve().then(() => openDatabase(name, tables))).catch(() => null);
    this.opened = open(NAME, [CHANGES, SENDS]);
    this.apart = open(APART, [CHECKS]);
  }

  /** @param {Table} table */
  home(table) {
    return table === CHECKS ? this.apart : this.opened;
  }

  /**
   * Keep a row in place of the one with its key; gives whether it would outlive the page.
   * @param {Table} table
   * @param {Row} row
   */
  async put(table, row) {
    const key = JSON.stringify(keyOf(table, row));
    try {
      const database = await this.home(table);
      if (!database) throw new Error("no database");
      await run(database, table, "readwrite", (rows) => {
        rows.put(row);
      });
      this.memory[table].delete(key);
      return true;
    } catch {
      // No room, or no database: better in memory than nowhere.
      this.memory[table].set(key, row);
      return false;
    }
  }

  /**
   * Whether a row is what stands under its key: the newest that any page of this phone has put there.
   * @param {Table} table
   * @param {Row} row
   */
  async holds(table, row) {
    const kept = this.memory[table].get(JSON.stringify(keyOf(table, row)));
    if (kept) return isSame(kept, row);
    const database = await this.home(table);
    if (!database) return false;
    const found = await run(database, table, "readonly", (rows, give) => {
      const asked = rows.get(keyOf(table, row));
      asked.onsuccess = () => give(asked.result);
    });
    return Boolean(found) && isSame(found, row);
  }

  /**
   * Let a row go, unless a newer one has taken its place.
   * @param {Table} table
   * @param {Row} row
   */
  remove(table, row) {
    return this.exchange(table, row, null);
  }

  /**
   * Put another row in a row's place, unless a newer one has taken it.
   * @param {Table} table
   * @param {Row} row
   * @param {Row | null} next
   */
  async exchange(table, row, next) {
    const key = JSON.stringify(keyOf(table, row));
    const held = this.memory[table].get(key);
    if (held && isSame(held, row)) {
      if (next) this.memory[table].set(key, next);
      else this.memory[table].delete(key);
    }
    const database = await this.home(table);
    if (!database) return;
    await run(database, table, "readwrite", (rows) => {
      const asked = rows.get(keyOf(table, row));
      asked.onsuccess = () => {
        if (!asked.result || !isSame(asked.result, row)) return;
        if (next) rows.put(next);
        else rows.delete(keyOf(table, row));
      };
    });
  }

  /**
   * All rows of one person; another's are never looked at.
   * @param {Table} table
   * @param {string} participant
   * @returns {Promise<any[]>}
   */
  async all(table, participant) {
    /** @type {Map<string, any>} */
    const rows = new Map();
    const database = await this.home(table);
    if (database) {
      const range = IDBKeyRange.bound([participant], [participant, []]);
      const found = await run(database, table, "readonly", (stored, give) => {
        const asked = stored.getAll(range);
        asked.onsuccess = () => give(asked.result);
      });
      for (const row of found) rows.set(JSON.stringify(keyOf(table, row)), row);
    }
    for (const [key, row] of this.memory[table]) if (row.participant === participant) rows.set(key, row);
    return [...rows.values()];
  }

  /** Whether any row would be lost with this page. */
  get holdsInMemory() {
    return Object.values(this.memory).some((rows) => rows.size > 0);
  }
}
