// The price calculator. Python reckons; the phone remembers the list.

import { h, onThisPhone, put } from "../base/dom.js";
import { makeDesk } from "../base/form_tool.js";
import { EXAMPLE, FIRST, TARGETS } from "./form.js";

const MOST_PRODUCTS = 200;

function render({ model, el }) {
  const store = onThisPhone(`umkm-harga-${model.get("setup").token}`);
  const kept = store.read();
  let products = Array.isArray(kept)
    ? kept.filter((one) => one && typeof one.name === "string" && one.form).slice(0, MOST_PRODUCTS)
    : [];
  let told = "";
  const answer = h("div", { class: "hj-jawaban", "aria-live": "polite" });
  // The answer stands below a long form; its gist stays in sight. Readers hear the answer itself.
  const gist = h("p", { class: "hj-ringkas", "aria-hidden": "true" });
  const list = h("section", { class: "bk-kartu" });

  const figures = (lines) => lines.map(([label, value]) => h("div", {}, h("dt", {}, label), h("dd", {}, value)));
  const instead = (text) => {
    gist.textContent = "";
    put(answer, h("p", { class: "bk-kosong" }, text));
  };
  function shown(said) {
    gist.textContent = `HPP ${said.cost} · Harga ${said.price} · Untung ${said.profit}`;
    put(
      answer,
      h(
        "dl",
        { class: "bk-angka bk-hasil" },
        figures([
          ["HPP satu", said.cost],
          ["Harga jual", said.price],
          ...(said.fee ? [["Potongan marketplace", said.fee]] : []),
          ["Untung tiap barang", said.profit],
        ]),
      ),
      said.loss ? h("p", { class: "bk-awas" }, "Harga ini rugi. Naikkan harga atau turunkan biaya.") : null,
      h(
        "div",
        { class: "bk-banding" },
        h("div", {}, h("strong", {}, said.margin), h("span", {}, "Margin"), h("small", {}, "untung dibagi harga jual")),
        h("div", {}, h("strong", {}, said.markup || "-"), h("span", {}, "Markup"), h("small", {}, "untung dibagi HPP")),
      ),
      said.mixed ? h("p", { class: "bk-awas" }, said.mixed) : null,
      h(
        "section",
        { class: "bk-kartu" },
        h("h2", {}, "Kalau diskon 10%"),
        h(
          "dl",
          { class: "bk-langkah" },
          figures([
            ["Harga menjadi", said.discount.price],
            ["Untung menjadi", said.discount.profit],
          ]),
        ),
        h("p", {}, said.discount.more),
      ),
      said.even ? h("p", { class: "bk-pesan" }, said.even) : null,
      h("details", {}, h("summary", {}, "Cara menghitung HPP"), h("dl", { class: "bk-langkah" }, figures(said.steps))),
      h("button", { type: "button", class: "bk-utama", onclick: () => save(said) }, "Simpan ke daftar harga"),
    );
  }
  function save(said) {
    const name = desk.form.name.trim();
    if (!name) {
      told = "Tulis dulu nama barangnya.";
      drawList();
      return el.querySelector("#hj-name").focus();
    }
    products = [
      ...products.filter((one) => one.name !== name),
      { name, price: said.price, form: JSON.parse(JSON.stringify(desk.form)) },
    ];
    told = store.write(products)
      ? `${name} masuk daftar harga. Disimpan di HP ini saja.`
      : "HP ini tidak mau menyimpan. Unduh daftar harganya sebelum keluar.";
    drawList();
  }
  function drawList() {
    put(
      list,
      h("h2", {}, "Daftar harga saya"),
      told ? h("p", { class: "bk-pesan", role: "status" }, told) : null,
      products.length
        ? [
            h(
              "ul",
              { class: "bk-daftar" },
              products.map((one) =>
                h(
                  "li",
                  { class: "bk-satu" },
                  h(
                    "button",
                    {
                      type: "button",
                      class: "bk-baris",
                      onclick: () => {
                        told = "";
                        drawList();
                        desk.reset(one.form);
                        el.scrollIntoView({ block: "start" });
                      },
                    },
                    h("span", { class: "bk-apa" }, one.name),
                    h("span", { class: "bk-uang" }, one.price),
                  ),
                  h(
                    "button",
                    {
                      type: "button",
                      class: "bk-kecil",
                      "aria-label": `Hapus ${one.name}`,
                      onclick: () => {
                        products = products.filter((other) => other !== one);
                        store.write(products);
                        drawList();
                      },
                    },
                    "×",
                  ),
                ),
              ),
            ),
            h(
              "button",
              {
                type: "button",
                class: "bk-tipis",
                onclick: () => desk.make("list", { products: products.map(({ name, price }) => ({ name, price })) }),
              },
              "Unduh daftar harga (PDF)",
            ),
          ]
        : h("p", { class: "bk-kosong" }, "Belum ada. Hitung satu barang, lalu simpan."),
    );
  }

  const desk = makeDesk({
    model,
    el,
    prefix: "hj",
    first: FIRST,
    shown,
    refused: (said) => instead(said.message),
    idle: () => instead("Isi dulu biayanya. Harga jual dihitung sambil Anda mengetik."),
    redraws: {
      way() {},
      target() {
        desk.form.aim = "";
      },
    },
  });
  const { money, choose } = desk;
  function ingredients() {
    const lines = desk.form.ingredients;
    const cell = (line, name, label, options) => {
      const input = h("input", {
        "aria-label": label,
        placeholder: label.split(" ")[0] === "Harga" ? "Harga" : label,
        value: line[name] || "",
        autocomplete: "off",
        ...options,
        oninput: () => {
          line[name] = input.value;
          desk.ask();
        },
      });
      return input;
    };
    return h(
      "fieldset",
      { class: "bk-kolom" },
      h("legend", {}, "Bahan sekali masak"),
      h("p", { class: "bk-kecil-teks" }, "Contoh: telur, harga Rp28.000, isi 16 butir, dipakai 10 butir."),
      lines.map((line, place) =>
        h(
          "div",
          { class: "bk-barang bk-bahan" },
          cell(line, "name", "Nama bahan", { maxlength: 80 }),
          cell(line, "price", "Harga beli", { inputmode: "decimal" }),
          cell(line, "size", "Isinya", { inputmode: "decimal" }),
          cell(line, "used", "Dipakai", { inputmode: "decimal" }),
          h(
            "button",
            {
              type: "button",
              class: "bk-kecil",
              "aria-label": `Hapus bahan ${place + 1}`,
              onclick: () => {
                lines.splice(place, 1);
                if (!lines.length) lines.push({});
                desk.draw();
                desk.ask();
              },
            },
            "×",
          ),
        ),
      ),
      h(
        "button",
        {
          type: "button",
          class: "bk-tipis",
          onclick: () => {
            lines.push({});
            desk.draw();
            [...el.querySelectorAll(".bk-bahan")].pop().querySelector("input").focus();
          },
        },
        "+ Tambah bahan",
      ),
      desk.wrong("ingredients"),
    );
  }
  drawList();
  return desk.begin(() => [
    h("h1", {}, "Harga jual"),
    h("p", {}, "Hitung biaya satu barang, lalu tentukan harganya. Tidak ada yang dikirim ke laporan."),
    desk.example("Lihat contoh: nasi uduk", EXAMPLE),
    desk.field("name", "Nama barang", { maxlength: 80 }),
    choose("way", "Barangnya dari mana?", [
      ["resep", "Dibuat sendiri"],
      ["beli", "Dibeli jadi"],
    ]),
    desk.form.way === "resep"
      ? [
          ingredients(),
          money("portions", "Jadi berapa porsi?"),
          money("labour", "Upah sekali masak (boleh kosong)"),
          money("overhead", "Gas, listrik, dan lain-lain (boleh kosong)"),
          money("waste", "Yang gosong atau tidak laku, berapa persen? (boleh kosong)"),
        ]
      : [
          money("total", "Harga beli semuanya"),
          money("quantity", "Dapat berapa?"),
          money("freight", "Ongkos kirim (boleh kosong)"),
        ],
    money("packaging", "Kemasan tiap barang (boleh kosong)"),
    money("fee", "Potongan marketplace, berapa persen? (boleh kosong)"),
    choose("target", "Harga ditentukan dari apa?", TARGETS),
    money("aim", TARGETS.find(([name]) => name === desk.form.target)?.[2]),
    desk.form.target === "harga"
      ? null
      : choose("step", "Harga dibulatkan ke", [
          ["100", "Rp100"],
          ["500", "Rp500"],
          ["1000", "Rp1.000"],
          ["1", "Tidak"],
        ]),
    money("fixed", "Biaya tetap sebulan yang belum dihitung di atas: sewa, gaji, listrik (boleh kosong)"),
    answer,
    list,
    gist,
  ]);
}

export default { render };
