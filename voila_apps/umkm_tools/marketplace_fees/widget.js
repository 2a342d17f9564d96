// Fees of marketplaces for one product.

import { h, put } from "../base/dom.js";
import { cited, makeDesk, rows } from "../base/form_tool.js";

const FIRST = { cost: "", packaging: "", profit: "", price: "", items: "1", percent: "", fixed: "" };

function render({ model, el }) {
  const setup = model.get("setup");
  const answer = h("div", { "aria-live": "polite" });
  const place = (one) =>
    h(
      "section",
      { class: "bk-kartu" },
      h("h3", {}, one.name),
      h(
        "dl",
        { class: "bk-angka" },
        [
          ["Pasang harga", one.price],
          ["Sampai di tangan", one.received],
        ].map(([label, value]) => h("div", {}, h("dt", {}, label), h("dd", {}, value))),
      ),
      h("details", {}, h("summary", {}, "Dipotong apa saja"), rows(one.lines)),
      one.own ? [h("p", { class: one.loss ? "bk-awas" : "" }, one.own)] : null,
      (one.sources || []).map(cited),
    );
  function shown(said) {
    put(
      answer,
      said.places
        ? [h("h2", {}, said.heading), said.places.map(place)]
        : h("p", { class: "bk-kosong" }, "Isi modal dan untung yang Anda inginkan."),
    );
  }
  const desk = makeDesk({ model, el, prefix: "hm", first: FIRST, shown });
  return desk.begin(() => [
    h("h1", {}, "Hitung marketplace"),
    h("p", {}, "Lihat harga yang perlu dipasang di tiap tempat supaya untung Anda tetap. Isiannya tinggal di HP ini."),
    h(
      "p",
      { class: "bk-awas" },
      "Potongan marketplace berubah beberapa kali setahun dan berbeda tiap jenis barang. Tulis potongan Anda sendiri dulu. Tarif kami hanya contoh, dengan tanggalnya.",
    ),
    desk.field(
      "percent",
      "Potongan Anda, berapa persen?",
      { inputmode: "decimal", placeholder: "Misalnya 8,5" },
      "Dari pusat penjual di aplikasinya. Jumlahkan semua yang berupa persen.",
    ),
    desk.money("fixed", "Biaya Anda tiap pesanan", { placeholder: "Misalnya Rp1.250" }),
    desk.money("cost", "Modal satu barang", { placeholder: "Misalnya 14rb" }),
    desk.money("packaging", "Kotak, plastik, lakban (boleh kosong)", { placeholder: "Misalnya Rp1.500" }),
    desk.money("profit", "Untung yang Anda inginkan", { placeholder: "Misalnya 6rb" }),
    desk.field(
      "items",
      "Berapa barang dalam satu pesanan?",
      { inputmode: "numeric" },
      "Biaya proses dibayar sekali tiap pesanan.",
    ),
    desk.money("price", "Harga Anda sekarang (boleh kosong)", { placeholder: "Misalnya 20rb" }),
    answer,
    setup.known ? null : h("p", { class: "bk-awas" }, "Contoh tarif belum ada di laptop ini. Isi tarif Anda sendiri."),
  ]);
}

export default { render };
