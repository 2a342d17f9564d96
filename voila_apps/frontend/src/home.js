// Beranda's script.

import { aboutPage, makeOutbox, makeReport, watchThePhone } from "./outbox/page.js";
import { guardLogout, makeNews } from "./outbox/rumah.js";

const about = aboutPage();
const news = makeNews(/** @type {HTMLElement} */ (document.getElementById("kabar")));
const report = makeReport(about);
const outbox = makeOutbox(about, (changed) => {
  news(changed);
  report(changed);
});
watchThePhone(outbox, () => {});
guardLogout(/** @type {HTMLFormElement} */ (document.querySelector("form.keluar")), outbox);
