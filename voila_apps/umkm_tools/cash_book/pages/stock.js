// The cash book: what is in stock, and what was sold of it.

import { h } from "../../base/dom.js";
import { card, empty, figures } from "./parts.js";

export function makeStock(desk) {
  const { kindOf, open } = desk;

  function stockPage(page) {
    const act = (kind) =>
      kindOf(kind) && h("button", { type: "button", class: "bk-jenis", onclick: () => open(kind) }, kindOf(kind).label);
    return [
      h("h2", {}, "Stok"),
      figures(page.figures),
      h("p", { class: "bk-kecil-teks" }, page.counted),
      h("button", { type: "button", class: "bk-utama", onclick: () => open("hitung-stok") }, "Hitung stok"),
      h(
        "div",
        { class: "bk-kotak" },
        ["beli-stok", "beli-stok-utang", "stok-rusak", "stok-pribadi", "retur-beli", "awal-stok"].map(act),
      ),
      page.steps.length
        ? card(
            h("h3", {}, `Barang terjual ${page.month}`),
            h(
              "dl",
              { class: "bk-langkah" },
              page.steps.map(([label, value]) => h("div", {}, h("dt", {}, label), h("dd", {}, value))),
              h("div", { class: "bk-jumlah" }, h("dt", {}, "Harga pokok (HPP)"), h("dd", {}, page.cost)),
            ),
          )
        : empty("Belum ada belanja stok bulan ini."),
    ];
  }

  return stockPage;
}
