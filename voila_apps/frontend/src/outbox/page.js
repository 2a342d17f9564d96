// The outbox of a lesson or an assignment: what questions talk to, and when it tries again.

import { say } from "../banner.js";
import { answersUrl, Courier, DONE, LOG_IN, OTHER_PERSON, REFUSED } from "./courier.js";
import { FIRST_PAUSE, LONGEST_PAUSE, Outbox } from "./outbox.js";
import { Store } from "./store.js";
import { ALL_SAFE, bannerFor, wordsFor } from "./words.js";

const AWAY = 20000;
const SHOW_RETURN = 2500;

/**
 * What the server told this page, in the attributes of its body.
 * @returns {AboutPage}
 */
export function aboutPage() {
  const { participant = "", baseUrl = "/", sheet = "", ticket, leave, kept } = document.body.dataset;
  return { participant, baseUrl, sheet, ticket, token: leave, isKept: Boolean(kept) };
}

/**
 * @param {AboutPage} about
 * @param {(changed: Outbox) => void} onChange
 */
export function makeOutbox(about, onChange) {
  return new Outbox(about, { store: new Store(), courier: new Courier(about.token), onChange });
}

/**
 * Try again whenever the phone wakes, the network returns or the page is left.
 * @param {Outbox} outbox
 * @param {() => void} onReturn
 */
export function watchThePhone(outbox, onReturn) {
  let hiddenAt = 0;
  const awake = () => {
    if (document.visibilityState === "hidden") return;
    outbox.wake();
    if (hiddenAt && performance.now() - hiddenAt > AWAY) onReturn();
    hiddenAt = 0;
  };
  const asleep = () => {
    hiddenAt = performance.now();
    outbox.wake();
  };
  document.addEventListener("visibilitychange", () => (document.visibilityState === "hidden" ? asleep() : awake()));
  ["online", "focus"].forEach((name) => window.addEventListener(name, awake));
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) onReturn();
    awake();
  });
  window.addEventListener("pagehide", () => outbox.wake());
  // Only what memory alone holds would be lost with the page.
  window.addEventListener("beforeunload", (event) => {
    if (outbox.hasWork && outbox.store.holdsInMemory) event.preventDefault();
  });
}

/**
 * Say at the top of the page that answers wait, and that they no longer do.
 * @param {AboutPage} about
 */
export function makeReport(about) {
  let told = false;
  /** @param {Outbox} outbox */
  return (outbox) => {
    const { what } = outbox.trouble;
    const waiting = outbox.waiting();
    const inMemory = waiting.some((change) => change.inMemory);
    const text = bannerFor({ what, count: waiting.length, inMemory });
    const needsLogin = what === LOG_IN || what === OTHER_PERSON;
    const href = `${about.baseUrl}masuk?next=${encodeURIComponent(location.pathname)}`;
    say("login", needsLogin ? text : "", { text: "Masuk", href });
    if (needsLogin) return;
    if (text) {
      told = true;
      say("answers", text);
    } else if (told && what === DONE && !waiting.length) {
      told = false;
      say("answers", ALL_SAFE);
      setTimeout(() => {
        if (!told) say("answers", "");
      }, SHOW_RETURN);
    }
  };
}

/**
 * Ask what the server holds of this page's sheet, until it says so: what is shown may be of yesterday.
 * @param {Outbox} outbox
 * @param {AboutPage} about
 */
function makeRefresh(outbox, about) {
  let pause = FIRST_PAUSE;
  let timer = 0;
  return async function refresh() {
    clearTimeout(timer);
    const asked = performance.now();
    const { what, content } = await outbox.courier.ask(answersUrl(about.baseUrl, about.sheet));
    if (what === DONE) {
      pause = FIRST_PAUSE;
      if (content.participant === about.participant) outbox.compare(about.sheet, content.answers, asked);
    } else if (what !== OTHER_PERSON && what !== REFUSED) {
      clearTimeout(timer); // the phone woke meanwhile, and asked too
      timer = setTimeout(refresh, pause * (0.5 + Math.random() / 2));
      pause = Math.min(LONGEST_PAUSE, pause * 2);
    }
  };
}

/**
 * Start the outbox of this page, and give questions their way to it: `window.umkmOutbox`.
 * @param {(changed: Outbox) => void} onChange
 */
export function startOutbox(onChange) {
  const about = aboutPage();
  /** @type {Set<() => void>} */
  const watchers = new Set();
  const report = makeReport(about);
  const outbox = makeOutbox(about, (changed) => {
    report(changed);
    watchers.forEach((look) => look());
    onChange(changed);
  });
  const refresh = makeRefresh(outbox, about);
  watchThePhone(outbox, refresh);
  // A page that the server had kept shows what was true when it was made.
  outbox.ready.then(() => {
    if (about.isKept || outbox.hasLost) refresh();
  });
  /**
   * Call with what there is to tell now, and whenever that changes.
   * @template Told
   * @param {() => Told} find
   * @param {(told: Told) => void} tell
   */
  const watch = (find, tell) => {
    let last = "";
    const look = () => {
      const told = find();
      const text = JSON.stringify(told);
      if (text === last) return;
      last = text;
      tell(told);
    };
    watchers.add(look);
    outbox.ready.then(look);
    return () => watchers.delete(look);
  };
  /** A question of this page's own, or of an earlier lesson. @type {(question: string, from?: string) => Spot} */
  const spot = (question, from) => ({ sheet: from || about.sheet, question, page: from ? about.sheet : "" });
  /** @type {PageOutbox} */
  const way = {
    keep: (question, answer) => outbox.keep(about.sheet, question, answer),
    again: () => outbox.wake(),
    insist: (question) => outbox.insist(about.sheet, question),
    giveWay: (question) => outbox.giveWay(about.sheet, question),
    watch: (question, tell) =>
      watch(() => {
        const found = outbox.look(about.sheet, question);
        return { ...found, words: wordsFor(found) };
      }, tell),
    check: (question, from, answer, key) => outbox.checks.ask({ ...spot(question, from), answer, key }),
    watchCheck: (question, from, tell) => watch(() => outbox.checks.look(spot(question, from)), tell),
    dropCheck: (question, from) => outbox.checks.dropAt(spot(question, from)),
  };
  window.umkmOutbox = Object.freeze(way);
  return { outbox, about };
}
