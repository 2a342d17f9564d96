// "Periksa": Python marks the answer over the page's line. On a served page whose line is down, the outbox has it marked by
// a request of its own, now or when there is a signal again; what comes back is shown as if Python had said it.

import { isSame, pack } from "./answer_box.js";

// Not over this line, or not now.
const isDown = () => window.umkmPage?.line.state !== "open" || navigator.onLine === false;

/**
 * @param {WidgetModel} model
 * @param {string} writer
 * @param {any} box sends the message
 * @param {() => unknown} read
 */
export function makeCheck(model, writer, box, read) {
  const outbox = window.umkmOutbox;
  if (!outbox)
    return { press: () => box.send("check"), changed() {}, look: () => false, words: () => "", start: () => () => {} };
  const { id, sheet } = model.get("question");
  let presses = 0;
  /** A check without its feedback, over the line. @type {{key: string} | null} */
  let open = null;
  /** A check whose feedback Python does not know of. @type {string | null} */
  let untold = null;
  /** @type {CheckLook} */
  let told = { words: "" };
  const answer = () => pack(model, read());
  const tell = (key) => {
    const sent = { key };
    open = sent;
    const heard = () => {
      if (open === sent) open = null;
    };
    // The line tells when Python has seen it through. Should it break before, the outbox asks instead.
    box.send("check", { key }, { once: true, iopub: { status: heard } });
  };
  const ask = (key) => {
    open = null;
    outbox.check(id, sheet, answer(), key);
  };
  const drop = () => outbox.dropCheck(id, sheet);
  const check = {
    press() {
      presses += 1;
      untold = null;
      const key = `${writer}-${presses}`;
      if (isDown()) ask(key);
      else {
        if (told.key) drop();
        tell(key);
      }
    },
    // Whatever came of the answer of before is no longer of this one.
    changed() {
      open = untold = null;
      if (told.key) drop();
      if (isDown() && model.get("feedback").message) model.take?.({ feedback: {}, echo: {} });
    },
    look() {
      if (!told.traits || !isSame(told.answer, answer())) return false;
      const { traits, key = "" } = told;
      told = { words: "" };
      drop();
      model.take?.(traits);
      untold = key;
      lineChanged();
      return true;
    },
    words: () => (isSame(told.answer, answer()) ? told.words : ""),
    start(show) {
      const stop = outbox.watchCheck(id, sheet, (news) => {
        told = news;
        // Shown once: a screen reader would say it twice.
        if (!check.look()) show();
      });
      window.addEventListener("umkm-line", lineChanged);
      return () => {
        stop();
        window.removeEventListener("umkm-line", lineChanged);
      };
    },
  };
  function lineChanged() {
    if (isDown()) {
      if (open) ask(open.key); // it may have got lost with the line
    } else if (untold) {
      // So that Python shows the same from now on. The key says that this check is known.
      tell(untold);
      untold = null;
      window.umkmPage?.askAgain();
    }
  }
  return check;
}
