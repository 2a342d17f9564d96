// A form that Python calculates while a person types.

import { download, h, isTable, onThisPhone } from "./dom.js";
import { makeFields } from "./form_fields.js";

const PATIENCE = 12000;
const SILENT = "Belum ada jawaban dari laptop. Periksa sinyal, lalu coba sekali lagi.";
const MAKING = "Sedang dibuat… Anda boleh terus mengisi.";

/**
 * The form of a desk.
 *
 * `first` holds its fields' beginnings and `prefix` keeps ids apart. `shown` draws an answer, `refused`
 * what stands in its place, `idle` what there is to see before anything is filled in. A choice named
 * in `redraws` calls what stands there, and the form is drawn anew. What is half filled in stays on
 * this phone where `keeps` says so: a phone that runs short of memory throws pages away.
 * @param {object} parts
 * @param {WidgetModel} parts.model
 * @param {HTMLElement} parts.el
 * @param {string} parts.prefix
 * @param {Record<string, any>} parts.first
 * @param {(said: any) => void} parts.shown
 * @param {(said: any) => void} [parts.refused]
 * @param {() => void} [parts.idle]
 * @param {Record<string, () => void>} [parts.redraws]
 * @param {boolean} [parts.keeps]
 */
export function makeDesk({
  model,
  el,
  prefix,
  first,
  shown,
  refused = () => {},
  idle = () => shown({}),
  redraws = {},
  keeps = true,
}) {
  const copy = (value) => JSON.parse(JSON.stringify(value));
  const store = keeps ? onThisPhone(`umkm-isian-${prefix}-${model.get("setup").token}`) : null;
  const form = { ...copy(first), ...recalled() };
  let number = Date.now() % 1e9; // of an answer that an earlier page asked for, no number is like ours
  let timer = 0;
  let late = 0;
  let build = () => [];
  el.style.scrollMarginTop = "80px";

  function recalled() {
    const kept = store?.read();
    if (!isTable(kept)) return {};
    const make = (value) => (Array.isArray(value) ? "list" : value === null ? "nothing" : typeof value);
    return Object.fromEntries(
      Object.entries(kept).filter(([name, value]) => name in first && make(value) === make(first[name])),
    );
  }
  // An example stands at hand only while it would overwrite nothing.
  let start = null;
  function example(label, values) {
    start = h("button", { type: "button", class: "bk-tipis", onclick: () => reset(values) }, label);
    return start;
  }
  const isTouched = () => JSON.stringify(form) !== JSON.stringify({ ...form, ...first });
  function remember() {
    if (!store) return;
    store.write(isTouched() ? form : null);
    done.textContent = ""; // what could be taken back would now overwrite something
    offer();
  }
  function offer() {
    empty.hidden = !store || !isTouched();
    if (start) start.hidden = isTouched();
  }
  function ask(soon = 300) {
    remember();
    clearTimeout(timer);
    timer = setTimeout(() => {
      number += 1;
      send({ type: "reckon", number, form });
    }, soon);
  }
  function reset(values) {
    Object.assign(form, copy(first), copy(values));
    remember();
    draw();
    if (isTouched()) ask(0);
  }
  const empty = h(
    "button",
    {
      type: "button",
      class: "bk-tipis",
      hidden: true,
      onclick: () => {
        const before = copy(form);
        clearTimeout(timer);
        reset({});
        done.replaceChildren(
          "Isian dikosongkan. ",
          h(
            "button",
            {
              type: "button",
              class: "bk-kecil",
              onclick: () => {
                done.textContent = "";
                reset(before);
              },
            },
            "Urungkan",
          ),
        );
      },
    },
    "Kosongkan isian",
  );
  function make(what, more = {}) {
    send({ type: "make", what, form: { ...form, ...more } });
    done.textContent = MAKING;
  }
  function take(buffers) {
    number += 1;
    send({ type: "take", number, form }, buffers);
  }
  function send(message, buffers) {
    clearTimeout(late);
    late = setTimeout(() => {
      done.textContent = SILENT;
    }, PATIENCE);
    model.send(message, undefined, buffers);
  }
  function answered() {
    clearTimeout(late);
    if (done.textContent === SILENT) done.textContent = "";
  }

  const { field, money, choose, tick, wrong } = makeFields({
    prefix,
    form,
    ask,
    redraw: (name) => {
      if (!redraws[name]) return;
      redraws[name]();
      draw();
    },
  });

  const told = h("p", { class: "bk-salah", role: "alert" });
  const done = h("p", { class: "bk-gema", role: "status" });
  function refresh() {
    answered();
    const said = model.get("result");
    const bad = said.ok === false;
    let placed = false;
    /** @type {NodeListOf<HTMLElement>} */
    const lines = el.querySelectorAll("[data-error]");
    lines.forEach((line) => {
      const mine = bad && said.field === line.dataset.error;
      placed = placed || mine;
      line.textContent = mine ? said.message : "";
      /** @type {HTMLInputElement | null} */
      const input = el.querySelector(`#${prefix}-${line.dataset.error}`);
      if (!input) return;
      input.toggleAttribute("aria-invalid", mine);
      if (mine && said.choices) {
        line.append(
          h(
            "span",
            { class: "bk-pilihan" },
            said.choices.map((choice) =>
              h(
                "button",
                {
                  type: "button",
                  class: "bk-kecil",
                  onclick: () => {
                    form[said.field] = choice;
                    input.value = choice;
                    ask(0);
                  },
                },
                choice,
              ),
            ),
          ),
        );
      }
    });
    told.textContent = bad && !placed ? said.message : "";
    if (bad && done.textContent === MAKING) done.textContent = "";
    if (said.ok) shown(said);
    else if (bad) refused(said);
  }
  function receive(content, buffers) {
    if (content.type !== "file") return;
    answered();
    download(el, content, buffers);
    done.textContent = `Berkas ${content.name} diunduh. Cari di folder Unduhan.`;
  }
  function draw() {
    const held = document.activeElement && el.contains(document.activeElement) ? document.activeElement.id : "";
    el.replaceChildren(h("div", { class: "umkm-buku hj" }, build(), told, done, empty));
    offer();
    // An answer of an earlier page is none to a form that is empty now.
    if (!store || isTouched()) refresh();
    else idle();
    /** @type {HTMLElement | null} */
    const again = held ? el.querySelector(`#${CSS.escape(held)}`) : null;
    again?.focus({ preventScroll: true });
  }
  /** Show the desk; `parts` gives what it is made of, and is asked again when the form is another. Gives what ends it. */
  function begin(parts) {
    build = parts;
    model.on("change:result", refresh);
    model.on("msg:custom", receive);
    draw();
    if (store && isTouched()) ask(0);
    return () => {
      clearTimeout(timer);
      clearTimeout(late);
    };
  }
  return { form, ask, remember, reset, draw, make, take, field, money, choose, tick, begin, wrong, example };
}

export const rows = (list) =>
  h(
    "dl",
    { class: "bk-langkah" },
    list.map(([label, value], place) =>
      h("div", { class: place === list.length - 1 ? "bk-jumlah" : undefined }, h("dt", {}, label), h("dd", {}, value)),
    ),
  );
export const cited = (said) =>
  h(
    "p",
    { class: "bk-kecil-teks qr-sumber" },
    `Sejak ${said.since}. Sumber: ${said.source}. Tanggal sumber: ${said.dated}.`,
    said.note ? [h("br"), said.note] : null,
  );
