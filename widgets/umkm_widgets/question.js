// Shows one question. Python decides what an answer means and whether it is safe;
// this file only shows it, and tells Python every change in a message of its own.

const DEBOUNCE = 400;
const RETRY = 5000;
const NUMBER = new Intl.NumberFormat("id-ID");

function make(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name === "text") node.textContent = value;
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children);
  return node;
}

const button = (text, kind) => make("button", { type: "button", class: `umkm-button ${kind || ""}`, text });

// Each field gives: body (to put on the page), read(), write(answer), lock(locked),
// mark(doubtful), focus().

function choiceField(question, ids, onInput) {
  const radios = question.options.map(({ id }) =>
    make("input", { type: "radio", name: ids.field, value: id, id: `${ids.field}-${id}` }),
  );
  const rows = question.options.map(({ id, text }, index) =>
    make("label", { class: "umkm-option", for: `${ids.field}-${id}` }, radios[index], make("span", { text })),
  );
  const legend = make("legend", { class: "umkm-prompt", text: question.prompt });
  const body = make("fieldset", { "aria-describedby": ids.feedback }, legend, ...rows);
  radios.forEach((radio) => radio.addEventListener("change", () => onInput(true)));
  return {
    body,
    read: () => (radios.find((radio) => radio.checked) || { value: null }).value,
    write: (answer) => radios.forEach((radio) => { radio.checked = radio.value === answer; }),
    lock: (locked) => { body.disabled = locked; },
    mark: () => {},
    focus: () => (radios.find((radio) => radio.checked) || radios[0]).focus(),
  };
}

function amountField(question, ids, onInput) {
  const input = make("input", {
    type: "text", id: ids.field, inputmode: "decimal", autocomplete: "off", maxlength: 200,
    placeholder: "Contoh: 15.000", "aria-describedby": `${ids.echo} ${ids.feedback}`, class: "umkm-input",
  });
  // The number pad of a phone has no letters: these write the word that people say.
  const units = ["ribu", "juta"].map((unit) => {
    const add = button(unit, "umkm-unit");
    add.setAttribute("aria-label", `Tambah kata ${unit}`);
    add.addEventListener("click", () => {
      const digits = input.value.replace(/\s*(ribu|juta)?\s*$/i, "");
      if (/\d$/.test(digits)) {
        input.value = `${digits} ${unit}`;
        onInput(true);
      }
      input.focus();
    });
    return add;
  });
  input.addEventListener("input", () => onInput(false));
  input.addEventListener("blur", () => onInput.flush());
  const label = make("label", { class: "umkm-prompt", for: ids.field, text: question.prompt });
  return {
    body: make("div", {}, label, make("div", { class: "umkm-amount" }, input, make("div", { class: "umkm-units" }, ...units))),
    read: () => input.value || null,
    write: (answer) => { input.value = answer == null ? "" : answer; },
    lock: (locked) => { [input, ...units].forEach((node) => { node.disabled = locked; }); },
    mark: (doubtful) => input.setAttribute("aria-invalid", doubtful),
    focus: () => input.focus(),
  };
}

function textField(question, ids, onInput) {
  const area = make("textarea", {
    id: ids.field, rows: 5, maxlength: question.max_chars, class: "umkm-input",
    "aria-describedby": `${ids.echo} ${ids.feedback}`,
  });
  const count = make("p", { class: "umkm-count" });
  const fit = () => {
    count.textContent = `${NUMBER.format(area.value.length)} dari ${NUMBER.format(question.max_chars)} huruf`;
    area.style.height = "auto";
    if (area.scrollHeight) area.style.height = `${area.scrollHeight + 4}px`;
  };
  area.addEventListener("input", () => { fit(); onInput(false); });
  area.addEventListener("blur", () => onInput.flush());
  const label = make("label", { class: "umkm-prompt", for: ids.field, text: question.prompt });
  requestAnimationFrame(fit);
  return {
    body: make("div", {}, label, area, count),
    read: () => area.value || null,
    write: (answer) => { area.value = answer == null ? "" : answer; fit(); },
    lock: (locked) => { area.readOnly = locked; },
    mark: (doubtful) => area.setAttribute("aria-invalid", doubtful),
    focus: () => area.focus(),
  };
}

