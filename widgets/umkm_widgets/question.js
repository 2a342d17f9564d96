// Shows one question. Python decides what an answer means and whether it is safe;
// this file only shows it, and tells Python every change in a message of its own.

import "./question.css";
import { isEmpty, isSame, makeBox, makePageBox } from "./answer_box.js";
import { makeCheck } from "./check.js";
import { button, h, NUMBER } from "./parts.js";

/**
 * @typedef {object} Field The controls of a kind.
 * @property {HTMLElement} body to put on the page
 * @property {() => unknown} read the answer, or null
 * @property {(answer: any) => void} write
 * @property {(locked: boolean) => void} lock
 * @property {(doubtful: boolean) => void} mark
 * @property {(parts: Record<string, boolean>) => void} showParts
 * @property {() => void} focus
 */

const VERDICTS = { right: "✓", partly: "◐", wrong: "✗", manual: "✓" };

function inWords(question, answer) {
  if (typeof answer !== "string") return "";
  const option = (question.options || []).find(({ id }) => id === answer);
  const text = option ? option.text : answer;
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function makeSaveLine(model, box, read) {
  const text = h("span", { role: "status", "aria-live": "polite" });
  const again = button("Coba lagi", "umkm-quiet");
  const insist = button("", "umkm-quiet");
  const giveWay = button("Biarkan", "umkm-quiet");
  const node = h("div", { class: "umkm-save" }, text, again, insist, giveWay);
  again.addEventListener("click", () => box.again());
  insist.addEventListener("click", () => box.insist());
  giveWay.addEventListener("click", () => box.giveWay());
  const show = (card) => {
    const [reason, locked] = [model.get("save_message"), model.get("locked")];
    const { state, words } = box.state();
    const shown = locked ? reason : words;
    // The same words again would make a screen reader repeat them.
    if (text.textContent !== shown) text.textContent = shown;
    node.hidden = !(model.get("keeping") || (locked && reason));
    again.hidden = state !== "failed" || locked;
    insist.hidden = giveWay.hidden = state !== "replaced" || locked;
    if (!insist.hidden) {
      const own = inWords(model.get("question"), box.own());
      insist.textContent = own ? `Pakai jawaban saya: ${own}` : "Pakai jawaban saya";
    }
    card.dataset.save = model.get("keeping") ? state : "";
    card.dataset.answered = isEmpty(read()) ? "no" : "yes";
  };
  return { node, show };
}

function makeEcho(model, id, pick) {
  // The words of an amount come after every answer: they have their room, or "Periksa" would move away under the thumb.
  const spoken = model.get("question").kind === "rupiah" ? "umkm-spoken" : "";
  const node = h("div", { class: `umkm-echo ${spoken}`, id, "aria-live": "polite" });
  const candidate = ({ text, words }) => {
    const choice = button("", "umkm-candidate");
    choice.append(h("strong", { text }), h("span", { text: words }));
    choice.disabled = model.get("locked");
    choice.addEventListener("click", () => pick(text));
    return choice;
  };
  const show = () => {
    const { text, words, problem, ask, candidates } = model.get("echo");
    node.replaceChildren();
    if (words) node.append(h("p", {}, h("strong", { text }), h("span", { text: ` (${words})` })));
    if (problem || ask) node.append(h("p", { class: "umkm-problem", text: problem || ask }));
    if (ask) node.append(h("div", { class: "umkm-candidates" }, ...candidates.map(candidate)));
    return Boolean(problem || ask);
  };
  return { node, show };
}

function makeFeedback(model, id) {
  const node = h("div", { class: "umkm-feedback", id, role: "status", "aria-live": "polite" });
  const show = (field, waiting) => {
    const { verdict, message, parts, steps } = waiting ? { message: waiting } : model.get("feedback");
    node.className = `umkm-feedback ${message && verdict ? `umkm-${verdict}` : ""}`;
    node.replaceChildren();
    field.showParts(parts || {});
    node.hidden = !message && !(model.get("practice") && !model.get("locked"));
    if (!message) return;
    const sign = h("span", {
      "aria-hidden": "true",
      class: "umkm-sign",
      text: VERDICTS[verdict] || (waiting ? "…" : "!"),
    });
    const told = h("div", {}, h("p", { text: message }));
    if (steps) told.append(h("ol", { class: "umkm-steps" }, ...steps.map((text) => h("li", { text }))));
    node.append(sign, told);
  };
  return { node, show };
}

// Calls each function when one of its traits changes; gives the way to stop.
function watch(model, calls) {
  const pairs = calls.flatMap(([traits, call]) => traits.split(" ").map((trait) => [`change:${trait}`, call]));
  pairs.forEach(([event, call]) => model.on(event, call));
  return () => pairs.forEach(([event, call]) => model.off(event, call));
}

function makeCard(question, points, ...parts) {
  const score = h("p", { class: "umkm-points", text: `${NUMBER.format(points)} poin` });
  score.hidden = !points;
  return h(
    "section",
    {
      class: "umkm-question",
      lang: "id",
      "data-question": question.id,
      // In JupyterLab the arrow keys would move between cells instead of between options.
      "data-lm-suppress-shortcuts": "true",
    },
    score,
    ...parts,
  );
}

// Keeps room for feedback as long as it may get, so that nothing moves when it appears.
function keepRoom(node, letters) {
  const measure = () => {
    const probe = h(
      "div",
      { class: "umkm-feedback umkm-probe", "aria-hidden": "true" },
      h("span", { class: "umkm-sign", text: "✓" }),
      h("span", { text: "hitung ".repeat(Math.ceil(letters / 7)) }),
    );
    node.before(probe);
    node.style.minHeight = `${Math.ceil(probe.getBoundingClientRect().height)}px`;
    probe.remove();
  };
  let width = 0;
  const watcher = new ResizeObserver(([entry]) => {
    if (Math.abs(entry.contentRect.width - width) < 1) return;
    width = entry.contentRect.width;
    measure();
  });
  watcher.observe(node);
  return () => watcher.disconnect();
}

// "Periksa", and where there is one: the reckoning, and other numbers.
function makeActions(model, press) {
  const check = button(model.get("offers")?.check || "Periksa", "umkm-main");
  const explain = button("Lihat caranya");
  const renew = button("Coba angka lain");
  const tell = (type) => () => {
    try {
      model.send({ type });
    } catch {
      /* The page says that the line is cut. */
    }
  };
  check.addEventListener("click", press);
  explain.addEventListener("click", tell("explain"));
  renew.addEventListener("click", tell("renew"));
  const show = () => {
    const practice = model.get("practice") && !model.get("locked");
    const { steps, renew: varies } = model.get("offers") || {};
    const { verdict, steps: open } = model.get("feedback") || {};
    const judged = ["right", "partly", "wrong"].includes(verdict);
    check.hidden = !practice;
    explain.hidden = !practice || !steps;
    renew.hidden = !practice || !varies;
    explain.disabled = !judged || Boolean(open);
  };
  return { check, more: h("div", { class: "umkm-actions umkm-more" }, explain, renew), show };
}

function mount(makeField, model, el) {
  const question = model.get("question");
  const writer = `w${Date.now().toString(36)}${Math.random().toString(36).slice(2, 12)}`;
  const ids = { field: `${question.id}-${writer}`, echo: `${writer}-echo`, feedback: `${writer}-feedback` };
  const onInput = (now) => {
    check.changed();
    box.changed(now);
    showSaving();
  };
  onInput.flush = () => box.flush();
  const field = makeField(question, ids, onInput, model);
  const box = model.get("by_page") ? makePageBox(model, writer, field) : makeBox(model, writer, field.read);
  const check = makeCheck(model, writer, box, field.read);
  const echo = makeEcho(model, ids.echo, (text) => {
    field.write(text);
    onInput(true);
    field.focus();
  });
  const feedback = makeFeedback(model, ids.feedback);
  const saveLine = makeSaveLine(model, box, field.read);
  const actions = makeActions(model, check.press);
  const bar = h("div", { class: "umkm-actions" }, actions.check, saveLine.node);
  const card = makeCard(question, model.get("points"), field.body, echo.node, bar, feedback.node, actions.more);

  // A row in which nothing shows takes no room either.
  const tidy = () =>
    [bar, actions.more].forEach((row) => {
      row.hidden = [...row.children].every((child) => child instanceof HTMLElement && child.hidden);
    });
  const showSaving = () => {
    saveLine.show(card);
    tidy();
  };
  const showEcho = () => field.mark(echo.show());
  const showFeedback = () => {
    feedback.show(field, check.words());
    actions.show();
    tidy();
  };
  const showAnswer = () => {
    showSaving();
    // What the trainee is writing now is newer than anything Python can send.
    if (box.unsafe || isSame(field.read(), model.get("answer"))) return;
    field.write(model.get("answer"));
    showSaving();
    check.look();
  };
  const showLock = () => {
    const locked = model.get("locked");
    if (locked) box.forget();
    card.classList.toggle("umkm-locked", locked);
    field.lock(locked);
    [showFeedback, showSaving, showAnswer, showEcho].forEach((show) => show());
  };
  const unwatch = watch(model, [
    ["answer", showAnswer],
    ["echo", showEcho],
    ["feedback", showFeedback],
    ["locked practice", showLock],
    [
      "saved_seq saved_writer save_state save_message",
      () => {
        showSaving();
        showAnswer();
      },
    ],
  ]);
  el.append(card);
  const release = model.get("practice") ? keepRoom(feedback.node, model.get("offers")?.longest || 60) : () => {};
  field.write(model.get("answer"));
  showLock();
  const stops = [box.start(showSaving), check.start(showFeedback)];
  return {
    field,
    leave: () => {
      box.flush();
      for (const stop of stops) stop();
      unwatch();
      release();
    },
  };
}

function render(makeField, { model, el }) {
  let shown = mount(makeField, model, el);
  const draw = () => {
    const inside = el.contains(document.activeElement);
    shown.leave();
    el.replaceChildren();
    shown = mount(makeField, model, el);
    if (inside) shown.field.focus();
  };
  model.on("change:question", draw);
  return () => {
    model.off("change:question", draw);
    shown.leave();
  };
}

/**
 * The widget of a kind of question.
 * @param {(question: any, ids: Record<string, string>, onInput: any, model: any) => Field} makeField
 */
export const makeQuestion = (makeField) => ({ render: (context) => render(makeField, context) });
