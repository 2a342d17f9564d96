// Reads QR codes: camera, photo, picture or text, on the phone.
// A picture never leaves it. What it says is text, and goes to whoever asked.

import { h } from "./dom.js";

const LONGEST_TEXT = 7200; // more than any QR code holds: what is longer is told to be so
const LARGEST_PICTURE = 30000000;
const CAMERA_LIMIT = 120000;
const NO_CODE = "Tidak ada kode QR yang terbaca di gambar ini. Ambil lagi: lebih dekat, terang, dan lurus.";

let bundled = null; // our own decoder, fetched when somebody first needs it
let tries = 0;

function decoder() {
  const address = document.body.dataset.reader;
  if (!address) return Promise.resolve(null);
  if (!bundled) {
    // A browser may remember that an address failed; with another tail it asks again.
    bundled = import(`${new URL(address, location.href)}${tries ? `?coba=${tries}` : ""}`);
    bundled.catch(() => {
      bundled = null;
      tries += 1;
    });
  }
  return bundled;
}

/** The browser's own detector, where it has one for QR codes. */
async function detector() {
  try {
    if (!("BarcodeDetector" in window)) return null;
    const formats = await BarcodeDetector.getSupportedFormats();
    return formats.includes("qr_code") ? new BarcodeDetector({ formats: ["qr_code"] }) : null;
  } catch {
    return null;
  }
}

async function readPicture(picture, width, height, hard) {
  const native = await detector();
  if (native) {
    try {
      const found = (await native.detect(picture)).map((one) => one.rawValue).filter(Boolean);
      if (found.length) return found.find((text) => text.startsWith("0002")) || found[0];
    } catch {
      /* ours may read what it cannot */
    }
  }
  const ours = await decoder();
  if (!ours && !native) throw new Error("no decoder");
  return ours ? ours.read(picture, width, height, hard) : null;
}

async function readFile(file) {
  if (file.size > LARGEST_PICTURE) throw "Gambar ini terlalu besar. Ambil tangkapan layar, lalu pilih itu.";
  const address = URL.createObjectURL(file);
  try {
    const picture = new Image();
    picture.src = address;
    try {
      await picture.decode();
    } catch {
      throw "Berkas ini bukan gambar yang bisa dibaca. Pilih foto atau tangkapan layar.";
    }
    let text;
    try {
      text = await readPicture(picture, picture.naturalWidth || 1000, picture.naturalHeight || 1000, true);
    } catch {
      throw document.body.dataset.reader
        ? "Pembaca kode belum terunduh. Periksa sinyal, lalu pilih gambarnya lagi."
        : "Di halaman ini gambar tidak bisa dibaca. Tempel saja tulisannya.";
    }
    if (!text) throw NO_CODE;
    return text;
  } finally {
    URL.revokeObjectURL(address);
  }
}

/**
 * Ways to read a code. `heard(text)` gets what it says; `labels` may rename the field for text, or leave it out.
 * @param {{heard: (text: string) => void, labels?: {text?: string | null}}} parts
 */
export function makeScanner({ heard, labels = {} }) {
  const mayFilm = window.isSecureContext && navigator.mediaDevices?.getUserMedia;
  const told = h("p", { class: "bk-gema qr-kata", role: "status" });
  const video = h("video", { class: "qr-video", playsinline: true, hidden: true, "aria-label": "Gambar kamera" });
  video.muted = true;
  let stream = null;
  let asked = null; // while the browser asks whether it may film
  let stopAt = 0;

  const say = (text) => {
    told.textContent = text;
  };
  function take(text) {
    stop();
    say("");
    heard(String(text).slice(0, LONGEST_TEXT));
  }
  async function choose(input) {
    const file = input.files[0];
    input.value = ""; // the same picture may be chosen again
    if (!file) return;
    stop();
    say("Membaca gambar…");
    await new Promise((resolve) => setTimeout(resolve, 30)); // let the words appear first
    try {
      take(await readFile(file));
    } catch (reason) {
      say(typeof reason === "string" ? reason : NO_CODE);
    }
  }
  async function film() {
    if (stream || asked) return close();
    const mine = {};
    asked = mine;
    say("Membuka kamera…");
    let found;
    try {
      found = await navigator.mediaDevices.getUserMedia({
        video: { facingMode: "environment", width: { ideal: 1280 } },
        audio: false,
      });
    } catch (error) {
      if (asked !== mine) return;
      asked = null;
      say(
        /** @type {Error} */ (error).name === "NotAllowedError"
          ? "Kamera belum diizinkan. Izinkan di peramban, atau foto kodenya."
          : "Kamera tidak bisa dibuka. Foto kodenya, atau pilih gambar.",
      );
      return;
    }
    // A yes that comes after somebody went on must not leave the camera running.
    if (asked !== mine || !node.isConnected) return found.getTracks().forEach((track) => track.stop());
    asked = null;
    stream = found;
    video.srcObject = stream;
    video.hidden = false;
    camera.textContent = "Tutup kamera";
    say("Arahkan kamera ke kode QR.");
    stopAt = Date.now() + CAMERA_LIMIT;
    try {
      await video.play();
    } catch {
      /* it plays once it is in sight */
    }
    watch();
  }
  async function watch() {
    while (stream) {
      await new Promise((resolve) => setTimeout(resolve, 250));
      if (!stream) return;
      if (!node.isConnected || document.hidden || !stream.active || Date.now() > stopAt) return close();
      if (video.readyState < 2) continue;
      try {
        const text = await readPicture(video, video.videoWidth, video.videoHeight, false);
        if (text && stream) return take(text);
      } catch {
        say("Pembaca kode belum terunduh. Periksa sinyal.");
        return stop();
      }
    }
  }
  function close() {
    stop();
    say("Kamera ditutup.");
  }
  function stop() {
    asked = null;
    if (!stream) return;
    stream.getTracks().forEach((track) => track.stop());
    stream = null;
    video.srcObject = null;
    video.hidden = true;
    camera.textContent = "Buka kamera";
  }

  const file = (name, label, capture) => {
    const input = h("input", {
      type: "file",
      accept: "image/*",
      capture,
      class: "bk-berkas",
      id: `qr-${name}`,
      onchange: () => choose(input),
    });
    return [input, h("label", { for: `qr-${name}`, class: "bk-tipis" }, label)];
  };
  const camera = h("button", { type: "button", class: "bk-utama", onclick: film }, "Buka kamera");
  const typed = h("textarea", {
    rows: 3,
    id: "qr-tulisan",
    autocomplete: "off",
    spellcheck: "false",
    maxlength: LONGEST_TEXT,
  });
  const node = h(
    "div",
    { class: "qr-pindai" },
    mayFilm ? camera : null,
    video,
    h("div", { class: "qr-cara" }, file("foto", "Foto kodenya", "environment"), file("gambar", "Pilih gambar")),
    told,
    labels.text === null
      ? null
      : h(
          "details",
          {},
          h("summary", {}, labels.text || "Tempel tulisan kodenya"),
          h(
            "div",
            { class: "bk-kolom" },
            h("label", { for: "qr-tulisan" }, "Tulisan di dalam kode"),
            typed,
            h(
              "button",
              {
                type: "button",
                class: "bk-tipis",
                onclick: () => {
                  if (typed.value.trim()) take(typed.value);
                  else {
                    say("Tempel dulu tulisannya.");
                    typed.focus();
                  }
                },
              },
              "Baca tulisan ini",
            ),
          ),
        ),
  );
  return { node, stop, say };
}
