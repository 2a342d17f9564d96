// The cash book: what to write down, and what was written last.

import { h } from "../../base/dom.js";
import { card, empty, figures, makeEntryRow } from "./parts.js";

const SECTIONS = [
  ["masuk", "Uang masuk"],
  ["keluar", "Uang keluar"],
  ["stok", "Stok"],
  ["lain", "Lain-lain"],
];
const QUICK = ["jual-tunai", "jual-qris", "jual-bon", "terima-bon", "beli-stok", "bayar-beban", "ambil-pribadi"];

export function makeWriting(desk) {
  const { drafts, giveUp, resume, own, kinds, kindOf, open, draw } = desk;
  const entryRow = makeEntryRow(desk);

  function writePage(page) {
    const quick = QUICK.map(kindOf).filter(Boolean);
    const all = desk.ask?.all;
    const begun = own() ? drafts.all.filter(({ kind }) => kindOf(kind)) : [];
    return [
      begun.map((one) =>
        h(
          "div",
          { class: "bk-awas" },
          h("p", {}, `${kindOf(one.kind).label} belum selesai ditulis.`),
          h(
            "div",
            { class: "bk-aksi" },
            h("button", { type: "button", class: "bk-kecil", onclick: () => resume(one) }, "Lanjutkan"),
            h("button", { type: "button", class: "bk-kecil", onclick: () => giveUp(one) }, "Buang"),
          ),
        ),
      ),
      h("h2", { class: "bk-tanya" }, "Apa yang terjadi?"),
      h(
        "div",
        { class: "bk-kotak" },
        quick.map((kind) =>
          h(
            "button",
            { type: "button", class: `bk-jenis bk-sisi-${kind.section}`, onclick: () => open(kind.id) },
            kind.label,
          ),
        ),
        h(
          "button",
          {
            type: "button",
            class: "bk-jenis",
            "aria-expanded": String(Boolean(all)),
            onclick: () => {
              desk.ask = all ? null : { all: true };
              draw();
            },
          },
          all ? "Tutup daftar" : "Lainnya…",
        ),
      ),
      all
        ? SECTIONS.map(([section, title]) =>
            card(
              h("h3", {}, title),
              h(
                "ul",
                { class: "bk-daftar" },
                kinds()
                  .filter((kind) => kind.section === section)
                  .map((kind) =>
                    h(
                      "li",
                      {},
                      h(
                        "button",
                        { type: "button", class: "bk-baris", onclick: () => open(kind.id) },
                        h("span", { class: "bk-apa" }, kind.label, h("small", {}, kind.hint)),
                      ),
                    ),
                  ),
              ),
            ),
          )
        : null,
      figures(page.figures),
      page.latest.length
        ? card(h("h3", {}, "Baru dicatat"), h("ul", { class: "bk-daftar" }, page.latest.map(entryRow)))
        : empty("Belum ada catatan. Mulai dari jualan hari ini, atau “Lainnya…” untuk modal, stok awal, dan bon lama."),
    ];
  }

  return writePage;
}
