// The cash book: the page, what Python is told, what it says back.
// Python says what is shown; this draws it and reports taps. What is written
// while there is no line waits on the phone and goes out again until Python has answered for it.

import { download, h, newId } from "../base/dom.js";
import { makeForms } from "./forms.js";
import { makeFrame } from "./pages/frame.js";
import { makePages } from "./pages.js";
import { Drafts, Waiting } from "./waiting.js";

const RESEND = 8000;
const PATIENCE = 4000;

function initialize() {}

function render({ model, el }) {
  const setup = model.get("setup");
  el.style.scrollMarginTop = "80px"; // the shell's header stays on top
  const waiting = new Waiting(setup.token);
  const drafts = new Drafts(setup.token);
  /** @type {Record<string, any>} */
  const desk = {
    form: null, // what is being filled in: {kind, fields, errors, corrects, busy}
    told: null, // the last outcome: {ok, message, undo}
    ask: null, // an entry, a debtor or a question that is open
    pane: "income", // which statement
  };

  const own = () => model.get("mode") === "own";
  const view = () => model.get("view");
  const kinds = () => model.get("kinds");
  const kindOf = (id) => kinds().find((kind) => kind.id === id);
  const send = (message, buffers) => model.send(message, undefined, buffers);

  function deliver(message) {
    if (own()) waiting.add(message);
    send(message);
    draw();
  }
  function flush() {
    if (own()) waiting.kept.forEach((message) => send(message));
  }
  function look(changes) {
    const now = view();
    const day = changes.day || (changes.tab ? now.today : model.wanted?.day) || now.today;
    model.wanted = { tab: now.tab, span: now.span, ...model.wanted, ...changes, day };
    desk.form = null;
    desk.ask = null;
    desk.told = null;
    send({ type: "look", ...model.wanted });
    draw();
    el.scrollIntoView({ block: "start" });
  }
  /** Open a form: with `fields`, or with what was begun of it. */
  function open(kind, fields, corrects = "") {
    const begun = !fields && own() ? drafts.begun(kind) : null;
    const spec = kindOf(kind);
    const first = spec.categories.length ? spec.categories[0][0] : "";
    desk.form = {
      kind,
      corrects,
      errors: {},
      busy: "",
      fields: {
        on: view().today,
        money: "kas",
        category: spec.categories.length > 2 ? "" : first,
        ...(fields || begun?.fields),
      },
    };
    if (kind === "hitung-stok" && !(desk.form.fields.counted || []).length) {
      desk.form.fields.counted = (view().lines || []).map((line) => ({ ...line }));
    }
    if (kind === "hitung-stok" && !desk.form.fields.counted.length) desk.form.fields.counted = [{}];
    desk.form.first = begun ? "" : JSON.stringify(desk.form.fields);
    desk.told = null;
    desk.ask = null;
    draw();
    el.scrollIntoView({ block: "start" });
    const field = el.querySelector("[data-first]");
    if (field) field.focus();
  }
  function save() {
    const id = newId();
    desk.form.busy = id;
    desk.form.errors = {};
    drafts.drop(desk.form);
    deliver({ type: "write", id, form: { ...desk.form.fields, kind: desk.form.kind }, corrects: desk.form.corrects });
    if (own()) setTimeout(() => goOn(id), PATIENCE);
  }
  // No answer: the line is cut or very slow. What was written is safe here, and the next can be written.
  function goOn(id) {
    if (!desk.form || desk.form.busy !== id) return;
    desk.form = null;
    desk.told = { ok: true, message: "Tersimpan di HP ini. Masuk ke buku begitu ada sinyal." };
    draw();
  }

  const keepDraft = () => {
    if (own() && desk.form && !desk.form.busy) drafts.keep(desk.form);
  };
  function giveUp(form) {
    drafts.drop(form);
    desk.form = null;
    draw();
  }
  /** Go on with what a page that is gone had begun. */
  function resume({ kind, fields, corrects }) {
    open(kind, fields, corrects);
    desk.form.first = "";
  }

  // -- What Python says back ---------------------------------------------------------------------

  function hear() {
    const said = model.get("outcome");
    if (!said || said.ok === undefined) return;
    if (said.again) {
      desk.told = { ok: false, message: said.message };
      return draw();
    }
    const known = said.id && waiting.take(said.id);
    if (desk.form?.busy && desk.form.busy === said.id) {
      if (said.ok) desk.form = null;
      else {
        desk.form.busy = "";
        desk.form.errors = { [said.field || "amount"]: said.message };
        keepDraft();
      }
    } else if (known && !said.ok) {
      return handBack(known, said);
    }
    if (said.ok || !desk.form) desk.told = said;
    draw();
    if (!said.ok) (el.querySelector("[aria-invalid=true]") || el.querySelector(".bk-salah"))?.focus?.();
  }

  /** It had waited for the line, and the book has changed meanwhile: its writer decides. */
  function handBack({ type, form, corrects }, said) {
    const isFree = type === "write" && !desk.form && kindOf(form.kind);
    const what =
      type === "write" ? `${kindOf(form.kind)?.label || "Catatan"} ${form.amount || ""}`.trim() : "Pembatalan";
    if (isFree) open(form.kind, form, corrects);
    if (isFree) {
      desk.form.errors = { [said.field || "amount"]: said.message };
      desk.form.first = ""; // it is nowhere else now
      keepDraft();
    }
    desk.told = { ok: false, message: `${what} tidak bisa masuk ke buku. ${said.message}` };
    draw();
  }

  function echo() {
    const said = model.get("echo");
    const line = el.querySelector(`[data-echo="${said.field}"]`);
    if (!line || !desk.form || desk.form.fields[said.field] !== said.text) return;
    line.replaceChildren(...forms.echoed(said));
  }

  function receive(content, buffers) {
    if (content.type === "no-file") {
      desk.told = { ok: false, message: content.message };
      return draw();
    }
    if (content.type !== "file") return;
    download(el, content, buffers);
    desk.told = { ok: true, message: `Berkas ${content.name} diunduh. Cari di folder Unduhan.` };
    draw();
  }

  Object.assign(desk, {
    model,
    el,
    setup,
    waiting,
    drafts,
    giveUp,
    resume,
    own,
    view,
    kinds,
    kindOf,
    send,
    deliver,
    look,
    open,
    save,
    draw,
  });
  const forms = makeForms(desk);
  const pages = makePages(desk);
  const frame = makeFrame(desk);

  function draw() {
    const page = view();
    const mode = model.get("mode");
    const held = document.activeElement && el.contains(document.activeElement) ? document.activeElement.id : "";
    const choosing = mode === "choose" || !page.tab;
    const body = choosing ? pages.choose() : desk.form ? forms.formPage() : pages[page.tab](page);
    el.replaceChildren(h("div", { class: "umkm-buku" }, frame(page, mode, body)));
    if (desk.form) echo();
    if (held) document.getElementById(held)?.focus();
  }

  const redraw = () => {
    if (!desk.form) draw();
  };
  model.on("change:view", redraw);
  model.on("change:mode", () => {
    desk.form = null;
    flush();
    draw();
    el.scrollIntoView({ block: "start" });
  });
  model.on("change:found", () => {
    const found = model.get("found");
    if (found.good !== undefined || found.side) desk.told = null;
    redraw();
  });
  model.on("change:outcome", hear);
  model.on("change:echo", echo);
  model.on("msg:custom", receive);
  // Another phone may have written meanwhile; and what waits is tried again.
  const wake = () => {
    if (!document.hidden && view().tab && !desk.form)
      send({ type: "look", ...(model.wanted || { tab: view().tab, span: view().span, day: view().today }) });
    flush();
  };
  const again = setInterval(() => {
    if (waiting.kept.length) flush();
  }, RESEND);
  for (const happened of ["input", "change", "click"]) el.addEventListener(happened, keepDraft);
  document.addEventListener("visibilitychange", wake);
  window.addEventListener("online", wake);
  flush();
  draw();
  return () => {
    clearInterval(again);
    forms.stop();
    for (const happened of ["input", "change", "click"]) el.removeEventListener(happened, keepDraft);
    document.removeEventListener("visibilitychange", wake);
    window.removeEventListener("online", wake);
  };
}

export default { initialize, render };
