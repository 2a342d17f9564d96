// The queue of answers against a server on loopback, as docs/sync.md promises it.

import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { IDBFactory } from "fake-indexeddb";
import { Courier } from "../src/outbox/courier.js";
import { Outbox } from "../src/outbox/outbox.js";
import { CHANGES, SENDS, Store } from "../src/outbox/store.js";
import { until } from "./browser.js";
import { AnswerServer } from "./server.js";

const SHEET = "pembukuan-dua-laci";
let server;
let pages;

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  server = await new AnswerServer().start();
  pages = [];
});

afterEach(() => {
  for (const page of pages) page.soon = () => clearTimeout(page.timer);
  for (const page of pages) page.soon();
  server.stop();
});

function openPage(participant = "srg-a") {
  const parts = { store: new Store(), courier: new Courier("token"), onChange: () => {} };
  const page = new Outbox({ participant, baseUrl: server.baseUrl }, parts);
  pages.push(page);
  return page;
}

const statusOf = (page, question) => page.look(SHEET, question).status;
const stored = (table = CHANGES) => new Store().all(table, "srg-a");

test("an answer is on the phone before the server hears of it, and leaves it once it is safe", async () => {
  const page = openPage();
  await page.keep(SHEET, "satu", "laci");
  assert.deepEqual(server.requests, []);
  assert.equal((await stored())[0].answer, "laci");
  assert.equal(statusOf(page, "satu"), "saving");
  await until(() => statusOf(page, "satu") === "saved");
  assert.equal(server.answers.get("satu"), "laci");
  await until(async () => (await stored()).length === 0);
});

test("without signal an answer waits, and is handed in again under the same name", async () => {
  server.isCut = true;
  const page = openPage();
  const name = await page.keep(SHEET, "satu", "laci");
  await until(() => statusOf(page, "satu") === "waiting");
  assert.equal(page.look(SHEET, "satu").message, "no signal");
  const before = server.changes.length;
  server.isCut = false;
  page.wake();
  await until(() => statusOf(page, "satu") === "saved");
  assert.ok(server.changes.length > before);
  assert.ok(server.changes.every(({ writer, seq }) => writer === name.writer && seq === name.seq));
});

test("a page that was killed leaves its answers to the next one, and none to another person", async () => {
  server.isCut = true;
  const killed = openPage();
  await killed.keep(SHEET, "satu", "laci");
  await until(() => statusOf(killed, "satu") === "waiting");
  killed.soon = () => {};
  clearTimeout(killed.timer);
  server.isCut = false;
  server.requests = [];
  const stranger = openPage("srg-b");
  await stranger.ready;
  assert.deepEqual(stranger.waiting(), []);
  const next = openPage();
  await until(() => statusOf(next, "satu") === "saved");
  assert.equal(server.requests.length, 1);
  assert.equal(server.requests[0].body.participant, "srg-a");
});

test("only the newest of several changes of one question is handed in", async () => {
  const page = openPage();
  await Promise.all(["l", "la", "laci"].map((text) => page.keep(SHEET, "satu", text)));
  await until(() => statusOf(page, "satu") === "saved");
  assert.deepEqual(
    server.changes.map(({ answer }) => answer),
    ["laci"],
  );
});

test("a sheet is sent only once all its answers are safe", async () => {
  server.isCut = true;
  const page = openPage();
  await page.keep(SHEET, "satu", "laci");
  await page.send(SHEET);
  await until(() => statusOf(page, "satu") === "waiting");
  assert.ok(server.requests.every(({ path }) => !path.endsWith("/kirim")));
  assert.equal((await stored(SENDS)).length, 1);
  server.isCut = false;
  page.wake();
  await until(() => page.sends.get(SHEET).receipt);
  assert.equal(page.sends.get(SHEET).receipt.code, "T-123");
  assert.equal(server.answers.get("satu"), "laci");
  assert.ok(server.requests.at(-1).path.endsWith("/kirim"));
  assert.deepEqual(await stored(SENDS), []);
});

test("an answer that gave way to another phone's stays until its owner decides", async () => {
  server.judge = () => ({ state: "replaced", by: "other-phone", answer: "warung" });
  const page = openPage();
  const first = await page.keep(SHEET, "satu", "laci");
  await until(() => statusOf(page, "satu") === "replaced");
  assert.deepEqual(page.look(SHEET, "satu"), { status: "replaced", answer: "warung", own: "laci" });
  assert.equal((await stored())[0].answer, "laci");
  server.judge = () => undefined;
  await page.insist(SHEET, "satu");
  await until(() => statusOf(page, "satu") === "saved");
  assert.equal(server.answers.get("satu"), "laci");
  assert.ok(server.changes.at(-1).seq > first.seq);
});

test("going on with the other phone's answer removes one's own", async () => {
  server.judge = () => ({ state: "replaced", by: "other-phone", answer: "warung" });
  const page = openPage();
  await page.keep(SHEET, "satu", "laci");
  await until(() => statusOf(page, "satu") === "replaced");
  await page.giveWay(SHEET, "satu");
  assert.deepEqual(page.look(SHEET, "satu"), { status: "saved", answer: "warung" });
  assert.deepEqual(await stored(), []);
});

test("a refused answer says why, and does not hold up the others", async () => {
  server.judge = ({ question }) =>
    question === "satu" ? { state: "refused", message: "Terlalu panjang." } : undefined;
  const page = openPage();
  await page.keep(SHEET, "satu", "x");
  await page.keep(SHEET, "dua", "y");
  await until(() => statusOf(page, "dua") === "saved");
  const { status, message } = page.look(SHEET, "satu");
  assert.deepEqual([status, message], ["failed", "Terlalu panjang."]);
  assert.equal(page.hasWork, false);
});
