// The cashier game. Python knows what is true; each phone draws its side.

import { h, put } from "../base/dom.js";
import { makeLine } from "../base/multiplayer.js";
import { makeScanner } from "../base/scanner.js";

const WAITING = ["kasir-buka", "kasir-datang", "pembeli-tunjuk"];
const TONES = { good: "bk-pesan qr-putusan", warn: "bk-awas qr-putusan", bad: "bk-pesan bk-buruk qr-putusan" };

function render({ model, el }) {
  el.style.scrollMarginTop = "80px";
  let typed = "";
  let amount = "";
  let last = "";

  const view = () => model.get("view");
  const line = makeLine({ model, draw, waiting: (page) => WAITING.includes(page.page) });
  const { act } = line;
  const big = (label, message, kind = "bk-utama") =>
    h("button", { type: "button", class: kind, disabled: line.busy, onclick: () => act(message) }, label);
  const picture = (address, alt, kind) => h("img", { src: address, alt, class: kind });
  const facts = (list) =>
    h(
      "dl",
      { class: "bk-langkah" },
      list.map(([label, value]) => h("div", {}, h("dt", {}, label), h("dd", {}, value))),
    );
  const banner = (tone, title, more) =>
    h("div", { class: TONES[tone], role: "status" }, h("p", {}, h("strong", {}, title), h("br"), more));
  const wares = (page) => h("p", { class: "ks-barang" }, h("span", {}, page.item), h("strong", {}, page.price));

  const scanner = makeScanner({ heard: (text) => act({ type: "visit", text }), labels: { text: null } });

  const pages = {
    pilih: (page) => [
      h("p", {}, "Berlatih di meja kasir dengan uang mainan. Anda memutuskan: serahkan barang, tunggu, atau tolak."),
      page.game
        ? [
            h("p", { class: "bk-pesan" }, "Simulasi kelas sedang dibuka."),
            big("Ikut simulasi kelas", { type: "begin", mode: "kelas" }),
          ]
        : h("p", { class: "bk-kosong" }, "Simulasi kelas belum dibuka pelatih. Anda bisa main sendiri dulu."),
      big("Main sendiri", { type: "begin", mode: "sendiri" }, page.game ? "bk-tipis" : "bk-utama"),
      h(
        "section",
        { class: "bk-kartu" },
        h("h2", {}, "Aturan jempol"),
        h(
          "p",
          {},
          "Barang diserahkan sesudah notifikasi masuk di HP Anda sendiri, dengan jumlah yang benar. Layar pembeli bukan bukti.",
        ),
      ),
    ],
    "kasir-tutup": (page) => [
      h(
        "p",
        { class: "bk-kosong" },
        page.alone
          ? "Delapan pembeli akan datang. Ada yang jujur, ada yang tidak."
          : "Buka kasir Anda. Pembeli memindai kode di layar ini, atau mengetik empat hurufnya.",
      ),
      big(page.alone ? "Mulai" : "Buka kasir", { type: "open" }),
    ],
    "kasir-buka": (page) => [
      wares(page),
      picture(page.picture, `Kode QR latihan. Kode pendek ${[...page.code].join(" ")}.`, "ks-kode"),
      h("p", { class: "ks-pendek" }, "Kode pendek: ", h("strong", {}, page.code)),
      h(
        "p",
        { class: "bk-kecil-teks", role: "status" },
        page.static ? "Kode tetap: pembeli mengetik jumlahnya sendiri. " : "Jumlahnya sudah ada di dalam kode. ",
        "Menunggu pembeli…",
      ),
      big("Tidak ada pembeli? Layani pembeli komputer", { type: "computer" }, "bk-tipis"),
    ],
    "kasir-datang": (page) => [
      wares(page),
      h("p", { class: "bk-pesan", role: "status" }, "Pembeli sudah memindai kode. Menunggu dia membayar…"),
      big("Pembeli pergi? Buka lagi kasirnya", { type: "release" }, "bk-tipis"),
    ],
    "kasir-putus": (page) => [
      wares(page),
      h(
        "section",
        { class: "bk-kartu" },
        h("h2", {}, "Pembeli menunjukkan layar ini"),
        picture(page.proof, `${page.says}. Layar latihan.`, "ks-bukti"),
      ),
      h(
        "section",
        { class: page.notified ? "bk-kartu ks-masuk" : "bk-kartu", role: "status" },
        h("h2", {}, "Aplikasi QRIS Anda"),
        page.notified
          ? h("p", {}, h("strong", {}, page.notified))
          : h("p", {}, page.waited ? "Masih belum ada yang masuk." : "Belum ada yang masuk."),
      ),
      h("h2", {}, "Apa yang Anda lakukan?"),
      big("Serahkan barang", { type: "decide", decision: "serahkan", code: page.code }, "bk-tipis"),
      page.may_wait
        ? big("Tunggu sebentar", { type: "decide", decision: "tunggu", code: page.code }, "bk-tipis")
        : null,
      big("Tolak baik-baik", { type: "decide", decision: "tolak", code: page.code }, "bk-tipis"),
    ],
    hasil: (page) => [
      banner(page.tone, page.end, page.message),
      h("section", { class: "bk-kartu" }, h("h2", {}, page.item), facts(page.facts)),
      page.over ? closed() : big("Pembeli berikutnya", { type: "open" }),
    ],
    "pembeli-cari": () => [
      h("p", {}, "Datangi salah satu kasir. Ketik kode pendeknya, atau pindai gambarnya."),
      h(
        "form",
        {
          class: "bk-kolom",
          novalidate: true,
          onsubmit: (event) => {
            event.preventDefault();
            if (typed.trim()) act({ type: "visit", text: typed });
          },
        },
        h("label", { for: "ks-kode" }, "Kode pendek"),
        h("input", {
          id: "ks-kode",
          class: "ks-ketik",
          value: typed,
          maxlength: 8,
          autocomplete: "off",
          autocapitalize: "characters",
          spellcheck: "false",
          oninput: (event) => {
            typed = event.target.value;
          },
        }),
        h("button", { class: "bk-utama", disabled: line.busy }, "Datangi kasir ini"),
      ),
      scanner.node,
      big("Belum ada kasir? Main sendiri dulu", { type: "begin", mode: "sendiri" }, "bk-tipis"),
    ],
    "pembeli-bayar": (page) => [
      wares(page),
      page.trick
        ? h("p", { class: "bk-awas" }, h("strong", {}, "Peran rahasia. "), page.trick)
        : h("p", {}, "Anda pembeli jujur. Pastikan nama tokonya benar, lalu bayar."),
      h(
        "dl",
        { class: "bk-angka" },
        [
          ["Nama toko", page.shop],
          ["NMID", page.nmid],
        ].map(([label, value]) => h("div", { class: "qr-utuh" }, h("dt", {}, label), h("dd", {}, value))),
      ),
      page.types
        ? h(
            "div",
            { class: "bk-kolom" },
            h("label", { for: "ks-jumlah" }, "Jumlah yang Anda bayar"),
            h("input", {
              id: "ks-jumlah",
              inputmode: "decimal",
              autocomplete: "off",
              value: amount,
              oninput: (event) => {
                amount = event.target.value;
              },
            }),
          )
        : null,
      h(
        "button",
        { type: "button", class: "bk-utama", disabled: line.busy, onclick: () => act({ type: "pay", amount }) },
        page.trick ? "Tunjukkan layar palsu" : "Bayar dengan uang mainan",
      ),
    ],
    "pembeli-tunjuk": (page) => [
      wares(page),
      h("p", {}, "Tunjukkan layar ini kepada penjual."),
      picture(page.proof, `${page.says}. Layar latihan.`, "ks-bukti"),
      h("p", { class: "bk-kosong", role: "status" }, "Menunggu keputusan penjual…"),
      another("Penjualnya pergi? Datangi kasir lain"),
    ],
    "pembeli-hasil": (page) => [
      banner(page.tone, page.end, `Penjualnya: ${page.message}`),
      h("section", { class: "bk-kartu" }, h("h2", {}, page.item), facts(page.facts)),
      page.over ? closed() : another("Datangi kasir lain"),
    ],
    tutup: (page) => [
      h("h2", {}, page.alone ? "Selesai" : "Simulasi kelas sudah ditutup"),
      page.result
        ? h("p", { class: "bk-pesan" }, page.result)
        : h("p", {}, "Belum ada keputusan yang Anda ambil sebagai penjual."),
      big("Main sendiri", { type: "begin", mode: "sendiri" }),
    ],
  };
  const closed = () => [
    h("p", { class: "bk-pesan" }, "Simulasi kelas sudah ditutup pelatih."),
    big("Main sendiri", { type: "begin", mode: "sendiri" }, "bk-tipis"),
  ];
  let leaving = ""; // a buyer who looks for another till before the first has decided
  function another(label) {
    return h(
      "button",
      {
        type: "button",
        class: "bk-tipis",
        onclick: () => {
          leaving = JSON.stringify(view());
          typed = "";
          amount = "";
          line.told = null;
          draw();
        },
      },
      label,
    );
  }

  function draw() {
    const page = view();
    const { told } = line;
    const name = leaving && leaving === JSON.stringify(page) ? "pembeli-cari" : page.page;
    if (name !== "pembeli-cari") scanner.stop();
    const held = document.activeElement && el.contains(document.activeElement) ? document.activeElement.id : "";
    put(
      root,
      h("h1", {}, "Simulasi kasir QRIS"),
      page.title ? h("p", { class: "ks-ronde", role: "status" }, page.title) : null,
      told?.message
        ? h(
            "div",
            { class: "bk-pesan bk-buruk", role: "alert" },
            h("span", {}, told.message),
            told.choices
              ? h(
                  "span",
                  { class: "bk-pilihan" },
                  told.choices.map((choice) =>
                    h(
                      "button",
                      {
                        type: "button",
                        class: "bk-kecil",
                        onclick: () => {
                          amount = choice;
                          act({ type: "pay", amount });
                        },
                      },
                      choice,
                    ),
                  ),
                )
              : null,
          )
        : null,
      ...pages[name](page),
      page.score?.some(([, count]) => count !== "0")
        ? h("details", { open: name === "tutup" }, h("summary", {}, "Nilai Anda sebagai penjual"), facts(page.score))
        : null,
      page.title && (page.alone || page.page === "tutup")
        ? h(
            "button",
            { type: "button", class: "bk-tipis", onclick: () => act({ type: "begin" }) },
            "Kembali ke pilihan",
          )
        : null,
    );
    if (held) document.getElementById(held)?.focus();
  }
  function changed() {
    const page = view();
    const where = `${page.page} ${page.title} ${page.code || ""}`;
    if (leaving !== JSON.stringify(page)) leaving = "";
    // What is being typed stays while the page stays what it is.
    if (where !== last) {
      if (page.page !== "pembeli-bayar") amount = "";
      if (page.page !== "pembeli-cari") typed = "";
    }
    const moved = last && where !== last;
    last = where;
    draw();
    if (moved) el.scrollIntoView({ block: "start" });
  }
  const root = h("div", { class: "umkm-buku hj" });
  el.replaceChildren(root);
  const end = line.begin(changed);
  return () => {
    scanner.stop();
    end();
  };
}

export default { render };
