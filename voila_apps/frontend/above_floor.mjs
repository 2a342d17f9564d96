// Tells what in scripts and style sheets the oldest browsers we build for do not know: node above_floor.mjs FILE...
//
// Syntax is what esbuild would rewrite for them; names and selectors are those of MDN's tables
// (@mdn/browser-compat-data). A name counts when no object that has it is old enough, so that a method of our own
// called `map` is none. A global that the same file asks for first (`"X" in window`, `typeof X`) may be used.
// One finding a line, as FILE: WHAT; the exit code is 1 when there is one.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import * as esbuild from "esbuild";
import { SUPPORTED, TARGET } from "./floor.mjs";

const tables = createRequire(import.meta.url)("@mdn/browser-compat-data");
const FLOOR = Object.fromEntries(TARGET.map((name) => [name.match(/[a-z]+/)[0], Number(name.match(/[\d.]+/)[0])]));
// Objects that scripts meet, whatever else they do; a member of a rarer one may be a word of our own.
const OBJECTS = `Array TypedArray String Object Promise RegExp Map Set WeakMap Number Math Date ArrayBuffer Error Symbol
  Reflect Function Iterator Intl Node Element HTMLElement HTMLFormElement HTMLInputElement HTMLDialogElement Document
  DocumentFragment Window Navigator Crypto SubtleCrypto Blob File Response Request Headers AbortSignal AbortController
  URL URLSearchParams ReadableStream Storage IDBFactory IDBDatabase IDBObjectStore WebSocket EventTarget DOMTokenList
  FormData Clipboard Range Selection ShadowRoot HTMLCanvasElement CanvasRenderingContext2D FileReader`.split(/\s+/);
// Words of ours that are also members of such an object, or members that are asked for before they are used.
const OURS = new Set(["dispose", "drop", "resize", "show", "take", "pipeThrough"]);
// A browser that does not know it draws its own ring.
const OWN_RING = "focus-visible";
// V8 had an error in one rare form of `?.`, for which esbuild rewrites every one (oldest Chrome with `?.`: 80).
const supported = { ...SUPPORTED, "optional-chain": true };
// What floor.js adds for packages that need it; our own scripts do without.
const ADDED = new Set(["at", "hasOwn"]);

const version = (text) => (typeof text === "string" ? Number.parseFloat(text.replace("≤", "")) : Number.NaN);
const isOld = (support) =>
  Object.entries(FLOOR).every(([browser, floor]) =>
    [support[browser] ?? []]
      .flat()
      .some((one) => version(one.version_added) <= floor && !one.flags && !one.prefix && !one.alternative_name),
  );

function* members(objects, names) {
  for (const name of names) {
    for (const [key, about] of Object.entries(objects[name] ?? {})) {
      if (about.__compat && /^[a-z]\w*$/.test(key) && !key.endsWith("_event")) {
        yield [name, key.replace(/_static$/, ""), key.endsWith("_static"), isOld(about.__compat.support)];
      }
    }
  }
}

function newNames() {
  const { builtins } = tables.javascript;
  const everywhere = [...members(builtins, Object.keys(builtins)), ...members(tables.api, Object.keys(tables.api))];
  const old = new Set(everywhere.filter(([, , , isKnown]) => isKnown).map(([, name]) => name));
  const known = new Set(OBJECTS);
  return [
    ...new Set(
      everywhere
        .filter(([object, name]) => known.has(object) && !old.has(name) && !OURS.has(name))
        .map(([, name]) => name),
    ),
  ];
}

const within = Object.fromEntries(
  Object.entries(tables.javascript.builtins.Intl).map(([name, about]) => [`Intl\\.${name}`, about]),
);
const newGlobals = () =>
  Object.entries({ ...tables.api, ...tables.javascript.builtins, ...within })
    .filter(([name, about]) => about.__compat && /^[a-zA-Z][\w\\.]{3,}$/.test(name) && !isOld(about.__compat.support))
    .map(([name]) => name);

const newSelectors = () =>
  Object.entries(tables.css.selectors)
    .filter(([name, about]) => about.__compat && name !== OWN_RING && !isOld(about.__compat.support))
    .map(([name]) => name);

const oneOf = (names) => `(${names.join("|")})`;
const NAME = new RegExp(`\\.${oneOf(newNames())}\\(`, "g");
const STATIC = new RegExp(
  `\\b(${[...members(tables.api, OBJECTS)]
    .filter(([, , isStatic, old]) => isStatic && !old)
    .map(([object, name]) => `${object}\\.${name}`)
    .join("|")})\\b`,
  "g",
);
const GLOBAL = new RegExp(
  `(?:new ${oneOf(newGlobals())}\\b|(?<![\\w.$"'])(structuredClone|reportError|createImageBitmap)\\()`,
  "g",
);
const SELECTOR = new RegExp(`:${oneOf(newSelectors())}(?![\\w-])`, "g");

const isAskedFor = (text, name) =>
  new RegExp(`["'\`]${name}["'\`] ?in |typeof ${name}\\b|(window|self|globalThis)\\.${name}\\b`).test(text);

async function inScript(text, isOurs) {
  const [plain, lowered] = await Promise.all(
    ["esnext", TARGET].map((target) =>
      esbuild.transform(text, { target, supported, legalComments: "none", charset: "utf8" }),
    ),
  );
  const found = plain.code === lowered.code ? [] : ["syntax"];
  const names = [...plain.code.matchAll(NAME), ...plain.code.matchAll(STATIC)].map(([, name]) => name);
  found.push(...names.filter((name) => isOurs || !ADDED.has(name.split(".").pop())));
  const globals = [...plain.code.matchAll(GLOBAL)].map(([, made, called]) => made ?? called);
  found.push(...globals.filter((name) => !isAskedFor(plain.code, name)));
  return found;
}

/** A sheet without comments and declarations: in a small one `text-align:left` looks like a selector. */
const selectorsOf = (text) => text.replace(/\/\*.*?\*\//gs, "").replace(/\{[^{}]*\}/g, "{}");

let count = 0;
for (const file of process.argv.slice(2)) {
  const text = readFileSync(file, "utf8");
  const found = file.endsWith(".css")
    ? [...selectorsOf(text).matchAll(SELECTOR)].map(([what]) => what)
    : await inScript(text, !file.includes("/static/slim/"));
  for (const what of new Set(found)) console.log(`${file}: ${what}`);
  count += found.length;
}
process.exitCode = count ? 1 : 0;
