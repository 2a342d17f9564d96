// The queue of answers against a server on loopback, as docs/sync.md promises it.

import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { IDBFactory } from "fake-indexeddb";
import { Courier } from "../src/outbox/courier.js";
import { Outbox } from "../src/outbox/outbox.js";
import { CHANGES, CHECKS, SENDS, Store } from "../src/outbox/store.js";
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

const LESSON = "pembukuan/01-dua-laci";
const RIGHT = { answer: "laci", echo: {}, feedback: { verdict: "right", message: "Benar." } };
const spot = (question, page = "") => ({ sheet: LESSON, question, page });
const ask = (page, question, answer, key) => page.checks.ask({ ...spot(question), answer, key });
const asked = () => server.requests.filter(({ path }) => path.endsWith("/periksa"));

test("a check is asked at its lesson, and what came back waits on the phone to be shown", async () => {
  server.check = () => [200, { traits: RIGHT }];
  const page = openPage();
  await ask(page, "satu", "laci", "w1-tekan-1");
  await until(() => page.checks.look(spot("satu")).traits);
  assert.deepEqual(asked(), [
    {
      path: `/pelajaran/${LESSON}/periksa`,
      body: { participant: "srg-a", question: "satu", answer: "laci", key: "w1-tekan-1" },
    },
  ]);
  assert.deepEqual(page.checks.look(spot("satu")), {
    words: "",
    answer: "laci",
    key: "w1-tekan-1",
    traits: RIGHT,
  });
  assert.equal(page.hasWork, false);
  await until(async () => (await stored(CHECKS))[0]?.traits);
  await page.checks.dropAt(spot("satu"));
  assert.deepEqual(await stored(CHECKS), []);
  assert.deepEqual(page.checks.look(spot("satu")), { words: "" });
});

test("without signal a check says so and waits, also for the next page, under the same key", async () => {
  server.check = () => [200, { traits: RIGHT }];
  server.isCut = true;
  const killed = openPage();
  await ask(killed, "satu", "laci", "w1-tekan-1");
  await until(() => killed.checks.look(spot("satu")).words.startsWith("Belum bisa diperiksa"));
  assert.equal(
    killed.checks.look(spot("satu")).words,
    "Belum bisa diperiksa: tidak ada sinyal. Diperiksa nanti dengan sendirinya.",
  );
  killed.soon = () => {};
  clearTimeout(killed.timer);
  server.isCut = false;
  const next = openPage();
  await until(() => next.checks.look(spot("satu")).traits);
  assert.ok(asked().every(({ body }) => body.key === "w1-tekan-1"));
  const stranger = openPage("srg-b");
  await stranger.ready;
  assert.deepEqual(stranger.checks.look(spot("satu")), { words: "" });
});

test("a check whose answer was changed meanwhile is dropped, and its late reply is not kept", async () => {
  const page = openPage();
  let release;
  const held = new Promise((resolve) => {
    release = resolve;
  });
  server.check = () => held.then(() => [200, { traits: RIGHT }]);
  await ask(page, "satu", "laci", "w1-tekan-1");
  await until(() => asked().length === 1);
  await page.checks.dropAt(spot("satu"));
  release();
  await page.flush();
  assert.deepEqual(page.checks.look(spot("satu")), { words: "" });
  assert.deepEqual(await stored(CHECKS), []);
  server.check = () => [200, { traits: { ...RIGHT, answer: "warung" } }];
  await ask(page, "satu", "warung", "w1-tekan-2");
  await until(() => page.checks.look(spot("satu")).traits?.answer === "warung");
});

test("a refused check says why, once; one that must wait is asked again", async () => {
  server.check = () => [422, { message: "Jawaban ini tidak terbaca. Silakan jawab lagi." }];
  const page = openPage();
  await ask(page, "satu", "laci", "w1-tekan-1");
  await until(() => page.checks.look(spot("satu")).words.endsWith("Silakan jawab lagi."));
  assert.equal(page.hasWork, false);
  server.check = () => [429, {}];
  await ask(page, "dua", "laci", "w1-tekan-2");
  await until(() => page.checks.look(spot("dua")).words.includes("sedang sibuk"));
  server.check = () => [200, { traits: RIGHT }];
  await until(() => page.checks.look(spot("dua")).traits);
});

test("an answer is handed in before its check", async () => {
  server.check = () => [200, { traits: RIGHT }];
  server.isCut = true;
  const page = openPage();
  await page.keep(LESSON, "satu", "laci");
  await ask(page, "satu", "laci", "w1-tekan-1");
  await until(() => page.trouble.what === "no signal");
  server.requests = [];
  server.isCut = false;
  page.wake();
  await until(() => page.checks.look(spot("satu")).traits);
  assert.deepEqual(
    server.requests.map(({ path }) => path.split("/").at(-1)),
    ["jawaban", "periksa"],
  );
});

test("a question of an earlier lesson asked again is a check of its own", async () => {
  server.isCut = true;
  const page = openPage();
  await ask(page, "satu", "laci", "w1-tekan-1");
  const again = spot("satu", "pembukuan/02-uang-masuk");
  await page.checks.ask({ ...again, answer: "kasir", key: "w2-tekan-1" });
  assert.equal(page.checks.look(spot("satu")).answer, "laci");
  assert.equal(page.checks.look(again).answer, "kasir");
  await until(async () => (await stored(CHECKS)).length === 2);
});
