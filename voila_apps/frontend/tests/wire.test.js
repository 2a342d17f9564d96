// Kernel messages in the form that jupyter_server documents: v1.kernel.websocket.jupyter.org.

import assert from "node:assert/strict";
import { test } from "node:test";
import { decode, encode } from "../src/wire.js";

const MESSAGE = {
  header: { msg_id: "1", msg_type: "comm_msg" },
  parent_header: {},
  metadata: { a: "é" },
  content: { data: [1] },
};

test("a count of offsets, the offsets of eight bytes, then the parts", () => {
  const bytes = Buffer.from(encode("shell", MESSAGE, [new Uint8Array([7, 8])]));
  const count = Number(bytes.readBigUInt64LE(0));
  assert.equal(count, 7); // channel, four parts, one buffer, and the end
  const offsets = Array.from({ length: count }, (_, i) => Number(bytes.readBigUInt64LE(8 * (i + 1))));
  assert.equal(offsets[0], 8 * (count + 1));
  assert.equal(offsets.at(-1), bytes.length);
  const parts = offsets.slice(0, -1).map((start, i) => bytes.subarray(start, offsets[i + 1]));
  assert.equal(parts[0].toString(), "shell");
  assert.deepEqual(
    parts.slice(1, 5).map((part) => JSON.parse(part)),
    Object.values(MESSAGE),
  );
  assert.deepEqual([...parts[5]], [7, 8]);
});

test("what was encoded is read again, buffers as copies of their own", () => {
  const view = new Uint8Array([0, 1, 2, 3]).subarray(1, 3);
  const whole = encode("iopub", MESSAGE, [view, new ArrayBuffer(0)]);
  const { channel, buffers, ...rest } = decode(whole.buffer);
  assert.equal(channel, "iopub");
  assert.deepEqual(rest, MESSAGE);
  assert.deepEqual(
    buffers.map((one) => [...new Uint8Array(one.buffer)]),
    [[1, 2], []],
  );
});
