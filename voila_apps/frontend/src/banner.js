// One line of words about the connection, in the page's #sambungan. Several parts of the page have
// something to say; the most pressing one is heard.

const ORDER = ["login", "page", "answers", "line"];
const said = new Map();

function show() {
  const bar = document.getElementById("sambungan");
  if (!bar) return;
  const { text = "", link = null } = said.get(ORDER.find((voice) => said.get(voice))) || {};
  const words = document.getElementById("sambungan-teks") || bar;
  if (words.textContent !== text) words.textContent = text;
  const anchor = bar.querySelector("a");
  if (anchor) {
    anchor.hidden = !link;
    if (link) {
      anchor.textContent = link.text;
      anchor.setAttribute("href", link.href);
    }
  }
  bar.hidden = !text;
}

/**
 * Let one voice of `ORDER` say something, or nothing more.
 * @param {string} voice
 * @param {string} text
 * @param {{text: string, href: string} | null} [link]
 */
export function say(voice, text, link = null) {
  said.set(voice, text ? { text, link } : null);
  show();
}

const SHOW_AFTER = 1500;
const SHOW_RETURN = 2500;

const CUT = "Sambungan terputus. Sedang dicoba lagi… Jawaban bertanda Tersimpan aman.";
const BACK = "Tersambung lagi.";
const CLOSED_PAGE = "Halaman ini sudah ditutup.";
/** @type {Record<string, string>} */
const ENDED_FOR = {
  work: "Halaman ini ditutup karena satu perintah berjalan terlalu lama. Jawaban bertanda Tersimpan aman.",
  memory: "Halaman ini ditutup karena memori laptop kelas hampir habis. Jawaban bertanda Tersimpan aman.",
};
const TOO_BIG = "Berkas terlalu besar. Pilih berkas yang lebih kecil.";

/** What the page's line to its kernel has to say. */
export function makeBanner() {
  let cut = false;
  let timer = 0;
  /** @type {(call: () => void, pause: number) => void} */
  const later = (call, pause) => {
    clearTimeout(timer);
    timer = setTimeout(call, pause);
  };
  return {
    closed() {
      if (cut) return;
      later(() => {
        cut = true;
        say("line", CUT);
      }, SHOW_AFTER);
    },
    opened() {
      clearTimeout(timer);
      if (!cut) return;
      cut = false;
      say("line", BACK);
      later(() => say("line", ""), SHOW_RETURN);
    },
    /** @param {string} reason why, where the server said so */
    gone(reason) {
      clearTimeout(timer);
      say("page", ENDED_FOR[reason] || CLOSED_PAGE, { text: "Muat ulang.", href: "" });
    },
    tooBig() {
      say("line", TOO_BIG);
      later(() => say("line", ""), 8000);
    },
  };
}
