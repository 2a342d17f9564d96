// The catalogue: the form of a product or of the shop.

import { h } from "../base/dom.js";
import { thumbnail, typedField } from "./pieces.js";

export function makeFormPage(desk) {
  const { setup, photos, own, find, send, close, button, el } = desk;

  function photoPart() {
    const product = desk.form.fields.product;
    if (!own() || !photos.can) return h("p", { class: "bk-kecil-teks" }, "Foto bisa dipasang di katalog Anda sendiri.");
    const input = h("input", {
      type: "file",
      id: "kt-foto",
      accept: "image/*",
      class: "bk-berkas",
      onchange: () => {
        const [file] = input.files || [];
        input.value = "";
        if (file) photos.send(product, file);
      },
    });
    return h(
      "div",
      { class: "bk-kolom", "data-bagian": "foto" },
      h("p", { class: "kt-label" }, "Foto (boleh kosong)"),
      desk.form.fields.photo ? h("div", { class: "kt-satu" }, thumbnail(photos, desk.form.fields)) : null,
      h(
        "div",
        { class: "ck-pilih" },
        input,
        h(
          "label",
          { for: "kt-foto", class: "bk-tipis" },
          desk.form.fields.photo ? "Ganti foto" : "Ambil atau pilih foto",
        ),
      ),
      desk.form.fields.photo
        ? button("Lepas foto", "bk-kecil", () => {
            desk.form.fields.photo = "";
            desk.form.typed();
            drawPhoto();
          })
        : null,
      h("p", { class: "bk-gema", role: "status", "data-foto": product }, photos.words(product)),
    );
  }

  /** The photo alone: the field beside it is being typed in. */
  const drawPhoto = () => el.querySelector("[data-bagian=foto]")?.replaceWith(photoPart());

  function formPage() {
    const isNew = desk.form.kind === "product" && !find(desk.form.fields.product);
    const general = desk.form.errors[""];
    return [
      h("h1", {}, desk.form.kind === "seller" ? "Nama dan nomor" : isNew ? "Tambah barang" : "Ubah barang"),
      general ? h("div", { class: "bk-pesan bk-buruk", role: "alert" }, general) : null,
      desk.form.kind === "seller"
        ? [
            typedField(desk.form, "name", "Nama usaha", { maxlength: 80 }),
            typedField(
              desk.form,
              "phone",
              "Nomor WhatsApp untuk pesanan",
              { inputmode: "tel", maxlength: 30, placeholder: "0812 3456 7890" },
              "Pembeli mengetuk Pesan, lalu obrolan dengan nomor ini terbuka.",
            ),
            typedField(desk.form, "about", "Keterangan (boleh kosong)", {
              rows: "3",
              maxlength: setup.longest_text,
              placeholder: "Misalnya alamat dan jam buka",
            }),
          ]
        : [
            typedField(desk.form, "name", "Nama barang", {
              maxlength: setup.longest_name,
              placeholder: "Misalnya Sate bandeng",
            }),
            typedField(desk.form, "price", "Harga", {
              inputmode: "decimal",
              maxlength: 40,
              placeholder: "Misalnya 45rb",
            }),
            typedField(desk.form, "description", "Keterangan (boleh kosong)", {
              rows: "3",
              maxlength: setup.longest_text,
              placeholder: "Ukuran, isi, rasa, tahan berapa lama",
            }),
            photoPart(),
          ],
      button("Simpan", "bk-utama", send),
      button("Batal", "bk-tipis", close),
    ];
  }

  return { formPage, drawPhoto };
}