const FIELDS = { single_choice: choiceField, rupiah: amountField, long_text: textField };
const VERDICTS = { right: "✓", partly: "◐", wrong: "✗", manual: "✓" };

const isEmpty = (answer) => answer == null || JSON.stringify(answer).length <= 2;
const isSame = (one, other) => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

// A box holds what was changed here until it is safe: `changed(now)`, `send(type)`, `flush()`,
// `forget()`, `again()`, `unsafe` (newer than anything Python can send), `state()` (how the answer
// stands, and the words for it), and `start(changed)`, which gives the way to stop.

// JupyterLab: Python keeps the answer, and the page asks until it says so.
function makeBox(model, writer, read) {
  const box = { seq: 0, unsafe: false, timer: null };
  box.send = (type) => {
    clearTimeout(box.timer);
    box.timer = null;
    try {
      model.send({ type, answer: read(), writer, seq: box.seq });
    } catch {
      // No connection: the retry says it again.
    }
  };
  box.flush = () => { if (box.timer !== null) box.send("change"); };
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
    return { state, words: { saving: "Menyimpan…", saved: "Tersimpan", failed: `Belum tersimpan. ${reason}` }[state] || "" };
  };
  box.start = () => keepSending(model, box);
  return box;
}

// A served page: the browser itself keeps the answer and hands it in (window.umkmOutbox); Python
// only reads along, for what it says below the field.
function makePageBox(model, writer, field) {
  const outbox = window.umkmOutbox;
  const box = makeBox(model, writer, field.read);
  const { changed, flush } = box;
  const { id } = model.get("question");
  let told = { status: "" };
  // An answer to numbers that vary says which attempt it is of.
  const attempt = () => model.get("question").attempt;
  const pack = (answer) => (attempt() && answer != null ? { attempt: attempt(), answer } : answer);
  const unpack = (kept) => (attempt() && kept != null ? kept.answer : kept);
  const fits = (kept) => !attempt() || kept == null || kept.attempt === attempt();
  box.changed = (now) => {
    changed(now);
    const kept = outbox.keep(id, pack(field.read()));
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
  box.state = () => {
    const stored = model.get("save_state");
    if (told.status) return { state: told.status, words: told.words };
    if (stored === "saved") return { state: "saved", words: "Tersimpan" };
    return { state: "", words: "" };
  };
  box.start = (show) => outbox.watch(id, (news) => {
    told = news;
    if ("answer" in news && fits(news.answer) && !isSame(unpack(news.answer), field.read())) {
      field.write(unpack(news.answer));
      // Python has it from the records, from this page's earlier life, or not at all.
      changed(true);
    }
    if (news.status) box.unsafe = true;
    show();
  });
  return box;
}

// Sends what is unsafe when the page is left, and again and again until it is safe.
function keepSending(model, box) {
  const leave = () => { if (box.unsafe) box.send("save_again"); };
  const onHide = () => { if (document.visibilityState === "hidden") leave(); };
  // Only where answers are kept: elsewhere nobody would ever call them safe.
  const retry = setInterval(() => { if (box.timer === null && model.get("keeping")) leave(); }, RETRY);
  window.addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", onHide);
  return () => {
    clearInterval(retry);
    window.removeEventListener("pagehide", leave);
    document.removeEventListener("visibilitychange", onHide);
  };
}

function inWords(question, answer) {
  if (typeof answer !== "string") return "";
  const option = (question.options || []).find(({ id }) => id === answer);
  const text = option ? option.text : answer;
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function makeSaveLine(model, box, read) {
  const text = make("span", { role: "status", "aria-live": "polite" });
  const again = button("Coba lagi", "umkm-quiet");
  const insist = button("", "umkm-quiet");
  const giveWay = button("Biarkan", "umkm-quiet");
  const node = make("div", { class: "umkm-save" }, text, again, insist, giveWay);
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
  const node = make("div", { class: "umkm-echo", id, "aria-live": "polite" });
  const candidate = ({ text, words }) => {
    const choice = button("", "umkm-candidate");
    choice.append(make("strong", { text }), make("span", { text: words }));
    choice.disabled = model.get("locked");
    choice.addEventListener("click", () => pick(text));
    return choice;
  };
  const show = () => {
    const { text, words, problem, ask, candidates } = model.get("echo");
    node.replaceChildren();
    if (words) node.append(make("p", {}, make("strong", { text }), make("span", { text: ` (${words})` })));
    if (problem || ask) node.append(make("p", { class: "umkm-problem", text: problem || ask }));
    if (ask) node.append(make("div", { class: "umkm-candidates" }, ...candidates.map(candidate)));
    return Boolean(problem || ask);
  };
  return { node, show };
}

function makeFeedback(model, id) {
  const node = make("div", { class: "umkm-feedback", id, role: "status", "aria-live": "polite" });
  const show = () => {
    const { verdict, message } = model.get("feedback");
    node.className = `umkm-feedback ${message ? `umkm-${verdict}` : ""}`;
    node.replaceChildren();
    if (!message) return;
    const sign = make("span", { "aria-hidden": "true", class: "umkm-sign", text: VERDICTS[verdict] || "!" });
    node.append(sign, make("span", { text: message }));
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
  const score = make("p", { class: "umkm-points", text: `${NUMBER.format(points)} poin` });
  score.hidden = !points;
  return make("section", {
    class: "umkm-question", lang: "id", "data-question": question.id,
    // In JupyterLab the arrow keys would move between cells instead of between options.
    "data-lm-suppress-shortcuts": "true",
  }, score, ...parts);
}

function render({ model, el }) {
  const question = model.get("question");
  const writer = `w${Date.now().toString(36)}${Math.random().toString(36).slice(2, 12)}`;
  const ids = { field: `${question.id}-${writer}`, echo: `${writer}-echo`, feedback: `${writer}-feedback` };
  const onInput = (now) => { box.changed(now); showSaving(); };
  onInput.flush = () => box.flush();
  const field = FIELDS[question.kind](question, ids, onInput);
  const box = model.get("by_page") ? makePageBox(model, writer, field) : makeBox(model, writer, field.read);
  const echo = makeEcho(model, ids.echo, (text) => { field.write(text); onInput(true); field.focus(); });
  const feedback = makeFeedback(model, ids.feedback);
  const saveLine = makeSaveLine(model, box, field.read);
  const check = button(question.kind === "long_text" ? "Selesai" : "Periksa", "umkm-main");
  check.addEventListener("click", () => box.send("check"));
  const actions = make("div", { class: "umkm-actions" }, check, saveLine.node);
  const card = makeCard(question, model.get("points"), field.body, echo.node, feedback.node, actions);

  const showSaving = () => saveLine.show(card);
  const showEcho = () => field.mark(echo.show());
  const showAnswer = () => {
    showSaving();
    // What the trainee is writing now is newer than anything Python can send.
    if (box.unsafe || isSame(field.read(), model.get("answer"))) return;
    field.write(model.get("answer"));
    showSaving();
  };
  const showLock = () => {
    const locked = model.get("locked");
    if (locked) box.forget();
    card.classList.toggle("umkm-locked", locked);
    field.lock(locked);
    check.hidden = !model.get("practice") || locked;
    [showSaving, showAnswer, showEcho].forEach((show) => show());
  };
  const unwatch = watch(model, [
    ["answer", showAnswer], ["echo", showEcho], ["feedback", feedback.show], ["locked practice", showLock],
    ["saved_seq saved_writer save_state save_message", () => { showSaving(); showAnswer(); }],
  ]);
  el.append(card);
  field.write(model.get("answer"));
  feedback.show();
  showLock();
  const stop = box.start(showSaving);
  return () => { box.flush(); stop(); unwatch(); };
}

export default { render };
