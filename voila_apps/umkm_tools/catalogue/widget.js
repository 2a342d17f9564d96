// The catalogue: the page, what Python is told, what it says back.
// A product half written down stays on this phone until Python has it.

import { download, draftsOnThisPhone, h, newId } from "../base/dom.js";
import { makePhotos, thumbnail, typedField } from "./pieces.js";

const RESEND = 6000;

function render({ model, el }) {
  const setup = model.get("setup");
  const drafts = draftsOnThisPhone(`umkm-katalog-${setup.token}`);
  el.style.scrollMarginTop = "80px"; // the shell's header stays on top
  let form = null; // { kind: "product" | "seller", fields, errors, choices }
  let told = null;
  let ask = ""; // "agree" or "erase"
  let busy = ""; // what Python has not answered yet; it goes out again until then
  let slow = false;
  let again = 0;
  let attaching = 0;
  const unattached = new Map();
  let preview = "";
  let fetched = "";
  let resumed = false;

  const view = () => model.get("view");
  const own = () => view().mode === "own";
  const find = (product) => view().products.find((one) => one.id === product);
  const photos = makePhotos({ heard(product, name) {
    if (name && form && form.fields.product === product) { form.fields.photo = name; form.typed(); }
    if (name) { unattached.set(product, name); attach(); }
    const line = el.querySelector(`[data-foto="${product}"]`);
    if (line && !name) line.textContent = photos.words(product);
    else if (line && form) drawPhoto();
    else if (line) draw();
  } });

  /** A photo that has arrived belongs to its product once Python says so; until then it is told again. */
  function attach() {
    for (const [product, photo] of unattached) {
      if (find(product)?.photo === photo) unattached.delete(product);
      else if (own() && find(product)) model.send({ type: "attach", id: newId(), product, photo });
    }
    clearTimeout(attaching);
    if (unattached.size) attaching = setTimeout(attach, RESEND);
  }

  const begun = () => (own() ? Object.values(drafts.all()).filter(({ product }) => typeof product === "string") : []);
  function act(message) {
    busy = newId(); slow = false; told = null; fetched = ""; ask = "";
    const asked = { ...message, id: busy };
    model.send(asked);
    clearInterval(again);
    again = setInterval(() => { if (!slow) { slow = true; draw(); } model.send(asked); }, RESEND);
    draw();
  }
  function open(kind, fields) {
    form = { kind, fields, errors: {}, choices: null, typed() { if (kind === "product" && own()) drafts.keep(form.fields.product, form.fields); }, again() { send(); } };
    told = null; ask = ""; preview = "";
    draw();
    el.scrollIntoView({ block: "start" });
    el.querySelector("input[type=text], input:not([type])")?.focus({ preventScroll: true });
  }
  const openProduct = (product) => open("product", product
    ? begun().find((one) => one.product === product.id) || { product: product.id, name: product.name, price: product.price, description: product.description, photo: product.photo }
    : begun().find((one) => !find(one.product)) || { product: newId(), name: "", price: "", description: "", photo: "" });
  function send() {
    form.errors = {}; form.choices = null;
    unattached.delete(form.fields.product);
    act({ ...form.fields, type: form.kind === "product" ? "save" : "describe" });
  }
  function close() {
    if (form.kind === "product") { photos.cancel(form.fields.product); drafts.drop(form.fields.product); }
    form = null;
    draw();
  }
  const button = (label, kind, onclick, more = {}) => h("button", { type: "button", class: kind, disabled: Boolean(busy), onclick, ...more }, label);

  function photoPart() {
    const product = form.fields.product;
    if (!own() || !photos.can) return h("p", { class: "bk-kecil-teks" }, "Foto bisa dipasang di katalog Anda sendiri.");
    const input = h("input", { type: "file", id: "kt-foto", accept: "image/*", class: "bk-berkas", onchange: () => { const [file] = input.files; input.value = ""; if (file) photos.send(product, file); } });
    return h("div", { class: "bk-kolom", "data-bagian": "foto" }, h("p", { class: "kt-label" }, "Foto (boleh kosong)"),
      form.fields.photo ? h("div", { class: "kt-satu" }, thumbnail(photos, form.fields)) : null,
      h("div", { class: "ck-pilih" }, input, h("label", { for: "kt-foto", class: "bk-tipis" }, form.fields.photo ? "Ganti foto" : "Ambil atau pilih foto")),
      form.fields.photo ? button("Lepas foto", "bk-kecil", () => { form.fields.photo = ""; form.typed(); drawPhoto(); }) : null,
      h("p", { class: "bk-gema", role: "status", "data-foto": product }, photos.words(product)));
  }
  /** The photo alone: the field beside it is being typed in. */
  const drawPhoto = () => el.querySelector("[data-bagian=foto]")?.replaceWith(photoPart());
  function formPage() {
    const isNew = form.kind === "product" && !find(form.fields.product);
    const general = form.errors[""];
    return [
      h("h1", {}, form.kind === "seller" ? "Nama dan nomor" : isNew ? "Tambah barang" : "Ubah barang"),
      general ? h("div", { class: "bk-pesan bk-buruk", role: "alert" }, general) : null,
      form.kind === "seller" ? [
        typedField(form, "name", "Nama usaha", { maxlength: 80 }),
        typedField(form, "phone", "Nomor WhatsApp untuk pesanan", { inputmode: "tel", maxlength: 30, placeholder: "0812 3456 7890" }, "Pembeli mengetuk Pesan, lalu obrolan dengan nomor ini terbuka."),
        typedField(form, "about", "Keterangan (boleh kosong)", { rows: "3", maxlength: setup.longest_text, placeholder: "Misalnya alamat dan jam buka" }),
      ] : [
        typedField(form, "name", "Nama barang", { maxlength: setup.longest_name, placeholder: "Misalnya Sate bandeng" }),
        typedField(form, "price", "Harga", { inputmode: "decimal", maxlength: 40, placeholder: "Misalnya 45rb" }),
        typedField(form, "description", "Keterangan (boleh kosong)", { rows: "3", maxlength: setup.longest_text, placeholder: "Ukuran, isi, rasa, tahan berapa lama" }),
        photoPart(),
      ],
      button("Simpan", "bk-utama", send),
      button("Batal", "bk-tipis", close),
    ];
  }
  function productPart(product, place, all) {
    const move = (by, label, sign) => button(sign, "bk-kecil", () => act({ type: "move", product: product.id, by }), { "aria-label": `${label} ${product.name}`, id: `kt-${by}-${product.id}`, disabled: Boolean(busy) || (by < 0 ? place === 0 : place === all.length - 1) });
    const waiting = photos.busy(product.id);
    return h("li", { class: "kt-barang" }, thumbnail(photos, product),
      h("div", {}, h("strong", {}, product.name), h("span", { class: "kt-harga" }, product.price), product.description ? h("small", {}, product.description) : null,
        waiting ? h("small", { role: "status", "data-foto": product.id }, photos.words(product.id)) : null),
      h("div", { class: "bk-aksi" }, button("Ubah", "bk-kecil", () => openProduct(product), { "aria-label": `Ubah ${product.name}` }),
        button("Hapus", "bk-kecil", () => act({ type: "delete", product: product.id }), { "aria-label": `Hapus ${product.name}` }),
        all.length > 1 ? [move(-1, "Naikkan", "↑"), move(1, "Turunkan", "↓")] : null));
  }
  function startPage() {
    if (ask === "agree") return [h("h1", {}, "Katalog"), h("section", { class: "bk-kartu bk-setuju" }, h("h2", {}, "Sebelum mulai"), h("ul", {}, setup.consent.map((line) => h("li", {}, line)))),
      button("Setuju, buat katalog", "bk-utama", () => act({ type: "begin" })), button("Batal", "bk-tipis", () => { ask = ""; draw(); })];
    return [h("h1", {}, "Katalog"), said(),
      h("p", {}, "Barang Anda, dengan foto dan harga, jadi satu halaman untuk dikirim lewat WhatsApp. Pembeli membukanya tanpa internet, lalu mengetuk Pesan."),
      h("p", {}, "Anda juga mendapat daftar harga untuk dicetak."),
      button("Buat katalog saya", "bk-utama", () => { told = null; if (setup.consent.length) { ask = "agree"; draw(); el.scrollIntoView({ block: "start" }); } else act({ type: "begin" }); }),
      button("Lihat contoh", "bk-tipis", () => act({ type: "sample" }))];
  }
  const said = () => (told && told.message ? h("div", { class: told.ok ? "bk-pesan" : "bk-pesan bk-buruk", role: told.ok ? "status" : "alert" }, h("span", {}, told.message), told.undo ? button("Urungkan", "bk-kecil", () => act({ type: "undo" })) : null) : null);
  function previewPart() {
    if (!preview) return null;
    const frame = h("iframe", { class: "kt-layar", title: "Katalog di HP pembeli", sandbox: "allow-popups allow-popups-to-escape-sandbox" });
    frame.srcdoc = preview;
    return h("section", { class: "kt-hp", "aria-label": "Seperti dilihat pembeli", tabindex: -1 }, frame, button("Tutup", "bk-tipis", () => { preview = ""; draw(); }));
  }
  function listPage() {
    const { seller, products, mode } = view();
    const full = products.length >= setup.most;
    return [
      h("h1", {}, "Katalog"),
      mode === "sample" ? h("p", { class: "bk-contoh" }, h("strong", {}, "Contoh."), " Tidak ada yang disimpan. ", button("Buat katalog saya sendiri", "kt-teks", () => act({ type: "leave" }))) : null,
      said(),
      h("section", { class: "bk-kartu" }, h("strong", { class: "kt-usaha" }, seller.name),
        h("p", { class: seller.phone ? undefined : "bk-salah" }, seller.phone ? `Pesanan ke WhatsApp ${seller.phone}` : "Nomor WhatsApp belum diisi."),
        seller.about ? h("p", { class: "bk-kecil-teks kt-isi" }, seller.about) : null,
        button("Ubah nama dan nomor", "bk-tipis", () => open("seller", { ...seller }))),
      begun().map((one) => h("div", { class: "bk-awas" }, h("p", {}, one.name ? `${one.name} belum selesai ditulis.` : "Satu barang belum selesai ditulis."), button("Lanjutkan", "bk-kecil", () => open("product", one)))),
      products.length ? h("ul", { class: "bk-daftar" }, products.map(productPart)) : h("p", { class: "bk-kosong" }, "Belum ada barang. Mulai dengan satu yang paling laku."),
      full ? h("p", { class: "bk-kecil-teks" }, `Sudah penuh: ${setup.most} barang. Hapus dulu yang tidak dijual lagi.`) : button("Tambah barang", products.length ? "bk-tipis" : "bk-utama", () => openProduct()),
      products.length ? [
        h("h2", {}, "Bawa pulang"),
        button("Lihat seperti pembeli", "bk-tipis", () => act({ type: "make", what: "preview" })), previewPart(),
        button("Unduh katalog untuk pembeli", "bk-utama", () => act({ type: "make", what: "html" })),
        h("p", { class: "bk-kecil-teks" }, "Kirim berkasnya lewat WhatsApp sebagai Dokumen. Pembeli membukanya dengan Chrome. Harga berubah? Unduh dan kirim lagi."),
        button("Unduh daftar harga (PDF)", "bk-tipis", () => act({ type: "make", what: "pdf" })),
        h("p", { class: "bk-gema", role: "status" }, fetched),
      ] : null,
      own() ? (ask === "erase" ? h("section", { class: "bk-kartu" }, h("p", {}, "Semua barang dan fotonya dihapus dari laptop kelas. Ini tidak bisa diurungkan."),
        button("Ya, hapus katalog", "bk-bahaya", () => { drafts.clear(); act({ type: "erase" }); }), button("Batal", "bk-tipis", () => { ask = ""; draw(); }))
        : button("Hapus katalog saya", "bk-tipis", () => { ask = "erase"; draw(); })) : null,
    ];
  }
  function draw() {
    const held = document.activeElement && el.contains(document.activeElement) ? document.activeElement.id : "";
    if (own() && !resumed) { resumed = true; photos.resume([...new Set([...view().products.map((one) => one.id), ...begun().map((one) => one.product)])]); }
    const body = form ? formPage() : view().mode === "start" ? startPage() : listPage();
    root.replaceChildren(...[body, busy ? h("p", { class: slow ? "bk-awas" : "bk-gema", role: "status" }, slow ? "Menunggu sinyal. Jangan tutup halaman ini; permintaan Anda dikirim lagi sendiri." : "Sebentar…") : null].flat(9).filter(Boolean));
    if (held) root.querySelector(`#${CSS.escape(held)}`)?.focus({ preventScroll: true });
  }
  function hear() {
    const now = model.get("outcome");
    // What was not asked from here, such as the look below, ends no deed and closes no form.
    if (!now.id || now.id !== busy) {
      if (!now.id && !now.ok && !form && !busy) { told = now; draw(); }
      return;
    }
    busy = "";
    clearInterval(again);
    if (form && now.ok) { if (form.kind === "product") drafts.drop(form.fields.product); form = null; }
    else if (form) {
      const shown = ["name", "price", "description", "phone", "about"].includes(now.field) && (now.field in form.fields);
      form.errors = { [shown ? now.field : ""]: now.message };
      form.choices = now.choices;
    }
    if (!form && now.message) told = now;
    draw();
    if (form) el.querySelector("[aria-invalid=true]")?.focus();
    else if (now.message) root.querySelector(".bk-pesan")?.scrollIntoView({ block: "center" });
    if (!form && !now.ok && now.field === "phone") open("seller", { ...view().seller }), form.errors = { phone: now.message }, draw();
  }
  function receive(content, buffers) {
    if (content.type === "file") {
      download(el, content, buffers);
      fetched = `Berkas ${content.name} diunduh. Cari di folder Unduhan.`;
      draw();
    } else if (content.type === "preview") {
      preview = new TextDecoder().decode(buffers[0]);
      draw();
      root.querySelector(".kt-hp")?.scrollIntoView({ block: "start" });
    }
  }

  const root = h("div", { class: "umkm-buku hj" });
  el.replaceChildren(root);
  model.on("change:outcome", hear);
  model.on("change:view", () => { if (!form) draw(); }); // a field that is typed in stays as it is
  model.on("msg:custom", receive);
  draw();
  // Another phone may have changed it since this page was made.
  model.send({ type: "look", id: "" });
  return () => { clearInterval(again); clearTimeout(attaching); };
}

export default { render };
