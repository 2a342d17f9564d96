// The last resort: what waits on this phone as a file, or as QR codes that the trainer photographs.
// umkm_apps/handover reads it.

import { correction, generate, mode } from "lean-qr";

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const LETTERS_A_CODE = 230; // a code of about 60 modules, which any phone's screen shows large enough

/**
 * What waits of a sheet, with the word of the server that this page is its owner's.
 * @param {import("./outbox.js").Outbox} outbox
 * @param {AboutPage} about
 * @param {number} clock the server's time, as far as this phone knows
 */
export function makeParcel(outbox, { participant, sheet, ticket }, clock) {
  const changes = outbox
    .waiting(sheet)
    .map(({ question, answer, writer, seq, acted }) => ({ question, answer, writer, seq, acted }));
  const wish = outbox.sends.get(sheet);
  return { umkm: 1, participant, sheet, ticket, clock, changes, send: wish && !wish.receipt ? wish.key : null };
}

/**
 * The parcel as a file to save.
 * @param {ReturnType<typeof makeParcel>} parcel
 */
export function asFile(parcel) {
  const blob = new Blob([JSON.stringify(parcel, null, 1)], { type: "application/json" });
  return { blob, name: `jawaban-${parcel.participant}-${parcel.sheet.replace("/", "-")}.json` };
}

/**
 * The parcel as the texts of a sequence of QR codes: `UMKM1:<whole>:<number>:<of>:<piece>:<check>`.
 * @param {ReturnType<typeof makeParcel>} parcel
 */
export async function asCodes(parcel) {
  const bytes = await squeeze(new TextEncoder().encode(JSON.stringify(parcel)));
  const whole = checksum(bytes);
  const text = base32(bytes);
  const count = Math.ceil(text.length / LETTERS_A_CODE);
  return Array.from({ length: count }, (_, index) => {
    const piece = text.slice(index * LETTERS_A_CODE, (index + 1) * LETTERS_A_CODE);
    const head = `UMKM1:${whole}:${index + 1}:${count}:${piece}`;
    return `${head}:${checksum(new TextEncoder().encode(head))}`;
  });
}

/**
 * @param {string} text
 * @param {HTMLCanvasElement} canvas
 */
export function draw(text, canvas) {
  generate(mode.alphaNumeric(text), { minCorrectionLevel: correction.M }).toCanvas(canvas);
}

// The first letter says how it is packed: Z for zlib, P for plain where the browser has no zlib.
/** @param {Uint8Array<ArrayBuffer>} bytes */
async function squeeze(bytes) {
  /** @type {(letter: string, content: Uint8Array) => Uint8Array} */
  const mark = (letter, content) => {
    const marked = new Uint8Array(content.length + 1);
    marked[0] = letter.charCodeAt(0);
    marked.set(content, 1);
    return marked;
  };
  if (!("CompressionStream" in window)) return mark("P", bytes);
  const packed = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate"));
  return mark("Z", new Uint8Array(await new Response(packed).arrayBuffer()));
}

// RFC 4648, without padding: letters that a QR code packs tightly and that survive being typed.
/** @param {Uint8Array} bytes */
function base32(bytes) {
  let text = "";
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += LETTERS[(held >>> bits) & 31];
      held &= (1 << bits) - 1;
    }
  }
  return bits ? text + LETTERS[(held << (5 - bits)) & 31] : text;
}

// CRC-32 of zlib, in seven letters.
/** @param {Uint8Array} bytes */
function checksum(bytes) {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (0xedb88320 & -(crc & 1));
  }
  const value = ~crc >>> 0;
  return base32(new Uint8Array([value >>> 24, value >>> 16, value >>> 8, value]));
}
