// What a page's modules find in a browser and Node lacks: a cookie, a storage, IndexedDB. Node loads it first.

import "fake-indexeddb/auto";

const kept = new Map();

Object.assign(globalThis, {
  window: globalThis,
  document: { cookie: "", visibilityState: "visible" },
});
Object.defineProperty(globalThis, "localStorage", {
  configurable: true,
  value: { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) },
});

/** Resolves once a condition holds; fails with its text after a while. */
export async function until(condition, limit = 10000) {
  const end = performance.now() + limit;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`never: ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
