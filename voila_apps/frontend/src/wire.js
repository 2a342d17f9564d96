// Ours in place of @jupyterlab/services (see kernel.js), which does the same in `kernel/serialize`.
// The binary form of a kernel message on the websocket: v1.kernel.websocket.jupyter.org.
// A count of offsets, the offsets (each eight bytes, little endian), then the parts:
// channel, header, parent header, metadata, content and any buffers.

const WORD = 8;
const toBytes = new TextEncoder();
const toText = new TextDecoder();

/** @param {ArrayBuffer | ArrayBufferView} part */
function asBytes(part) {
  if (part instanceof Uint8Array) return part;
  if (ArrayBuffer.isView(part)) return new Uint8Array(part.buffer, part.byteOffset, part.byteLength);
  return new Uint8Array(part);
}

/**
 * @param {string} channel
 * @param {Record<string, any>} message
 * @param {(ArrayBuffer | ArrayBufferView)[]} [buffers]
 */
export function encode(channel, message, buffers = []) {
  const json = [message.header, message.parent_header, message.metadata, message.content];
  const parts = [
    toBytes.encode(channel),
    ...json.map((part) => toBytes.encode(JSON.stringify(part))),
    ...buffers.map(asBytes),
  ];
  const count = parts.length + 1;
  const start = WORD * (count + 1);
  const size = parts.reduce((sum, part) => sum + part.byteLength, start);
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  let at = start;
  view.setUint32(0, count, true);
  parts.forEach((part, index) => {
    view.setUint32(WORD * (index + 1), at, true);
    bytes.set(part, at);
    at += part.byteLength;
  });
  view.setUint32(WORD * count, at, true);
  return bytes;
}

/** @param {ArrayBuffer} data */
export function decode(data) {
  const view = new DataView(data);
  const count = view.getUint32(0, true);
  /** @type {number[]} */
  const offsets = [];
  for (let i = 0; i < count; i += 1) offsets.push(view.getUint32(WORD * (i + 1), true));
  /** @param {number} i */
  const part = (i) => new Uint8Array(data, offsets[i], offsets[i + 1] - offsets[i]);
  /** @param {number} i */
  const json = (i) => JSON.parse(toText.decode(part(i)));
  const buffers = [];
  for (let i = 5; i < count - 1; i += 1) {
    // A copy of its own: widgets keep these, and the whole message must not stay with them.
    buffers.push(new DataView(data.slice(offsets[i], offsets[i + 1])));
  }
  return {
    channel: toText.decode(part(0)),
    header: json(1),
    parent_header: json(2),
    metadata: json(3),
    content: json(4),
    buffers,
  };
}
