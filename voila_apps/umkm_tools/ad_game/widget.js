// The advertising game. Python knows what is true; each phone draws its side.

import { h, put } from "../base/dom.js";
import { makeLine } from "../base/multiplayer.js";

const TONES = { good: "bk-pesan qr-putusan", bad: "bk-pesan bk-buruk qr-putusan" };

function render({ model, el }) {
  el.style.scrollMarginTop = "80px";
  let form = {}; // what is being chosen, for the round `key`
  let key = "";
  let changing = false;
  let last = "";

  const view = () => model.get("view");
  const line = makeLine({
    model,
    draw,
    waiting: (page) => page.page === "hasil" || (page.page === "putusan" && page.chosen),
  });
  const big = (label, message, kind = "bk-utama") =>
    h("button", { type: "button", class: kind, disabled: line.busy, onclick: () => line.act(message) }, label);
  const facts = (list, lastly) =>
    h(
      "dl",
      { class: "bk-langkah" },
      list.map(([label, value], place) =>
        h(
          "div",
          { class: lastly && place === list.length - 1 ? "bk-jumlah" : undefined },
          h("dt", {}, label),
          h("dd", {}, value),
        ),
      ),
    );
  const card = (title, ...parts) => h("section", { class: "bk-kartu" }, h("h2", {}, title), parts);
  const assumed = (page) =>
    h(
      "details",
      {},
      h("summary", {}, "Angka karangan di balik simulasi"),
      h(
        "p",
        {},
        "Angka-angka ini dikarang untuk latihan, bukan angka Instagram, Shopee, atau siapa pun. Iklan sungguhan hasilnya lain: lihat angka Anda sendiri.",
      ),
      h(
        "ul",
        {},
        page.assumed.map(([name, words]) => h("li", {}, h("strong", {}, name), ": ", words, ".")),
      ),
      h(
        "p",
        {},
        "Orang yang sudah melihat makin jarang mengetuk lagi, sampai tinggal seperlima. Selebihnya peruntungan, dan peruntungannya sama untuk semua pemain.",
      ),
    );
  const purse = (page) => h("p", { class: "ks-barang" }, h("span", {}, "Uang Anda"), h("strong", {}, page.money));

  function question(name, legend, list) {
    return h(
      "fieldset",
      { class: "bk-kolom si-tanya" },
      h("legend", {}, legend),
      h(
        "div",
        { class: "bk-pilih bk-pilih-satu" },
        list.map(([value, text]) =>
          h(
            "label",
            {},
            h("input", {
              type: "radio",
              id: `si-${name}-${value}`,
              name: `si-${name}`,
              value: String(value),
              checked: form[name] === value,
              onchange: () => {
                form[name] = value;
                line.told = null;
                draw();
              },
            }),
            h("span", {}, text),
          ),
        ),
      ),
      line.told && line.told.field === name ? h("p", { class: "bk-salah", role: "alert" }, line.told.message) : null,
    );
  }
  const pages = {
    pilih: (page) => [
      h(
        "p",
        {},
        `Anda mendapat uang mainan untuk mengiklankan keripik, ${page.rounds} putaran. Tiap putaran Anda memilih: pasang iklan, ganti caranya, atau berhenti. Yang dihitung uang yang tersisa, bukan banyaknya pembeli.`,
      ),
      page.game
        ? [
            h(
              "p",
              { class: "bk-pesan" },
              page.late
                ? "Simulasi kelas sudah berjalan. Anda masih bisa ikut; putaran yang lewat dihitung tanpa iklan."
                : "Simulasi kelas sedang dibuka.",
            ),
            big("Ikut simulasi kelas", { type: "begin", mode: "kelas" }),
          ]
        : h("p", { class: "bk-kosong" }, "Simulasi kelas belum dibuka pelatih. Anda bisa main sendiri dulu."),
      big("Main sendiri", { type: "begin", mode: "sendiri" }, page.game ? "bk-tipis" : "bk-utama"),
      card(
        "Aturan jempol",
        h("p", {}, "Hitung balik modalnya sebelum memasang: 1 dibagi margin. Di bawah itu, berhenti dulu."),
      ),
      assumed(page),
    ],
    putusan: (page) =>
      page.chosen && !changing
        ? [
            purse(page),
            h(
              "div",
              { class: TONES.good, role: "status" },
              h("p", {}, h("strong", {}, "Pilihan Anda tersimpan."), h("br"), page.chosen.words),
            ),
            h(
              "p",
              { class: "bk-kosong" },
              "Hasilnya keluar setelah pelatih menutup putaran ini. Sampai itu, pilihan masih bisa diganti.",
            ),
            h(
              "button",
              {
                type: "button",
                class: "bk-tipis",
                onclick: () => {
                  changing = true;
                  form = { ...page.chosen };
                  draw();
                },
              },
              "Ganti pilihan",
            ),
            assumed(page),
          ]
        : [
            purse(page),
            card(`Yang diiklankan: ${page.goods}`, facts(page.shop, true)),
            question("budget", "Berapa biaya iklan putaran ini?", page.offer.budget),
            form.budget === 0
              ? null
              : [
                  question("audience", "Siapa yang melihat?", page.offer.audience),
                  question("creative", "Gambarnya bagaimana?", page.offer.creative),
                ],
            big(form.budget === 0 ? "Berhenti di putaran ini" : "Pasang iklan", {
              type: "choose",
              key: page.key,
              budget: form.budget,
              audience: form.audience,
              creative: form.creative,
            }),
            assumed(page),
          ],
    hasil: (page) => [
      result(page),
      h("p", { class: "si-pelajaran" }, page.lesson),
      purse(page),
      page.place ? h("p", {}, page.place) : null,
      page.alone
        ? big("Putaran berikutnya", { type: "next" })
        : h("p", { class: "bk-kosong", role: "status" }, "Menunggu pelatih membuka putaran berikutnya…"),
    ],
    selesai: (page) => [
      page.last ? result(page.last) : null,
      page.table.length
        ? card("Sisa tiap putaran", facts(page.table, true))
        : h("p", { class: "bk-kosong" }, "Belum ada putaran yang dimainkan."),
      h("p", {}, h("strong", {}, page.change), page.place ? [" ", page.place] : null),
      card("Kapan sebaiknya berhenti?", h("p", {}, page.lesson)),
      page.alone
        ? [
            h(
              "p",
              { class: "bk-kecil-teks" },
              `Nomor permainan ${page.seed}. Dengan nomor yang sama peruntungannya sama: coba keputusan lain.`,
            ),
            big("Main lagi, peruntungan sama", { type: "begin", mode: "ulang", seed: page.seed }),
            big("Main lagi, peruntungan baru", { type: "begin", mode: "sendiri" }, "bk-tipis"),
          ]
        : big("Main sendiri", { type: "begin", mode: "sendiri" }),
      assumed(page),
    ],
  };
  const result = (page) => [
    h("div", { class: TONES[page.tone], role: "status" }, h("p", {}, h("strong", {}, page.banner))),
    page.facts.length ? card("Hasil putaran", facts(page.facts, true)) : null,
  ];

  function draw() {
    const page = view();
    const { told } = line;
    const held = document.activeElement && el.contains(document.activeElement) ? document.activeElement.id : "";
    const open = Boolean(root.querySelector("details[open]"));
    put(
      root,
      h("h1", {}, "Simulasi iklan"),
      page.title ? h("p", { class: "ks-ronde", role: "status" }, page.title) : null,
      told?.message && !(told.field && page.page === "putusan" && page.offer[told.field])
        ? h("p", { class: "bk-pesan bk-buruk", role: "alert" }, told.message)
        : null,
      ...pages[page.page](page),
      page.alone
        ? h(
            "button",
            { type: "button", class: "bk-tipis", onclick: () => line.act({ type: "begin" }) },
            "Kembali ke pilihan",
          )
        : null,
    );
    if (open) root.querySelector("details")?.setAttribute("open", "");
    if (held) document.getElementById(held)?.focus();
  }
  function changed() {
    const page = view();
    const round = `${page.alone} ${page.seed} ${page.key}`;
    if (round !== key) {
      key = round;
      form = {};
    }
    changing = false;
    const where = `${page.page} ${round}`;
    const moved = last && where !== last;
    last = where;
    draw();
    if (moved) el.scrollIntoView({ block: "start" });
  }

  const root = h("div", { class: "umkm-buku hj" });
  el.replaceChildren(root);
  return line.begin(changed);
}

export default { render };
