// Beranda: hands in what any page of this phone still holds for its reader, and warns before Keluar.

import { h } from "../../../../widgets/umkm_widgets/element.js";
import { DONE } from "./courier.js";
import { button, panel } from "./panel.js";
import { HOME, LOGOUT } from "./words.js";

/**
 * Sentences about everything this phone holds for the reader.
 * @param {import("./outbox.js").Outbox} outbox
 * @param {boolean} hadWork
 * @returns {string[]}
 */
function sentences(outbox, hadWork) {
  const waiting = outbox.waiting();
  const isCut = outbox.trouble.what !== DONE;
  const wishes = [...outbox.sends.values()];
  /** @type {string[]} */
  const said = [];
  if (waiting.length) said.push(isCut ? HOME.waiting(waiting.length) : HOME.sending(waiting.length));
  if (waiting.some((change) => outbox.look(change.sheet, change.question).status === "failed")) said.push(HOME.refused);
  if (wishes.some((wish) => !wish.receipt && !wish.refusal)) said.push(HOME.queued);
  for (const wish of wishes) if (wish.refusal) said.push(wish.refusal);
  if (outbox.hasLost) said.push(HOME.lost);
  if (hadWork && !said.length) said.push(HOME.safe);
  return said;
}

/** @param {import("./outbox.js").Outbox} outbox */
const receipts = (outbox) =>
  [...outbox.sends.values()]
    .flatMap(({ receipt }) => receipt || [])
    .map((receipt) => h("p", { text: `${HOME.sent} ` }, h("a", { href: receipt.url, text: receipt.code })));

/** @param {HTMLElement} place */
export function makeNews(place) {
  let hadWork = false;
  let last = "";
  /** @param {import("./outbox.js").Outbox} outbox */
  return (outbox) => {
    hadWork ||= outbox.hasWork || outbox.waiting().length > 0;
    const said = [...sentences(outbox, hadWork).map((text) => h("p", { text })), ...receipts(outbox)];
    const text = said.map((node) => node.textContent).join("\n");
    if (text === last) return;
    last = text;
    place.hidden = !said.length;
    place.replaceChildren(...said);
  };
}

/**
 * Ask once before Keluar while answers wait.
 * @param {HTMLFormElement} form
 * @param {import("./outbox.js").Outbox} outbox
 */
export function guardLogout(form, outbox) {
  form.addEventListener("submit", (event) => {
    const count = outbox.waiting().length;
    if (!count) return;
    event.preventDefault();
    if (form.querySelector(".panel")) return;
    const leave = button(LOGOUT.leave, true, () => {
      // Not `requestSubmit()`: Safari has it from 16 on. This asks nobody again either.
      form.submit();
    });
    const asked = panel(
      LOGOUT.title,
      h("p", { text: LOGOUT.text(count) }),
      h(
        "div",
        { class: "panel-tombol" },
        button(LOGOUT.stay, false, () => asked.remove()),
        leave,
      ),
    );
    form.append(asked);
    asked.focusHeading();
  });
}
