// Where an address leads on a page of steps, as docs/frontend.md says.

import assert from "node:assert/strict";
import { test } from "node:test";
import { ALL, addressOf, placeOf, waysFrom } from "../src/step_address.js";

const LESSON = [
  { name: "cerita", count: 0 },
  { name: "coba", count: 3 },
  { name: "rangkum", count: 1 },
];

for (const [hash, step, question] of [
  ["", 0, 1],
  ["#cerita", 0, 1],
  ["#coba", 1, 1],
  ["#coba-2", 1, 2],
  ["#coba-semua", 1, ALL],
  ["#coba-0", 1, 1],
  ["#coba-x", 1, 1],
  ["#cobalah", 0, 1],
  ["#rangkum", 2, 1],
]) {
  test(`${hash || "no hash"} leads to question ${question} of step ${step}`, () => {
    assert.deepEqual(placeOf(hash, LESSON), { step, question });
  });
}

test("an address leads back to where it was made", () => {
  assert.equal(addressOf(LESSON[1]), "#coba");
  assert.deepEqual(placeOf(addressOf(LESSON[1], 3), LESSON), { step: 1, question: 3 });
  assert.deepEqual(placeOf(addressOf(LESSON[1], ALL), LESSON), { step: 1, question: ALL });
});

for (const [step, question, back, on] of [
  [0, 1, null, ["Lanjut", "#coba"]],
  [1, 1, ["Kembali", "#cerita"], ["Berikutnya", "#coba-2"]],
  [1, 2, ["Sebelumnya", "#coba-1"], ["Berikutnya", "#coba-3"]],
  [1, 3, ["Sebelumnya", "#coba-2"], ["Lanjut", "#rangkum"]],
  [1, 9, ["Sebelumnya", "#coba-2"], ["Lanjut", "#rangkum"]],
  [1, ALL, ["Kembali", "#cerita"], ["Lanjut", "#rangkum"]],
  [2, 1, ["Kembali", "#coba-3"], ["Selesai", ""]],
]) {
  test(`the buttons at question ${question} of step ${step}`, () => {
    assert.deepEqual(waysFrom({ step, question }, LESSON, true), { back, on });
  });
}

test("an assignment's last question leads nowhere", () => {
  assert.deepEqual(waysFrom({ step: 0, question: 2 }, [{ name: "soal", count: 2 }], false), {
    back: ["Sebelumnya", "#soal-1"],
    on: null,
  });
});
