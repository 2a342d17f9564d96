// The listing editor: title and description of a product.

import { copyText, h, put } from "../base/dom.js";
import { makeDesk } from "../base/form_tool.js";

const FIRST = {
  food: "ya",
  what: "",
  brand: "",
  size: "",
  made_of: "",
  keeps: "",
  maker: "",
  order: "",
  price: "",
  p_irt: "",
  title: "",
  description: "",
  platform: "",
};

function render({ model, el }) {
  const setup = model.get("setup");
  const answer = h("div", { "aria-live": "polite" });
  const advice = (one) => h("li", {}, h("strong", {}, one.weight === "wajib" ? "Wajib: " : "Saran: "), one.message);
  const own = (name, label, text, count) => {
    const area = h("textarea", {
      id: `jd-${name}`,
      rows: name === "title" ? "2" : "8",
      value: desk.form[name] || text,
      "aria-describedby": `jd-${name}-hitung`,
      oninput: () => {
        desk.form[name] = area.value;
        desk.ask();
      },
    });
    return h(
      "div",
      { class: "bk-kolom" },
      h("label", { for: `jd-${name}` }, label),
      area,
      h("p", { class: "bk-kecil-teks", id: `jd-${name}-hitung` }, count),
    );
  };
  const copied = h("p", { class: "bk-gema", role: "status" });
  async function copy() {
    const text = `${el.querySelector("#jd-title").value}\n\n${el.querySelector("#jd-description").value}`;
    if (await copyText(el, text)) {
      copied.textContent = "Sudah disalin. Tempel di WhatsApp atau marketplace.";
      return;
    }
    el.querySelector("#jd-description").select();
    copied.textContent = "Tekan lama tulisannya, lalu pilih Salin.";
  }
  let begun = false;
  function shown(said) {
    if (!said.title) {
      begun = false;
      return put(answer, h("p", { class: "bk-kosong" }, "Isi jenis barangnya. Judul dan deskripsinya jadi sendiri."));
    }
    const list = said.advice.length
      ? h("ul", { class: "bk-daftar" }, said.advice.map(advice))
      : h("p", { class: "bk-pesan" }, "Tidak ada yang perlu diubah.");
    if (begun && document.activeElement && ["jd-title", "jd-description"].includes(document.activeElement.id)) {
      // Somebody is writing in a box: leave it, renew what stands around it.
      el.querySelector("#jd-title-hitung").textContent = said.title_count;
      el.querySelector("#jd-description-hitung").textContent = said.description_count;
      return put(el.querySelector(".jd-saran"), list);
    }
    begun = true;
    put(
      answer,
      h("h2", {}, "Hasilnya, boleh Anda ubah"),
      own("title", "Judul", said.title, said.title_count),
      own("description", "Deskripsi", said.description, said.description_count),
      h("button", { type: "button", class: "bk-utama", onclick: copy }, "Salin semuanya"),
      copied,
      desk.form.title || desk.form.description
        ? h(
            "button",
            {
              type: "button",
              class: "bk-tipis",
              onclick: () => {
                desk.form.title = "";
                desk.form.description = "";
                desk.ask(0);
              },
            },
            "Susun ulang dari isian",
          )
        : null,
      h("h2", {}, "Saran"),
      h("div", { class: "jd-saran" }, list),
      h(
        "p",
        { class: "bk-kecil-teks" },
        "Saran, bukan penilaian hukum. Tanyakan ke Dinas bila ragu soal label dan izin.",
      ),
    );
  }
  const desk = makeDesk({ model, el, prefix: "jd", first: { ...FIRST, platform: setup.platforms[0][0] }, shown });
  if (!setup.platforms.some(([value]) => value === desk.form.platform)) [[desk.form.platform]] = setup.platforms;
  return desk.begin(() => [
    h("h1", {}, "Judul & deskripsi"),
    h("p", {}, "Isi yang Anda tahu tentang barangnya. Isiannya tinggal di HP ini."),
    desk.choose("food", "Makanan atau minuman?", [
      ["ya", "Ya"],
      ["tidak", "Bukan"],
    ]),
    desk.choose("platform", "Untuk dipasang di mana?", setup.platforms),
    desk.field("what", "Jenis barang", { maxlength: 80, placeholder: "Misalnya Sate bandeng asap" }),
    desk.field("brand", "Merek atau nama usaha", { maxlength: 60, placeholder: "Misalnya Teh Neneng" }),
    desk.field("size", "Ukuran, isi, rasa, atau warna", { maxlength: 80, placeholder: "Misalnya 1 ekor 350 gram" }),
    desk.field("made_of", "Bahannya", { maxlength: 200, placeholder: "Misalnya bandeng, santan, ketumbar" }),
    desk.field("keeps", "Tahan berapa lama, cara menyimpan atau merawat", { maxlength: 200 }),
    desk.field("maker", "Dibuat di mana, oleh siapa", { maxlength: 120 }),
    desk.field("order", "Cara pesan dan kirim", { maxlength: 200 }),
    desk.money("price", "Harga", { placeholder: "Misalnya 45rb" }),
    desk.field("p_irt", "Nomor P-IRT (boleh kosong)", { inputmode: "numeric", maxlength: 40 }),
    answer,
  ]);
}

export default { render };
