// The cash book: what several of its pages are made of.

import { h, newId } from "../../base/dom.js";

export const figures = (rows) =>
  h(
    "dl",
    { class: "bk-angka" },
    (rows || []).map(([label, value]) => h("div", {}, h("dt", {}, label), h("dd", {}, value))),
  );

export const card = (...children) => h("section", { class: "bk-kartu" }, ...children);

export const empty = (text) => h("p", { class: "bk-kosong" }, text);

/** A heading between the way back and the way on. */
export const makePager =
  ({ look }) =>
  (page, step) =>
    h(
      "div",
      { class: "bk-mundur" },
      h(
        "button",
        { type: "button", "aria-label": `${step} sebelumnya`, onclick: () => look({ day: page.before, shown: 0 }) },
        "‹",
      ),
      h("h2", { "aria-live": "polite" }, page.title),
      h(
        "button",
        {
          type: "button",
          "aria-label": `${step} berikutnya`,
          disabled: !page.after,
          onclick: () => look({ day: page.after, shown: 0 }),
        },
        "›",
      ),
    );

/** One entry, and what can be done with it once it is tapped. */
export function makeEntryRow(desk) {
  const { open, draw, deliver } = desk;

  function entryRow(entry) {
    const opened = desk.ask && desk.ask.entry === entry.id;
    const sign = { masuk: "+", keluar: "−" }[entry.side] || "";
    return h(
      "li",
      { class: `bk-catatan${entry.undone ? " bk-batal" : ""}` },
      h(
        "button",
        {
          type: "button",
          class: "bk-baris",
          "aria-expanded": String(Boolean(opened)),
          onclick: () => {
            desk.ask = opened ? null : { entry: entry.id };
            draw();
          },
        },
        h(
          "span",
          { class: "bk-apa" },
          entry.label,
          h("small", {}, entry.undone ? `Dibatalkan. ${entry.detail}` : entry.detail),
        ),
        h("span", { class: `bk-uang bk-${entry.side || "lain"}` }, sign, entry.amount),
      ),
      opened && !entry.undone
        ? h(
            "div",
            { class: "bk-aksi" },
            h(
              "button",
              { type: "button", class: "bk-kecil", onclick: () => open(entry.form.kind, entry.form, entry.id) },
              "Betulkan",
            ),
            h(
              "button",
              {
                type: "button",
                class: "bk-kecil",
                onclick: () => {
                  desk.ask = null;
                  deliver({ type: "undo", id: newId(), target: entry.id });
                },
              },
              "Batalkan",
            ),
          )
        : null,
    );
  }

  return entryRow;
}
