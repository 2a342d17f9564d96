// A game on phones: what is asked, what comes back, and how others' doings are heard of.

import { newId } from "./dom.js";

const POLL = 3000; // while somebody else has to act
const SLOW_POLL = 10000;
const PATIENCE = 12000;
const SILENT = "Belum ada jawaban dari laptop. Periksa sinyal, lalu coba sekali lagi.";

/** The line between a phone and its game. `draw` shows the view; `waiting` says whether somebody else has to act. */
export function makeLine({ model, draw, waiting }) {
  let busy = "";
  let late = 0;
  let looked = 0;
  const line = {
    /** @type {{ok?: boolean, message: string, field?: string, choices?: string[]} | null} */
    told: null, // what the last deed came to: {ok, message, choices}
    get busy() {
      return Boolean(busy);
    },
    act(message) {
      if (busy) return; // a second tap
      busy = newId();
      line.told = null;
      clearTimeout(late);
      late = setTimeout(() => {
        busy = "";
        line.told = { message: SILENT };
        draw();
      }, PATIENCE);
      model.send({ ...message, id: busy });
      draw();
    },
    /** Begin to hear; gives what ends it. */
    begin(changed) {
      model.on("change:view", changed);
      model.on("change:outcome", hear);
      document.addEventListener("visibilitychange", wake);
      window.addEventListener("online", wake);
      const timer = setInterval(poll, 1000);
      changed();
      if (model.get("outcome").message) hear();
      return () => {
        clearInterval(timer);
        clearTimeout(late);
        document.removeEventListener("visibilitychange", wake);
        window.removeEventListener("online", wake);
      };
    },
  };
  function hear() {
    const said = model.get("outcome");
    if (said.id === busy) {
      busy = "";
      clearTimeout(late);
    }
    line.told = said.ok ? null : said;
    draw();
  }
  function poll() {
    const view = model.get("view");
    if (document.hidden || view.alone) return;
    if (Date.now() - looked < (waiting(view) ? POLL : SLOW_POLL) - 100) return;
    looked = Date.now();
    model.send({ type: "look" });
  }
  const wake = () => {
    looked = 0;
    poll();
  };
  return line;
}
