// Customer segments. Which column is what stays on this phone, by the
// headings of the list; of the people in it nothing does.

import { h, listsOnThisPhone, put } from "../base/dom.js";
import { makeDesk } from "../base/form_tool.js";
import { makeGroupPart } from "./groups.js";

const LARGEST_FILE = 2000000;
const READING = "Sedang dibaca…";

function render({ model, el }) {
  const setup = model.get("setup");
  const lists = listsOnThisPhone("umkm-pelanggan-kolom");
  const first = { source: "", columns: {}, known: lists.all(), more: {}, business: setup.business };
  for (const [name, , , message] of setup.groups) first[name] = message;
  let choosing = false;
  let reading = false;
  let last = {};

  function remember(signature, columns) {
    lists.remember(signature, columns);
    desk.form.known = { ...desk.form.known, [signature]: columns };
  }
  function bring(content) {
    if (content.byteLength > LARGEST_FILE) {
      fileTold.textContent = "Daftar ini terlalu besar. Paling besar 2 MB. Bagi dulu menjadi dua.";
      return;
    }
    fileTold.textContent = "";
    reading = true;
    choosing = false;
    desk.form.more = {};
    desk.take([content]);
    busy.textContent = READING;
  }
  function look(source) {
    desk.form.source = source;
    desk.form.columns = {};
    desk.form.more = {};
    choosing = false;
    reading = true;
    if (!source) {
      pasted.value = "";
      put(answer);
    }
    desk.ask(0);
  }

  const file = h("input", {
    type: "file",
    accept: ".csv,.xlsx,.txt",
    class: "bk-berkas",
    id: "pg-file",
    "aria-describedby": "pg-file-pesan",
    onchange: async () => {
      const chosen = file.files?.[0];
      file.value = "";
      if (!chosen) return;
      if (chosen.size > LARGEST_FILE) {
        fileTold.textContent = "Berkas ini terlalu besar. Paling besar 2 MB. Bagi dulu menjadi dua.";
        return;
      }
      bring(await chosen.arrayBuffer());
    },
  });
  const fileTold = h("p", { class: "bk-salah", id: "pg-file-pesan", role: "alert", "data-error": "file" });
  const busy = h("p", { class: "bk-gema", role: "status" });
  const pasted = h("textarea", {
    id: "pg-tempel",
    rows: "4",
    autocomplete: "off",
    placeholder: "12/11/2026; Bu Ani; 0812…; 25.000",
  });
  const paste = () => {
    if (!pasted.value.trim()) {
      fileTold.textContent = "Tempel dulu daftarnya, satu penjualan satu baris.";
      return;
    }
    bring(new TextEncoder().encode(pasted.value).buffer);
  };

  function columnsPart(said) {
    const chosen = { ...said.columns };
    return [
      h("h2", {}, "Kolom mana berisi apa?"),
      h("p", { class: "bk-kecil-teks" }, "Diingat di HP ini untuk daftar yang sama."),
      setup.fields.map(([name, label]) => {
        const select = h(
          "select",
          {
            id: `pg-kolom-${name}`,
            onchange: () => {
              if (select.value === "") delete chosen[name];
              else chosen[name] = Number(select.value);
            },
          },
          h("option", { value: "" }, "Tidak ada"),
          said.headings.map((heading, place) =>
            h(
              "option",
              { value: String(place), selected: chosen[name] === place },
              said.example[place] ? `${heading} (${said.example[place]})` : heading,
            ),
          ),
        );
        return h(
          "div",
          { class: "bk-kolom" },
          h("label", { for: `pg-kolom-${name}` }, name === "status" ? `${label} (boleh kosong)` : label),
          select,
        );
      }),
      h("p", { class: "bk-kecil-teks" }, "Tanggal dan jumlah harus ada. Dari nama dan nomor HP, salah satu cukup."),
      h(
        "button",
        {
          type: "button",
          class: "bk-utama",
          onclick: () => {
            choosing = false;
            desk.form.columns = chosen;
            remember(said.signature, chosen);
            busy.textContent = READING;
            desk.ask(0);
          },
        },
        "Pakai kolom ini",
      ),
    ];
  }
  function overview(said) {
    return [
      said.source === "sample"
        ? h("p", { class: "bk-contoh" }, h("strong", {}, "Contoh."), " Orang dan angkanya dibuat-buat.")
        : null,
      h("p", {}, h("strong", {}, `${said.count} penjualan terbaca.`)),
      said.notes.map((note) => h("p", { class: "bk-kecil-teks" }, note)),
      said.refused_count
        ? h(
            "details",
            { class: "bk-tolak" },
            h("summary", {}, `${said.refused_count} baris belum terbaca`),
            h(
              "ul",
              {},
              said.refused.map(([row, reason]) => h("li", {}, h("strong", {}, `${row}: `), reason)),
            ),
          )
        : null,
      said.source === "list"
        ? h(
            "button",
            {
              type: "button",
              class: "bk-kecil",
              onclick: () => {
                choosing = true;
                shown(last);
              },
            },
            "Ubah kolom",
          )
        : null,
      h(
        "dl",
        { class: "bk-angka pg-angka" },
        said.facts.map(([label, value]) => h("div", {}, h("dt", {}, label), h("dd", {}, value))),
      ),
    ];
  }
  const answer = h("div", {});
  const groups = h("div", { hidden: true });
  function shown(said) {
    busy.textContent = "";
    const arrived = reading;
    reading = false;
    last = said;
    if (!said.source) {
      groups.hidden = true;
      desk.form.source = "";
      return put(answer);
    }
    desk.form.source = said.source;
    desk.form.columns = said.columns;
    const asking = said.missing || choosing;
    put(answer, asking ? columnsPart(said) : overview(said));
    groups.hidden = asking || !said.facts;
    if (!groups.hidden) for (const [name] of setup.groups) parts[name].draw(said.groups[name]);
    if (arrived) answer.scrollIntoView({ block: "start" });
  }
  function refused() {
    busy.textContent = "";
    reading = false;
  }
  const desk = makeDesk({ model, el, prefix: "pg", first, shown, refused, keeps: false });
  const groupPart = makeGroupPart(el, desk);
  const parts = Object.fromEntries(setup.groups.map((one) => [one[0], groupPart(one)]));
  put(
    groups,
    desk.field("business", "Nama usaha Anda", { maxlength: 80 }),
    setup.groups.map(([name]) => parts[name].whole),
    h("button", { type: "button", class: "bk-utama", onclick: () => desk.make("xlsx") }, "Unduh daftarnya (Excel)"),
    h("button", { type: "button", class: "bk-tipis", onclick: () => desk.make("csv") }, "Unduh sebagai CSV"),
    h(
      "button",
      {
        type: "button",
        class: "bk-tipis",
        onclick: () => {
          look("");
          el.scrollIntoView({ block: "start" });
        },
      },
      "Hapus dari halaman ini",
    ),
  );
  return desk.begin(() => [
    h("h1", {}, "Pelanggan"),
    h("p", {}, "Siapa yang perlu disapa hari ini? Bawa daftar penjualan Anda."),
    h(
      "p",
      { class: "bk-awas" },
      "Nama dan nomor pembeli adalah data orang lain. Daftarnya dibaca di halaman ini saja, tidak disimpan, dan hilang setelah halaman ditutup. Kirim pesan hanya kepada yang mengenal Anda. Berhenti kalau mereka minta.",
    ),
    h(
      "div",
      { class: "ck-pilih" },
      file,
      h("label", { for: "pg-file", class: "bk-tipis" }, "Pilih berkas (Excel atau CSV)"),
    ),
    h(
      "details",
      {},
      h("summary", {}, "Atau tempel daftarnya"),
      h(
        "div",
        { class: "bk-kolom" },
        h("label", { for: "pg-tempel" }, "Satu penjualan satu baris: tanggal, nama, nomor HP, jumlah"),
        pasted,
      ),
      h("button", { type: "button", class: "bk-utama", onclick: paste }, "Baca daftar ini"),
    ),
    h("button", { type: "button", class: "bk-tipis", onclick: () => look("sample") }, "Lihat contoh"),
    fileTold,
    busy,
    answer,
    groups,
  ]);
}

export default { render };
