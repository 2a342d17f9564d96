// What a lesson or an assignment needs of the outbox.

import { Kirim } from "./kirim.js";
import { startOutbox } from "./page.js";
import { Serahkan } from "./serahkan.js";

/** How many questions on the page have no answer, as far as each says. */
const unanswered = () => document.querySelectorAll('.umkm-question[data-answered="no"]').length;

/** Start as soon as the page's body says whose it is; the form for sending comes later. */
export function startAnswers(whenFound) {
  whenFound("body[data-participant]", () => {
    const parts = [];
    const { outbox, about } = startOutbox(() => parts.forEach((part) => part.update()));
    whenFound("#kirim-pesan", (words) => {
      parts.push(new Kirim(outbox, about, unanswered), new Serahkan(outbox, about, words.parentNode));
      parts.forEach((part) => part.update());
    });
  });
}
