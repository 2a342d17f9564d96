// The cash book: the entries of a day, a week or a month.

import { h, svg } from "../../base/dom.js";
import { card, empty, figures, makeEntryRow, makePager } from "./parts.js";

export function makeBook(desk) {
  const { model, look } = desk;
  const pager = makePager(desk);
  const entryRow = makeEntryRow(desk);

  function bars(rows) {
    const most = Math.max(1, ...rows.map((row) => Math.max(row.in, row.out)));
    const step = 320 / rows.length;
    const wide = Math.max(2, step * 0.36);
    const marks = rows.flatMap((row, place) => {
      const left = place * step + step * 0.12;
      const bar = (x, value, kind) =>
        svg("rect", {
          x,
          y: 100 - (90 * value) / most,
          width: wide,
          height: (90 * value) / most,
          class: `bk-batang-${kind}`,
          rx: 1,
        });
      const named = rows.length <= 7 || place % 5 === 0;
      const label = svg("text", { x: place * step + step / 2, y: 116, "text-anchor": "middle" });
      label.textContent = named ? row.label : "";
      return [bar(left, row.in, "masuk"), bar(left + wide, row.out, "keluar"), label];
    });
    return card(
      h("h3", {}, "Uang masuk dan keluar"),
      h(
        "p",
        { class: "bk-kunci" },
        h("span", { class: "bk-kunci-masuk" }, "Masuk"),
        h("span", { class: "bk-kunci-keluar" }, "Keluar (bergaris)"),
      ),
      svg(
        "svg",
        {
          viewBox: "0 0 320 122",
          class: "bk-gambar",
          role: "img",
          "aria-label": "Grafik uang masuk dan keluar. Angkanya ada di bawah.",
        },
        stripes(),
        ...marks,
      ),
      h(
        "details",
        {},
        h("summary", {}, "Baca angkanya"),
        h(
          "ul",
          {},
          rows.filter((row) => row.in || row.out).map((row) => h("li", {}, row.said)),
        ),
      ),
    );
  }

  function stripes() {
    const pattern = svg(
      "pattern",
      { id: "bk-garis", width: 4, height: 4, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
      svg("rect", { width: 4, height: 4, class: "bk-garis-dasar" }),
      svg("line", { x1: 0, y1: 0, x2: 0, y2: 4, class: "bk-garis-coret" }),
    );
    return svg("defs", {}, pattern);
  }

  function bookPage(page) {
    return [
      h(
        "div",
        { class: "bk-rentang", role: "group", "aria-label": "Rentang waktu" },
        [
          ["hari", "Hari"],
          ["minggu", "Minggu"],
          ["bulan", "Bulan"],
        ].map(([span, label]) =>
          h(
            "button",
            {
              type: "button",
              "aria-pressed": String(page.span === span),
              onclick: () => look({ span, day: page.today, shown: 0 }),
            },
            label,
          ),
        ),
      ),
      pager(page, { hari: "Hari", minggu: "Minggu", bulan: "Bulan" }[page.span]),
      figures(page.figures),
      page.bars.some((row) => row.in || row.out) ? bars(page.bars) : null,
      page.spent.length
        ? card(
            h("h3", {}, "Ke mana uangnya pergi"),
            h(
              "ul",
              { class: "bk-pergi" },
              page.spent.map((row) => {
                const bar = h("span", { class: "bk-porsi", "aria-hidden": "true" });
                bar.style.width = `${Math.max(row.share, 2)}%`;
                return h("li", {}, h("span", {}, row.label), h("strong", {}, row.said), bar);
              }),
            ),
          )
        : null,
      page.days.length
        ? page.days.map((day) =>
            card(h("h3", {}, day.title), h("ul", { class: "bk-daftar" }, day.entries.map(entryRow))),
          )
        : empty("Tidak ada catatan pada waktu ini."),
      page.rest
        ? h(
            "button",
            {
              type: "button",
              class: "bk-tipis",
              onclick: () => look({ day: model.wanted?.day, shown: page.shown + 40 }),
            },
            `Tampilkan ${page.rest} catatan lagi`,
          )
        : null,
    ];
  }

  return bookPage;
}
