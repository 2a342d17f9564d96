// What a person reads about answers on their way.

import { BUSY, DONE, LOG_IN, NO_SIGNAL, OTHER_PERSON } from "./courier.js";

/** @type {Record<string, string>} */
const WAITING = {
  [NO_SIGNAL]: "Menunggu sinyal.",
  [BUSY]: "Menunggu giliran.",
  [LOG_IN]: "Menunggu Anda masuk lagi.",
  [OTHER_PERSON]: "Menunggu Anda masuk lagi di HP ini.",
};
const HELD = "Jawaban aman di HP ini.";
const NOT_HELD = "Jangan tutup halaman ini.";

/**
 * The sentence below a question for what `Outbox.look` gave.
 * @param {Look} look
 */
export function wordsFor({ status, message, inMemory, elsewhere }) {
  switch (status) {
    case "saving":
      return "Menyimpan…";
    case "saved":
      return elsewhere ? "Tersimpan. Ini jawaban terbaru, dari HP lain." : "Tersimpan";
    case "waiting":
      return `${WAITING[message || ""] || WAITING[NO_SIGNAL]} ${inMemory ? NOT_HELD : HELD}`;
    case "failed":
      return `Belum tersimpan. ${message}`;
    case "replaced":
      return "Ada jawaban lebih baru dari HP lain, jadi itu yang dipakai.";
    default:
      return "";
  }
}

/** @type {Record<string, string>} */
const UNCHECKED = {
  [NO_SIGNAL]: "tidak ada sinyal",
  [BUSY]: "server kelas sedang sibuk",
  [LOG_IN]: "Anda perlu masuk lagi",
  [OTHER_PERSON]: "Anda perlu masuk lagi di HP ini",
};

/**
 * The sentence in place of feedback while a check waits.
 * @param {{what: string, isLate: boolean, refusal?: string, inMemory?: boolean}} stand
 */
export function checkWords({ what, isLate, refusal, inMemory }) {
  if (refusal !== undefined) return `Belum bisa diperiksa. ${refusal}`;
  if (what === DONE && !isLate) return "Sedang diperiksa…";
  const why = UNCHECKED[what] || UNCHECKED[NO_SIGNAL];
  return `Belum bisa diperiksa: ${why}. Diperiksa nanti dengan sendirinya.${inMemory ? ` ${NOT_HELD}` : ""}`;
}

/** @param {number} count */
const answers = (count) => `${count} jawaban`;

/**
 * The line at the top of the page while answers wait; "" where there is nothing to say.
 * @param {{what: string, count: number, inMemory: boolean}} stand
 */
export function bannerFor({ what, count, inMemory }) {
  if (what === LOG_IN)
    return count ? `Silakan masuk lagi. ${answers(count)} menunggu di HP ini.` : "Silakan masuk lagi.";
  if (what === OTHER_PERSON) {
    return "HP ini sekarang dipakai masuk oleh peserta lain. Jawaban Anda disimpan di HP ini dan terkirim setelah Anda masuk lagi.";
  }
  if (what === NO_SIGNAL && count) {
    return `Belum ada sinyal. ${answers(count)} menunggu. ${inMemory ? "Jangan tutup halaman ini." : "Aman di HP ini."}`;
  }
  return "";
}

export const ALL_SAFE = "Tersambung lagi. Semua jawaban sudah tersimpan.";

export const LOGOUT = {
  title: "Masih ada jawaban yang belum terkirim",
  /** @param {number} count */
  text: (count) =>
    `${answers(count)} masih menunggu sinyal di HP ini. Kalau Anda keluar sekarang, jawaban itu tetap disimpan di HP ini dan terkirim saat Anda masuk lagi di sini.`,
  stay: "Jangan keluar dulu",
  leave: "Keluar saja",
};

export const SEND = {
  wait: "Tunggu sebentar, jawaban sedang disimpan…",
  refused: "Ada jawaban yang belum tersimpan. Lihat tanda di bawah soal, lalu coba lagi.",
  title: "Kirim tanpa sinyal?",
  text: "Belum ada sinyal, tetapi jawaban Anda aman di HP ini. Tekan Kirim satu kali saja. Jawaban terkirim sendiri begitu ada sinyal.",
  textInMemory:
    "Belum ada sinyal. Tekan Kirim satu kali saja, lalu biarkan halaman ini terbuka sampai tanda terima muncul.",
  /** @param {number} count */
  missing: (count) => `${count} soal belum dijawab. Ketuk soal untuk mengisinya:`,
  /** @type {(number: number, text: string) => string} */
  unanswered: (number, text) => `Soal ${number}: ${text}`,
  yes: "Kirim",
  no: "Belum, perbaiki dulu",
  queuedTitle: "Akan terkirim begitu ada sinyal",
  queued: "Anda tidak perlu menekan Kirim lagi. Buka halaman ini atau Beranda saat ada sinyal.",
  queuedInMemory: "Biarkan halaman ini terbuka sampai tanda terima muncul.",
  cancel: "Batal kirim",
  sentTitle: "Jawaban Anda sudah terkirim",
  code: "Kode tanda terima:",
  /** @param {{at: string}} receipt */
  sent: ({ at }) => `Terkirim ${at}.`,
  see: "Lihat tanda terima",
  refusedTitle: "Belum terkirim",
};

export const HAND_OVER = {
  title: "Sinyal belum juga ada?",
  text: "Jawaban di HP ini bisa Anda bawa sendiri ke laptop pelatih.",
  codes: "Tampilkan kode QR",
  file: "Simpan sebagai berkas",
  /** @param {string} name */
  saved: (name) => `Disimpan dengan nama ${name}. Berikan berkas ini kepada pelatih.`,
  codesTitle: "Tunjukkan kepada pelatih",
  codesText: "Pelatih memotret setiap kode, lalu memasukkannya di laptop.",
  /** @type {(number: number, of: number) => string} */
  count: (number, of) => `Kode ${number} dari ${of}`,
  back: "Sebelumnya",
  next: "Berikutnya",
  close: "Tutup",
};

export const HOME = {
  /** @param {number} count */
  waiting: (count) => `${answers(count)} di HP ini menunggu sinyal. Aman di HP ini.`,
  /** @param {number} count */
  sending: (count) => `${answers(count)} di HP ini sedang disimpan…`,
  queued: "Kiriman tugas Anda menunggu sinyal.",
  safe: "Semua jawaban di HP ini sudah tersimpan.",
  lost: "Ada jawaban yang lebih baru dari HP lain. Buka tugas atau pelajarannya untuk memilih.",
  refused: "Ada jawaban yang belum bisa disimpan. Buka tugas atau pelajarannya.",
  sent: "Jawaban Anda sudah terkirim.",
};
