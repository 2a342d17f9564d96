// What was changed in a field and is not safe yet: keeps it, and hands it in.

const DEBOUNCE = 400;
const RETRY = 5000;

export const isEmpty = (answer) => answer == null || JSON.stringify(answer).length <= 2;
export const isSame = (one, other) => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

// A box holds what was changed here until it is safe: `changed(now)`, `send(type)`, `flush()`,
// `forget()`, `again()`, `unsafe` (newer than anything Python can send), `state()` (how the answer
// stands, and the words for it), and `start(changed)`, which gives the way to stop.

// An answer to numbers that vary says which attempt it is of.
export function pack(model, answer) {
  const { attempt } = model.get("question");
  return attempt && answer != null ? { attempt, answer } : answer;
}

// JupyterLab: Python keeps the answer, and the page asks until it says so.
export function makeBox(model, writer, read) {
  /** @type {Record<string, any>} */
  const box = { seq: 0, unsafe: false, timer: null };
  box.send = (type, more, callbacks) => {
    clearTimeout(box.timer);
    box.timer = null;
    try {
      model.send({ type, answer: pack(model, read()), writer, seq: box.seq, ...more }, callbacks);
    } catch {
      // No connection: the retry says it again.
    }
  };
  box.flush = () => {
    if (box.timer !== null) box.send("change");
  };
  box.changed = (now) => {
    box.seq += 1;
    box.unsafe = true;
    clearTimeout(box.timer);
    box.timer = setTimeout(box.flush, DEBOUNCE);
    if (now) box.flush();
  };
  box.forget = () => {
    clearTimeout(box.timer);
    box.timer = null;
    box.unsafe = false;
  };
  box.again = () => box.send("save_again");
  box.state = () => {
    const [stored, reason] = [model.get("save_state"), model.get("save_message")];
    const isMine = model.get("saved_writer") === writer && model.get("saved_seq") >= box.seq;
    const isKept = model.get("keeping") ? isMine && stored === "saved" : isSame(read(), model.get("answer"));
    if (isKept) box.unsafe = false;
    const state = box.unsafe && stored !== "failed" ? "saving" : stored;
    return {
      state,
      words: { saving: "Menyimpan…", saved: "Tersimpan", failed: `Belum tersimpan. ${reason}` }[state] || "",
    };
  };
  box.start = () => keepSending(model, box);
  return box;
}

// A served page: the browser itself keeps the answer and hands it in (window.umkmOutbox); Python
// only reads along, for what it says below the field.
export function makePageBox(model, writer, field) {
  const outbox = window.umkmOutbox;
  const box = makeBox(model, writer, field.read);
  const { changed, flush } = box;
  const { id } = model.get("question");
  let told = { status: "" };
  const attempt = () => model.get("question").attempt;
  const unpack = (kept) => (attempt() && kept != null ? kept.answer : kept);
  const fits = (kept) => !attempt() || kept == null || kept.attempt === attempt();
  box.changed = (now) => {
    changed(now);
    const kept = outbox.keep(id, pack(model, field.read()));
    if (now) kept.then(box.again);
  };
  box.flush = () => {
    flush();
    box.again();
  };
  box.again = () => outbox.again();
  box.insist = () => outbox.insist(id);
  box.giveWay = () => outbox.giveWay(id);
  box.own = () => (told.status === "replaced" ? unpack(told.own) : null);
  // Numbers drawn anew: what is kept belongs to the ones before.
  const isFresh = () => Boolean(attempt()) && isEmpty(field.read());
  box.state = () => {
    const stored = model.get("save_state");
    if (isFresh() && (told.status || stored) === "saved") return { state: "", words: "" };
    if (told.status) return { state: told.status, words: told.words };
    if (stored === "saved") return { state: "saved", words: "Tersimpan" };
    return { state: "", words: "" };
  };
  box.start = (show) =>
    outbox.watch(id, (news) => {
      // What is on its way may belong to the numbers of before.
      told = "answer" in news && !fits(news.answer) ? { status: "" } : news;
      if ("answer" in news && fits(news.answer) && !isSame(unpack(news.answer), field.read())) {
        field.write(unpack(news.answer));
        // Python has it from the records, from this page's earlier life, or not at all.
        changed(true);
      }
      if (told.status) box.unsafe = true;
      show();
    });
  return box;
}

// Sends what is unsafe when the page is left, and again and again until it is safe.
function keepSending(model, box) {
  const leave = () => {
    if (box.unsafe) box.send("save_again");
  };
  const onHide = () => {
    if (document.visibilityState === "hidden") leave();
  };
  // Only where answers are kept: elsewhere nobody would ever call them safe.
  const retry = setInterval(() => {
    if (box.timer === null && model.get("keeping")) leave();
  }, RETRY);
  window.addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", onHide);
  return () => {
    clearInterval(retry);
    window.removeEventListener("pagehide", leave);
    document.removeEventListener("visibilitychange", onHide);
  };
}
