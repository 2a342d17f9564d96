// The photo check: advice on a product photo, and the photo improved.

import { shrinkPhoto } from "../../../widgets/umkm_widgets/photo_upload.js";
import { h, put } from "../base/dom.js";
import { makeDesk } from "../base/form_tool.js";

const HEAVIEST = 8 * 1024 * 1024;

/** How large a photo is before anything is done to it; nothing where this browser cannot open it. */
async function sizeOf(file) {
  const address = URL.createObjectURL(file);
  try {
    const picture = new Image();
    picture.src = address;
    await picture.decode();
    return { wide: picture.naturalWidth, high: picture.naturalHeight };
  } catch {
    return {};
  } finally {
    URL.revokeObjectURL(address);
  }
}

function render({ model, el }) {
  const setup = model.get("setup");
  const answer = h("div", { hidden: true });
  const empty = h("p", { class: "bk-kosong" }, "Belum ada foto. Foto satu barang dari depan, di dekat jendela.");
  const told = h("p", { class: "bk-gema", role: "status" });
  const wrong = h("p", { class: "bk-salah", role: "alert", "data-error": "photo" });
  const before = h("img", { alt: "Foto Anda", class: "pf-foto" });
  const after = h("img", { alt: "Foto sesudah dirapikan", class: "pf-foto" });
  const [sizeBefore, sizeAfter] = [h("p", { class: "bk-kecil-teks" }), h("p", { class: "bk-kecil-teks" })];
  const advice = h("div", {});
  const take = h("a", { class: "bk-utama", download: "foto-produk.jpg" }, "Unduh foto yang rapi");
  const addresses = new Map();
  const show = (picture, content) => {
    URL.revokeObjectURL(addresses.get(picture));
    addresses.set(picture, URL.createObjectURL(content));
    picture.src = addresses.get(picture);
  };
  const unseen = h(
    "p",
    { class: "bk-kecil-teks", hidden: true },
    "Foto aslinya tidak bisa ditampilkan di HP ini. Hasilnya bisa.",
  );
  before.addEventListener("error", () => {
    before.hidden = true;
    unseen.hidden = false;
  });
  // A page that comes back still holds what was said of a photo it no longer has.
  let asked = false;

  function shown(said) {
    told.textContent = "";
    if (!said.seen || !asked) return;
    answer.hidden = false;
    empty.hidden = true;
    sizeBefore.textContent = said.before;
    sizeAfter.textContent = said.after;
    const lines = said.advice.map((message) =>
      h("li", {}, message, said.left.includes(message) ? null : h("strong", {}, " Sudah teratasi di foto sesudahnya.")),
    );
    put(
      advice,
      said.advice.length
        ? h("ul", { class: "pf-saran" }, lines)
        : h("p", { class: "bk-pesan" }, "Foto ini sudah baik. Tidak ada saran."),
    );
  }

  const input = h("input", {
    type: "file",
    id: "pf-berkas",
    accept: "image/*",
    class: "bk-berkas",
    onchange: async () => {
      const [file] = input.files || [];
      input.value = "";
      if (!file) return;
      [wrong.textContent, told.textContent] = ["", "Memeriksa foto…"];
      const [size, small] = await Promise.all([sizeOf(file), shrinkPhoto(file)]);
      if (small.size > HEAVIEST) {
        [wrong.textContent, told.textContent] = [
          "Foto ini terlalu besar untuk diperiksa di sini. Kecilkan dulu di galeri HP, lalu pilih lagi.",
          "",
        ];
        return;
      }
      asked = true;
      before.hidden = false;
      unseen.hidden = true;
      show(before, file);
      Object.assign(desk.form, { wide: size.wide, high: size.high });
      desk.take([await small.arrayBuffer()]);
    },
  });
  const desk = makeDesk({ model, el, prefix: "pf", first: { done: ["square"] }, shown, keeps: false });
  const stop = desk.begin(() => [
    h("h1", {}, "Periksa foto"),
    h("p", {}, "Ambil atau pilih satu foto barang. Anda mendapat saran, dan fotonya dirapikan. Foto tidak disimpan."),
    h(
      "div",
      { class: "pf-pilih" },
      input,
      h("label", { for: "pf-berkas", class: "bk-utama" }, "Ambil atau pilih foto"),
    ),
    told,
    wrong,
    empty,
    answer,
  ]);
  put(
    answer,
    h("h2", {}, "Saran"),
    advice,
    h(
      "p",
      { class: "bk-kecil-teks" },
      "Ini saran dari hitungan sederhana, bukan penilaian. Mata Anda yang menentukan.",
    ),
    h("h2", {}, "Sebelum"),
    before,
    unseen,
    sizeBefore,
    h("h2", {}, "Sesudah"),
    after,
    sizeAfter,
    desk.tick("done", "Yang dirapikan", setup.done),
    take,
  );
  const listen = ({ type }, buffers) => {
    if (type !== "after") return;
    show(after, new Blob(buffers, { type: "image/jpeg" }));
    take.href = addresses.get(after);
  };
  model.on("msg:custom", listen);
  model.on("change:result", () => {
    if (model.get("result").ok === false) told.textContent = "";
  });
  return () => {
    stop();
    addresses.forEach((address) => URL.revokeObjectURL(address));
  };
}

export default { render };
