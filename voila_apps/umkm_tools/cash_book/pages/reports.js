// The cash book: statements, files to take home, and the end of a book.

import { h, newId } from "../../base/dom.js";
import { makeOldList } from "./old_list.js";
import { card, makePager } from "./parts.js";

export function makeReports(desk) {
  const { waiting, drafts, own, send, draw } = desk;
  const pager = makePager(desk);
  const importPart = makeOldList(desk);

  function table(rows, caption) {
    return h(
      "table",
      { class: "bk-tabel" },
      h("caption", {}, caption),
      h(
        "tbody",
        {},
        rows.map(([label, value, level]) =>
          h("tr", { class: `bk-${level}` }, h("th", { scope: "row" }, label), h("td", {}, value)),
        ),
      ),
    );
  }

  function reportPage(page) {
    const panes = [
      ["income", "Laba rugi"],
      ["position", "Posisi keuangan"],
      ["notes", "Catatan"],
    ];
    const file = (what, label) =>
      h(
        "button",
        {
          type: "button",
          class: "bk-tipis",
          onclick: () => {
            desk.told = { ok: true, message: "Menyiapkan berkas… Anda boleh terus mencatat." };
            draw();
            send({ type: "file", what });
          },
        },
        label,
      );
    return [
      pager(page, "Bulan"),
      page.notices.map((notice) => h("p", { class: "bk-awas" }, notice)),
      h(
        "div",
        { class: "bk-rentang", role: "group", "aria-label": "Laporan" },
        panes.map(([name, label]) =>
          h(
            "button",
            {
              type: "button",
              "aria-pressed": String(desk.pane === name),
              onclick: () => {
                desk.pane = name;
                draw();
              },
            },
            label,
          ),
        ),
      ),
      desk.pane === "income" ? card(table(page.income, `Laporan laba rugi ${page.title}`)) : null,
      desk.pane === "position" ? card(table(page.position, `Laporan posisi keuangan pada ${page.at}`)) : null,
      desk.pane === "notes"
        ? card(page.notes.map(([title, lines]) => [h("h3", {}, title), lines.map((line) => h("p", {}, line))]))
        : null,
      file("pdf", "Unduh laporan (PDF)"),
      file("xlsx", "Unduh seluruh buku (Excel)"),
      page.tax.rule
        ? card(
            h("h3", {}, "PPh final tahun ini"),
            page.tax.rows.length
              ? h(
                  "table",
                  { class: "bk-tabel" },
                  h(
                    "thead",
                    {},
                    h(
                      "tr",
                      {},
                      ["Bulan", "Omzet", "Pajak"].map((name) => h("th", { scope: "col" }, name)),
                    ),
                  ),
                  h(
                    "tbody",
                    {},
                    page.tax.rows.map((row) =>
                      h(
                        "tr",
                        {},
                        row.map((cell, place) => h(place ? "td" : "th", place ? {} : { scope: "row" }, cell)),
                      ),
                    ),
                  ),
                )
              : h("p", {}, "Belum ada penjualan tahun ini."),
            page.tax.beyond
              ? h("p", { class: "bk-awas" }, "Omzet sudah melewati batas pajak ini. Datangi kantor pajak.")
              : null,
            h("p", { class: "bk-kecil-teks" }, page.tax.rule),
          )
        : null,
      importPart(),
      own() ? erasePart(page) : null,
    ];
  }

  function erasePart(page) {
    const sure = desk.ask?.erase;
    return card(
      h("h3", {}, "Data Anda"),
      h(
        "p",
        { class: "bk-kecil-teks" },
        `Buku ini berisi ${page.count} catatan. Hanya Anda yang melihatnya. Unduh Excel untuk menyimpan salinannya.`,
      ),
      sure
        ? [
            h("p", { class: "bk-awas" }, "Semua catatan akan hilang dan tidak bisa dikembalikan."),
            h(
              "button",
              {
                type: "button",
                class: "bk-bahaya",
                onclick: () => {
                  desk.ask = null;
                  waiting.clear();
                  drafts.clear();
                  send({ type: "erase", id: newId() });
                },
              },
              "Ya, hapus buku saya",
            ),
            h(
              "button",
              {
                type: "button",
                class: "bk-tipis",
                onclick: () => {
                  desk.ask = null;
                  draw();
                },
              },
              "Tidak jadi",
            ),
          ]
        : h(
            "button",
            {
              type: "button",
              class: "bk-tipis",
              onclick: () => {
                desk.ask = { erase: true };
                draw();
              },
            },
            "Hapus buku saya",
          ),
    );
  }

  return reportPage;
}
