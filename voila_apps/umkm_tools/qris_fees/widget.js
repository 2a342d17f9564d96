// QRIS fees. Python reckons by its dated rates; this draws.

import { h, put } from "../base/dom.js";
import { makeDesk, rows } from "../base/form_tool.js";

const FIRST = {
  class: "UMI",
  amount: "",
  days_to: "1",
  working: "ya",
  payout_fee: "",
  a_day: "",
  basket: "",
  days: "26",
  would_leave: "",
};

function render({ model, el }) {
  const setup = model.get("setup");
  const dated = (said) =>
    h(
      "p",
      { class: "bk-kecil-teks qr-sumber" },
      `Tarif ${said.rate}, berlaku sejak ${said.since}. Sumber: ${said.source}. Tanggal sumber: ${said.dated}.`,
      said.note ? [h("br"), said.note] : null,
    );

  function oneAnswer(said) {
    if (!said.one) return h("p", { class: "bk-kosong" }, "Tulis dulu berapa yang dibayar pembeli.");
    return [
      h(
        "dl",
        { class: "bk-angka bk-hasil" },
        [
          ["Dibayar pembeli", said.one.paid],
          ["Biaya (MDR)", said.one.fee],
          ["Anda terima", said.one.net],
          ["Kira-kira cair", said.payout],
        ].map(([label, value]) => h("div", {}, h("dt", {}, label), h("dd", {}, value))),
      ),
      dated(said.one),
      h(
        "p",
        { class: "bk-kecil-teks" },
        `Dihitung untuk pembayaran hari ini, ${setup.today}. Hari libur nasional belum dihitung, dan pembayaran malam bisa terhitung besok.`,
      ),
    ];
  }
  function monthAnswer(said) {
    if (!said.month) return h("p", { class: "bk-kosong" }, "Isi pembeli QRIS sehari, lalu lihat hasil sebulannya.");
    return [
      h(
        "div",
        { class: "bq-dua" },
        h("section", { class: "bk-kartu" }, h("h3", {}, "Dengan QRIS"), rows(said.month.with)),
        h("section", { class: "bk-kartu" }, h("h3", {}, "Tanpa QRIS"), rows(said.month.without)),
      ),
      h("p", { class: "bk-pesan" }, said.month.said),
      dated(said.month),
      h(
        "p",
        { class: "bk-kecil-teks" },
        `${said.month.payments} pembayaran sebulan, biayanya dibulatkan tiap pembayaran. Pembulatan penyedia bisa beda Rp1.`,
      ),
    ];
  }
  function pastRates(said) {
    if (!said.history) return null;
    return h(
      "details",
      {},
      h("summary", {}, "Tarif golongan ini dari waktu ke waktu"),
      h(
        "ul",
        { class: "bk-daftar bq-tarif" },
        said.history.map((rule) =>
          h(
            "li",
            {},
            h("strong", {}, rule.rate),
            rule.now ? " (berlaku sekarang)" : "",
            h("small", {}, `Sejak ${rule.since}. Sumber: ${rule.source}. Tanggal sumber: ${rule.dated}.`),
            rule.note ? h("small", {}, rule.note) : null,
          ),
        ),
      ),
    );
  }
  const one = h("div", { "aria-live": "polite" });
  const month = h("div", { "aria-live": "polite" });
  const past = h("div", {});
  function shown(said) {
    put(one, oneAnswer(said));
    put(month, monthAnswer(said));
    put(past, pastRates(said));
  }
  const desk = makeDesk({
    model,
    el,
    prefix: "bq",
    first: FIRST,
    shown,
    idle() {
      shown({});
      if (setup.known) desk.ask(0);
    },
  });
  const { choose, field, money } = desk;
  const fact = (said) =>
    h(
      "li",
      {},
      said.text,
      h(
        "small",
        {},
        `Sejak ${said.since}. Sumber: ${said.source}.${said.dated ? ` Tanggal sumber: ${said.dated}.` : ""}`,
      ),
      said.note ? h("small", {}, said.note) : null,
    );
  return desk.begin(() => [
    h("h1", {}, "Biaya QRIS"),
    setup.known
      ? [
          h("p", {}, "Lihat berapa yang Anda terima dari pembayaran QRIS, dan kapan. Isiannya tinggal di HP ini."),
          choose(
            "class",
            "Golongan usaha Anda",
            setup.classes,
            "Tertulis di kode QRIS Anda. Lihat lewat alat Periksa QR.",
          ),
          h("h2", {}, "Satu pembayaran"),
          money("amount", "Pembeli membayar berapa?", { placeholder: "Misalnya 600rb" }),
          choose(
            "days_to",
            "Cair berapa hari sesudah dibayar?",
            [
              ["0", "Hari itu juga"],
              ["1", "Besoknya"],
              ["2", "Dua hari"],
            ],
            "Tanyakan ke penyedia Anda. Tiap penyedia lain.",
          ),
          choose("working", "Sabtu dan Minggu ikut cair?", [
            ["ya", "Tidak, hari kerja saja"],
            ["tidak", "Ya, setiap hari"],
          ]),
          one,
          h("h2", {}, "Sebulan, dengan dan tanpa QRIS"),
          field("a_day", "Pembeli QRIS sehari", { inputmode: "numeric", placeholder: "Misalnya 20" }),
          money("basket", "Belanja rata-rata", { placeholder: "Misalnya 25rb" }),
          field("days", "Hari jualan sebulan", { inputmode: "numeric" }),
          money("payout_fee", "Biaya tiap cair (boleh kosong)", { placeholder: "Misalnya Rp2.500" }),
          field("would_leave", "Dari 10 pembeli QRIS, berapa yang batal bila harus tunai? (boleh kosong)", {
            inputmode: "numeric",
          }),
          month,
          past,
          setup.facts.length
            ? h(
                "section",
                { class: "bk-kartu" },
                h("h2", {}, "Yang perlu Anda tahu"),
                h("ul", { class: "bk-daftar bq-tarif" }, setup.facts.map(fact)),
              )
            : null,
        ]
      : h("p", { class: "bk-awas" }, "Tarif QRIS belum ada di laptop ini. Beri tahu pelatih Anda."),
  ]);
}

export default { render };
