// What a lesson or an assignment needs of the outbox.

import { Kirim } from "./kirim.js";
import { startOutbox } from "./page.js";
import { Serahkan } from "./serahkan.js";

const LETTERS = 60;

/** The questions on the page that have no answer, as far as each says: number, beginning, and the way there. */
function unanswered() {
  /** @type {NodeListOf<HTMLElement>} */
  const found = document.querySelectorAll(".umkm-question");
  return (
    [...found]
      .map((card, index) => ({ card, number: index + 1 }))
      .filter(({ card }) => card.dataset.answered === "no")
      // steps.js shows the question that the address names.
      .map(({ card, number }) => ({
        number,
        text: beginningOf(card),
        go: () => {
          location.hash = `#soal-${number}`;
        },
      }))
  );
}

/** @param {Element} card */
function beginningOf(card) {
  const prompt = card.querySelector(".umkm-prompt");
  const text = prompt ? prompt.textContent.trim() : "";
  return text.length > LETTERS ? `${text.slice(0, LETTERS).replace(/\s+\S*$/, "")}…` : text;
}

/**
 * Start as soon as the page's body says whose it is; the form for sending comes later.
 * @param {(selector: string, found: (node: HTMLElement) => void) => void} whenFound
 */
export function startAnswers(whenFound) {
  whenFound("body[data-participant]", () => {
    /** @type {{update: () => void}[]} */
    const parts = [];
    const { outbox, about } = startOutbox(() => parts.forEach((part) => part.update()));
    whenFound("#kirim-pesan", (words) => {
      parts.push(
        new Kirim(outbox, about, unanswered),
        new Serahkan(outbox, about, /** @type {HTMLElement} */ (words.parentNode)),
      );
      parts.forEach((part) => part.update());
    });
  });
}
