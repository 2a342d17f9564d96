// The store on the phone: one row a key, the newest stays, nobody sees another's.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { IDBFactory } from "fake-indexeddb";
import { CHANGES, SENDS, Store } from "../src/outbox/store.js";
import { until } from "./browser.js";

const change = (fields = {}) => ({
  participant: "srg-a",
  sheet: "tugas",
  question: "satu",
  answer: 1,
  writer: "w1",
  seq: 1,
  ...fields,
});

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

test("a row outlives the store that wrote it", async () => {
  assert.equal(await new Store().put(CHANGES, change()), true);
  assert.deepEqual(await new Store().all(CHANGES, "srg-a"), [change()]);
});

test("a newer change of a question takes the older one's place", async () => {
  const store = new Store();
  await store.put(CHANGES, change());
  await store.put(CHANGES, change({ seq: 2, answer: 2 }));
  assert.deepEqual(await store.all(CHANGES, "srg-a"), [change({ seq: 2, answer: 2 })]);
});

test("a change that was overtaken is neither removed nor exchanged", async () => {
  const store = new Store();
  const newer = change({ writer: "w2", seq: 7 });
  await store.put(CHANGES, change());
  await store.put(CHANGES, newer);
  await store.remove(CHANGES, change());
  await store.exchange(CHANGES, change(), change({ seq: 9 }));
  assert.deepEqual(await store.all(CHANGES, "srg-a"), [newer]);
  assert.equal(await store.holds(CHANGES, newer), true);
  assert.equal(await store.holds(CHANGES, change()), false);
});

test("rows of another person are not given", async () => {
  const store = new Store();
  await store.put(CHANGES, change());
  await store.put(CHANGES, change({ participant: "srg-b", sheet: "lain" }));
  await store.put(CHANGES, change({ participant: "srg-", sheet: "lain" }));
  assert.deepEqual(await store.all(CHANGES, "srg-a"), [change()]);
});

test("changes and wishes to send stand apart", async () => {
  const store = new Store();
  const wish = { participant: "srg-a", sheet: "tugas", key: "k1" };
  await store.put(SENDS, wish);
  assert.deepEqual(await store.all(CHANGES, "srg-a"), []);
  await store.remove(SENDS, { ...wish, key: "k2" });
  assert.deepEqual(await store.all(SENDS, "srg-a"), [wish]);
  await store.remove(SENDS, wish);
  assert.deepEqual(await store.all(SENDS, "srg-a"), []);
});

test("without a database a row is held in memory, and said to be", async () => {
  globalThis.indexedDB = {
    open: () => {
      throw new Error("SecurityError");
    },
  };
  const store = new Store();
  assert.equal(await store.put(CHANGES, change()), false);
  assert.equal(store.holdsInMemory, true);
  assert.deepEqual(await store.all(CHANGES, "srg-a"), [change()]);
  await store.remove(CHANGES, change());
  assert.equal(store.holdsInMemory, false);
});

test("a database that cannot be written to any more does not lose the row", async () => {
  const store = new Store();
  await store.put(CHANGES, change());
  (await store.opened).close();
  const newer = change({ seq: 2, answer: 2 });
  assert.equal(await store.put(CHANGES, newer), false);
  await until(() => store.holdsInMemory);
  assert.equal(await store.holds(CHANGES, newer), true);
});

test("a database of the version before is opened with its rows", async () => {
  // As phones in classes have it: version 1, two tables with these keys.
  await new Promise((resolve, reject) => {
    const asked = indexedDB.open("umkm-jawaban", 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("changes", { keyPath: ["participant", "sheet", "question"] }).put(change());
      asked.result.createObjectStore("sends", { keyPath: ["participant", "sheet"] });
    };
    asked.onsuccess = () => resolve(asked.result.close());
    asked.onerror = reject;
  });
  assert.deepEqual(await new Store().all(CHANGES, "srg-a"), [change()]);
});
