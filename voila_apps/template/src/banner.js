// One line of words about the connection, in the page's #sambungan.

const SHOW_AFTER = 1500;
const SHOW_RETURN = 2500;

const CUT = "Sambungan terputus. Sedang dicoba lagi… Jawaban bertanda Tersimpan aman.";
const BACK = "Tersambung lagi.";
const CLOSED_PAGE = "Halaman ini sudah ditutup.";
const TOO_BIG = "Berkas terlalu besar. Pilih berkas yang lebih kecil.";

export function makeBanner() {
  let timer = 0;
  let cut = false;
  const show = (text, canReload = false) => {
    const bar = document.getElementById("sambungan");
    if (!bar) return;
    const words = document.getElementById("sambungan-teks") || bar;
    if (words.textContent !== text) words.textContent = text;
    const link = bar.querySelector("a");
    if (link) link.hidden = !canReload;
    bar.hidden = !text;
  };
  const later = (call, pause) => {
    clearTimeout(timer);
    timer = setTimeout(call, pause);
  };
  return {
    closed() {
      if (cut) return;
      later(() => { cut = true; show(CUT); }, SHOW_AFTER);
    },
    opened() {
      clearTimeout(timer);
      if (!cut) return;
      cut = false;
      show(BACK);
      later(() => show(""), SHOW_RETURN);
    },
    gone() {
      clearTimeout(timer);
      show(CLOSED_PAGE, true);
    },
    tooBig() {
      show(TOO_BIG);
      later(() => show(""), 8000);
    },
  };
}
