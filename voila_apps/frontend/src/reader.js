// Reads a QR code in a picture or a camera's frame, on the phone. The practice tools load this when
// somebody first scans: no other page ever asks for it.

import { decodeQR } from "qr/decode.js";

const LARGEST = 1400; // a photo has ten times the pixels a code needs
const SMALLEST = 700; // a code of few pixels is easier to find drawn larger

/** What a code in this picture says, or null. `hard`: also turned and at other sizes. */
export function read(picture, width, height, hard) {
  const fit = Math.min(1, LARGEST / Math.max(width, height));
  const sizes = hard ? [fit, fit / 2, SMALLEST / Math.max(width, height), fit * 2] : [fit];
  const tries = sizes
    .filter((scale) => scale > 0 && Math.max(width, height) * scale <= 2 * LARGEST)
    .map((scale) => [scale, 0]);
  if (hard) tries.push([fit, 45], [fit / 2, 45], [fit, 20]);
  for (const [scale, turn] of tries) {
    const found = look(picture, Math.round(width * scale), Math.round(height * scale), turn, hard);
    if (found !== null) return found;
  }
  return null;
}

function look(picture, width, height, turn, hard) {
  if (width < 16 || height < 16) return null;
  const angle = (turn * Math.PI) / 180;
  const canvas = document.createElement("canvas");
  canvas.width = Math.ceil(width * Math.cos(angle) + height * Math.sin(angle));
  canvas.height = Math.ceil(width * Math.sin(angle) + height * Math.cos(angle));
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { willReadFrequently: true }));
  context.fillStyle = "#fff"; // what is transparent in a picture is white on paper
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.translate(canvas.width / 2, canvas.height / 2);
  context.rotate(angle);
  context.drawImage(picture, -width / 2, -height / 2, width, height);
  try {
    return decodeQR(context.getImageData(0, 0, canvas.width, canvas.height), {
      effort: hard ? 8 : 1,
      timeLimit: hard ? 600 : 60,
    });
  } catch {
    return null; // it says so by an error that there is no code
  }
}
