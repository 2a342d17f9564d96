// The catalogue: how it begins, and what is in it.

import { h } from "../base/dom.js";
import { thumbnail } from "./pieces.js";

export function makeListPages(desk) {
  const { setup, drafts, photos, view, own, begun, act, open, openProduct, button, draw, el } = desk;

  function productPart(product, place, all) {
    const move = (by, label, sign) =>
      button(sign, "bk-kecil", () => act({ type: "move", product: product.id, by }), {
        "aria-label": `${label} ${product.name}`,
        id: `kt-${by}-${product.id}`,
        disabled: Boolean(desk.busy) || (by < 0 ? place === 0 : place === all.length - 1),
      });
    const waiting = photos.busy(product.id);
    return h(
      "li",
      { class: "kt-barang" },
      thumbnail(photos, product),
      h(
        "div",
        {},
        h("strong", {}, product.name),
        h("span", { class: "kt-harga" }, product.price),
        product.description ? h("small", {}, product.description) : null,
        waiting ? h("small", { role: "status", "data-foto": product.id }, photos.words(product.id)) : null,
      ),
      h(
        "div",
        { class: "bk-aksi" },
        button("Ubah", "bk-kecil", () => openProduct(product), { "aria-label": `Ubah ${product.name}` }),
        button("Hapus", "bk-kecil", () => act({ type: "delete", product: product.id }), {
          "aria-label": `Hapus ${product.name}`,
        }),
        all.length > 1 ? [move(-1, "Naikkan", "↑"), move(1, "Turunkan", "↓")] : null,
      ),
    );
  }

  function startPage() {
    if (desk.ask === "agree")
      return [
        h("h1", {}, "Katalog"),
        h(
          "section",
          { class: "bk-kartu bk-setuju" },
          h("h2", {}, "Sebelum mulai"),
          h(
            "ul",
            {},
            setup.consent.map((line) => h("li", {}, line)),
          ),
        ),
        button("Setuju, buat katalog", "bk-utama", () => act({ type: "begin" })),
        button("Batal", "bk-tipis", () => {
          desk.ask = "";
          draw();
        }),
      ];
    return [
      h("h1", {}, "Katalog"),
      said(),
      h(
        "p",
        {},
        "Barang Anda, dengan foto dan harga, jadi satu halaman untuk dikirim lewat WhatsApp. Pembeli membukanya tanpa internet, lalu mengetuk Pesan.",
      ),
      h("p", {}, "Anda juga mendapat daftar harga untuk dicetak."),
      button("Buat katalog saya", "bk-utama", () => {
        desk.told = null;
        if (setup.consent.length) {
          desk.ask = "agree";
          draw();
          el.scrollIntoView({ block: "start" });
        } else act({ type: "begin" });
      }),
      button("Lihat contoh", "bk-tipis", () => act({ type: "sample" })),
    ];
  }

  const said = () =>
    desk.told?.message
      ? h(
          "div",
          { class: desk.told.ok ? "bk-pesan" : "bk-pesan bk-buruk", role: desk.told.ok ? "status" : "alert" },
          h("span", {}, desk.told.message),
          desk.told.undo ? button("Urungkan", "bk-kecil", () => act({ type: "undo" })) : null,
        )
      : null;

  function previewPart() {
    if (!desk.preview) return null;
    const frame = h("iframe", {
      class: "kt-layar",
      title: "Katalog di HP pembeli",
      sandbox: "allow-popups allow-popups-to-escape-sandbox",
    });
    frame.srcdoc = desk.preview;
    return h(
      "section",
      { class: "kt-hp", "aria-label": "Seperti dilihat pembeli", tabindex: -1 },
      frame,
      button("Tutup", "bk-tipis", () => {
        desk.preview = "";
        draw();
      }),
    );
  }

  function listPage() {
    const { seller, products, mode } = view();
    const full = products.length >= setup.most;
    return [
      h("h1", {}, "Katalog"),
      mode === "sample"
        ? h(
            "p",
            { class: "bk-contoh" },
            h("strong", {}, "Contoh."),
            " Tidak ada yang disimpan. ",
            button("Buat katalog saya sendiri", "kt-teks", () => act({ type: "leave" })),
          )
        : null,
      said(),
      h(
        "section",
        { class: "bk-kartu" },
        h("strong", { class: "kt-usaha" }, seller.name),
        h(
          "p",
          { class: seller.phone ? undefined : "bk-salah" },
          seller.phone ? `Pesanan ke WhatsApp ${seller.phone}` : "Nomor WhatsApp belum diisi.",
        ),
        seller.about ? h("p", { class: "bk-kecil-teks kt-isi" }, seller.about) : null,
        button("Ubah nama dan nomor", "bk-tipis", () => open("seller", { ...seller })),
      ),
      begun().map((one) =>
        h(
          "div",
          { class: "bk-awas" },
          h("p", {}, one.name ? `${one.name} belum selesai ditulis.` : "Satu barang belum selesai ditulis."),
          button("Lanjutkan", "bk-kecil", () => open("product", one)),
        ),
      ),
      products.length
        ? h("ul", { class: "bk-daftar" }, products.map(productPart))
        : h("p", { class: "bk-kosong" }, "Belum ada barang. Mulai dengan satu yang paling laku."),
      full
        ? h("p", { class: "bk-kecil-teks" }, `Sudah penuh: ${setup.most} barang. Hapus dulu yang tidak dijual lagi.`)
        : button("Tambah barang", products.length ? "bk-tipis" : "bk-utama", () => openProduct()),
      products.length
        ? [
            h("h2", {}, "Bawa pulang"),
            button("Lihat seperti pembeli", "bk-tipis", () => act({ type: "make", what: "preview" })),
            previewPart(),
            button("Unduh katalog untuk pembeli", "bk-utama", () => act({ type: "make", what: "html" })),
            h(
              "p",
              { class: "bk-kecil-teks" },
              "Kirim berkasnya lewat WhatsApp sebagai Dokumen. Pembeli membukanya dengan Chrome. Harga berubah? Unduh dan kirim lagi.",
            ),
            button("Unduh daftar harga (PDF)", "bk-tipis", () => act({ type: "make", what: "pdf" })),
            h("p", { class: "bk-gema", role: "status" }, desk.fetched),
          ]
        : null,
      own()
        ? desk.ask === "erase"
          ? h(
              "section",
              { class: "bk-kartu" },
              h("p", {}, "Semua barang dan fotonya dihapus dari laptop kelas. Ini tidak bisa diurungkan."),
              button("Ya, hapus katalog", "bk-bahaya", () => {
                drafts.clear();
                act({ type: "erase" });
              }),
              button("Batal", "bk-tipis", () => {
                desk.ask = "";
                draw();
              }),
            )
          : button("Hapus katalog saya", "bk-tipis", () => {
              desk.ask = "erase";
              draw();
            })
        : null,
    ];
  }

  return { startPage, listPage };
}
