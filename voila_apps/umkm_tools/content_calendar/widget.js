// The content calendar: a month of posts.

import { h, put } from "../base/dom.js";
import { makeDesk } from "../base/form_tool.js";

const FIRST = { month: "", goods: "", weekdays: ["0", "2", "4"], channels: ["Status WhatsApp"], ideas: {} };
const DAYS = [
  ["0", "Senin"],
  ["1", "Selasa"],
  ["2", "Rabu"],
  ["3", "Kamis"],
  ["4", "Jumat"],
  ["5", "Sabtu"],
  ["6", "Minggu"],
];
const CHANNELS = [
  ["Status WhatsApp", "Status WhatsApp"],
  ["Instagram", "Instagram"],
  ["Facebook", "Facebook"],
  ["TikTok", "TikTok"],
];

function render({ model, el }) {
  const setup = model.get("setup");
  const answer = h("div", { "aria-live": "polite" });
  const post = (one) => {
    const area = h("textarea", {
      rows: "3",
      maxlength: 300,
      "aria-label": `Isi ${one.day}`,
      value: one.idea,
      oninput: () => {
        desk.form.ideas[one.key] = area.value;
        desk.remember();
      },
    });
    return h(
      "li",
      { class: "kk-hari" },
      h("strong", {}, one.day),
      h("small", {}, `${one.kind} · ${one.channel}`),
      area,
    );
  };
  function shown(said) {
    if (!said.posts)
      return put(answer, h("p", { class: "bk-kosong" }, "Tulis barang yang Anda jual, lalu lihat kalendernya."));
    put(
      answer,
      said.special.length
        ? h(
            "section",
            { class: "bk-kartu" },
            h("h2", {}, "Hari yang diingat pembeli"),
            h(
              "ul",
              { class: "bk-daftar" },
              said.special.map((day) => h("li", {}, day)),
            ),
          )
        : null,
      h("h2", {}, said.heading),
      h("p", { class: "bk-kecil-teks" }, "Ketuk isinya untuk mengubah kata-katanya."),
      said.posts.length
        ? h("ul", { class: "bk-daftar" }, said.posts.map(post))
        : h("p", { class: "bk-kosong" }, "Tidak ada lagi hari itu di bulan ini. Pilih hari atau bulan lain."),
      h("button", { type: "button", class: "bk-utama", onclick: () => desk.make("ics") }, "Simpan ke kalender HP"),
      h("button", { type: "button", class: "bk-tipis", onclick: () => desk.make("pdf") }, "Unduh untuk ditempel (PDF)"),
    );
  }
  const desk = makeDesk({ model, el, prefix: "kk", first: { ...FIRST, month: setup.months[0][0] }, shown });
  const isOffered = (month) => setup.months.some(([value]) => value === month);
  if (!isOffered(desk.form.month)) [[desk.form.month]] = setup.months;
  desk.form.ideas = Object.fromEntries(Object.entries(desk.form.ideas).filter(([day]) => isOffered(day.slice(0, 7))));
  return desk.begin(() => [
    h("h1", {}, "Kalender konten"),
    h("p", {}, "Sebulan unggahan dalam sepuluh menit. Isiannya tinggal di HP ini, tidak di laptop pelatih."),
    desk.choose("month", "Untuk bulan apa?", setup.months),
    desk.field("goods", "Barang yang Anda jual", { rows: "3", maxlength: 300, placeholder: "Satu barang satu baris" }),
    desk.tick("weekdays", "Hari apa saja?", DAYS, "Tiga hari seminggu sudah cukup."),
    desk.tick("channels", "Di mana?", CHANNELS),
    answer,
  ]);
}

export default { render };
