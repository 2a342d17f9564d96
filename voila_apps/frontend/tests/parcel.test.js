// What a phone hands over without signal, read back by zlib, CRC-32 and base32 of Node and RFC 4648.

import assert from "node:assert/strict";
import { test } from "node:test";
import { crc32, inflateSync } from "node:zlib";
import { asCodes, asFile, makeParcel } from "../src/outbox/parcel.js";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"; // RFC 4648, table 3
const PARCEL = {
  umkm: 1,
  participant: "srg-a",
  sheet: "pembukuan/01",
  changes: [{ question: "satu", answer: "é".repeat(900) }],
};

function fromBase32(text) {
  const bits = [...text].map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, "0")).join("");
  return Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)));
}
const crcOf = (text) => fromBase32(text).readUInt32BE();

test("codes read back to the parcel, each with the check of zlib", async () => {
  const random = { ...PARCEL, noise: Array.from({ length: 400 }, (_, i) => (i * 7919) % 10007) };
  const codes = await asCodes(random);
  assert.ok(codes.length > 1);
  let text = "";
  codes.forEach((code, index) => {
    const [mark, whole, number, of, piece, check] = code.split(":");
    assert.deepEqual([mark, number, of], ["UMKM1", String(index + 1), String(codes.length)]);
    assert.equal(crcOf(check), crc32(code.slice(0, code.lastIndexOf(":"))));
    assert.equal(whole, codes[0].split(":")[1]);
    text += piece;
  });
  const bytes = fromBase32(text);
  assert.equal(crcOf(codes[0].split(":")[1]), crc32(bytes));
  assert.equal(bytes.toString("latin1", 0, 1), "Z");
  assert.deepEqual(JSON.parse(inflateSync(bytes.subarray(1))), random);
});

test("a browser without zlib hands over plain bytes", async (context) => {
  const { CompressionStream } = globalThis;
  delete globalThis.CompressionStream;
  context.after(() => Object.assign(globalThis, { CompressionStream }));
  const codes = await asCodes({ umkm: 1 });
  const bytes = fromBase32(codes.map((code) => code.split(":")[4]).join(""));
  assert.equal(bytes.toString(), 'P{"umkm":1}');
});

test("a file's name holds no slash", async () => {
  const { blob, name } = asFile(PARCEL);
  assert.equal(name, "jawaban-srg-a-pembukuan-01.json");
  assert.deepEqual(JSON.parse(await blob.text()), PARCEL);
});

test("a wish that was granted is not handed over again", () => {
  const outbox = { waiting: () => [], sends: new Map([["tugas", { key: "k1", receipt: { code: "T-1" } }]]) };
  const about = { participant: "srg-a", sheet: "tugas", ticket: "x" };
  assert.equal(makeParcel(outbox, about, 5).send, null);
  outbox.sends.set("tugas", { key: "k2" });
  assert.equal(makeParcel(outbox, about, 5).send, "k2");
});
