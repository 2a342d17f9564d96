// Part of the price desk's module, and its end. Python reckons; the phone remembers the list.

const TARGETS = [["margin", "Margin (%)", "Berapa persen dari harga jual yang menjadi untung?"], ["markup", "Markup (%)", "Berapa persen ditambahkan di atas HPP?"],
  ["untung", "Untung (Rp)", "Berapa rupiah untung dari tiap barang?"], ["harga", "Harga sendiri", "Berapa harga jual yang Anda mau?"]];
const FIRST = { way: "resep", name: "", ingredients: [{}], portions: "", labour: "", overhead: "", waste: "", total: "", quantity: "", freight: "",
  packaging: "", fee: "", target: "margin", aim: "30", step: "500", fixed: "" };
const EXAMPLE = { ...FIRST, name: "Nasi uduk", portions: "20", labour: "20rb", overhead: "8rb", waste: "5", packaging: "Rp500", aim: "35", fixed: "600rb", ingredients: [
  { name: "Beras (kg)", price: "14rb", size: "1", used: "2" }, { name: "Santan (bungkus)", price: "4rb", size: "1", used: "3" },
  { name: "Telur (butir)", price: "28rb", size: "16", used: "10" }, { name: "Bumbu dan sambal", price: "15rb", size: "1", used: "1" }] };

function render({ model, el }) {
  const setup = model.get("setup");
  const key = `umkm-harga-${setup.token}`;
  el.style.scrollMarginTop = "80px";
  let form = structuredCopy(FIRST);
  let products = recall();
  let number = 0;
  let timer = 0;
  let told = "";

  function structuredCopy(value) { return JSON.parse(JSON.stringify(value)); }
  function recall() {
    try {
      const kept = JSON.parse(localStorage.getItem(key) || "[]");
      return Array.isArray(kept) ? kept.filter((one) => one && typeof one.name === "string" && one.form).slice(0, 200) : [];
    } catch { return []; }
  }
  function keep() {
    try { localStorage.setItem(key, JSON.stringify(products)); return true; } catch { return false; }
  }
  function ask() {
    clearTimeout(timer);
    timer = setTimeout(() => { number += 1; model.send({ type: "reckon", number, form }); }, 300);
  }

  const field = (name, label, options = {}, hint = "") => {
    const input = h("input", { id: `hj-${name}`, autocomplete: "off", inputmode: "decimal", value: form[name] || "", "aria-describedby": `hj-${name}-pesan`, ...options,
      oninput: () => { form[name] = input.value; ask(); } });
    return h("div", { class: "bk-kolom" }, h("label", { for: `hj-${name}` }, label), hint ? h("p", { class: "bk-kecil-teks" }, hint) : null, input,
      h("p", { class: "bk-salah", id: `hj-${name}-pesan`, "data-error": name }));
  };
  const choose = (name, label, options) => h("fieldset", { class: "bk-kolom" }, h("legend", {}, label), h("div", { class: "bk-pilih" }, options.map(([value, text]) =>
    h("label", {}, h("input", { type: "radio", name: `hj-${name}`, value, checked: form[name] === value, onchange: () => { form[name] = value; if (name === "target") form.aim = ""; draw(); ask(); } }), h("span", {}, text)))));

  function ingredients() {
    const cell = (line, name, label, options) => {
      const input = h("input", { "aria-label": label, placeholder: label.split(" ")[0] === "Harga" ? "Harga" : label, value: line[name] || "", autocomplete: "off", ...options, oninput: () => { line[name] = input.value; ask(); } });
      return input;
    };
    return h("fieldset", { class: "bk-kolom" }, h("legend", {}, "Bahan sekali masak"),
      h("p", { class: "bk-kecil-teks" }, "Contoh: telur, harga Rp28.000, isi 16 butir, dipakai 10 butir."),
      form.ingredients.map((line, place) => h("div", { class: "bk-barang bk-bahan" }, cell(line, "name", "Nama bahan", { maxlength: 80 }),
        cell(line, "price", "Harga beli", { inputmode: "decimal" }), cell(line, "size", "Isinya", { inputmode: "decimal" }), cell(line, "used", "Dipakai", { inputmode: "decimal" }),
        h("button", { type: "button", class: "bk-kecil", "aria-label": `Hapus bahan ${place + 1}`, onclick: () => { form.ingredients.splice(place, 1); if (!form.ingredients.length) form.ingredients.push({}); draw(); ask(); } }, "×"))),
      h("button", { type: "button", class: "bk-tipis", onclick: () => { form.ingredients.push({}); draw(); [...el.querySelectorAll(".bk-bahan")].pop().querySelector("input").focus(); } }, "+ Tambah bahan"),
      h("p", { class: "bk-salah", "data-error": "ingredients" }));
  }

  function answer() {
    const said = model.get("result");
    if (said.ok === undefined) return [h("p", { class: "bk-kosong" }, "Isi dulu biayanya. Harga jual dihitung sambil Anda mengetik.")];
    if (!said.ok) return [h("p", { class: "bk-kosong" }, said.message)];
    return [
      h("dl", { class: "bk-angka bk-hasil" }, [["HPP satu", said.cost], ["Harga jual", said.price], ...(said.fee ? [["Potongan marketplace", said.fee]] : []), ["Untung tiap barang", said.profit]]
        .map(([label, value]) => h("div", {}, h("dt", {}, label), h("dd", {}, value)))),
      said.loss ? h("p", { class: "bk-awas" }, "Harga ini rugi. Naikkan harga atau turunkan biaya.") : null,
      h("div", { class: "bk-banding" }, h("div", {}, h("strong", {}, said.margin), h("span", {}, "Margin"), h("small", {}, "untung dibagi harga jual")),
        h("div", {}, h("strong", {}, said.markup || "-"), h("span", {}, "Markup"), h("small", {}, "untung dibagi HPP"))),
      said.mixed ? h("p", { class: "bk-awas" }, said.mixed) : null,
      h("section", { class: "bk-kartu" }, h("h2", {}, "Kalau diskon 10%"), h("dl", { class: "bk-langkah" }, [["Harga menjadi", said.discount.price], ["Untung menjadi", said.discount.profit]]
        .map(([label, value]) => h("div", {}, h("dt", {}, label), h("dd", {}, value)))), h("p", {}, said.discount.more)),
      said.even ? h("p", { class: "bk-pesan" }, said.even) : null,
      h("details", {}, h("summary", {}, "Cara menghitung HPP"), h("dl", { class: "bk-langkah" }, said.steps.map(([label, value]) => h("div", {}, h("dt", {}, label), h("dd", {}, value))))),
      h("button", { type: "button", class: "bk-utama", onclick: save }, "Simpan ke daftar harga"),
    ];
  }
  function save() {
    const said = model.get("result");
    const name = form.name.trim();
    if (!name) { told = "Tulis dulu nama barangnya."; draw(); return el.querySelector("#hj-name").focus(); }
    products = [...products.filter((one) => one.name !== name), { name, price: said.price, form: structuredCopy(form) }];
    told = keep() ? `${name} masuk daftar harga. Disimpan di HP ini saja.` : "HP ini tidak mau menyimpan. Unduh daftar harganya sebelum keluar.";
    draw();
  }
  function listPart() {
    return h("section", { class: "bk-kartu" }, h("h2", {}, "Daftar harga saya"),
      products.length ? [h("ul", { class: "bk-daftar" }, products.map((one) => h("li", { class: "bk-satu" },
        h("button", { type: "button", class: "bk-baris", onclick: () => { form = { ...structuredCopy(FIRST), ...structuredCopy(one.form) }; told = ""; draw(); ask(); el.scrollIntoView({ block: "start" }); } }, h("span", { class: "bk-apa" }, one.name), h("span", { class: "bk-uang" }, one.price)),
        h("button", { type: "button", class: "bk-kecil", "aria-label": `Hapus ${one.name}`, onclick: () => { products = products.filter((other) => other !== one); keep(); draw(); } }, "×")))),
      h("button", { type: "button", class: "bk-tipis", onclick: () => model.send({ type: "print", products: products.map(({ name, price }) => ({ name, price })) }) }, "Unduh daftar harga (PDF)")]
        : h("p", { class: "bk-kosong" }, "Belum ada. Hitung satu barang, lalu simpan."));
  }

  function refresh() {
    const said = model.get("result");
    const place = el.querySelector(".hj-jawaban");
    if (place) place.replaceChildren(...answer().flat(9).filter(Boolean));
    // The answer stands below a long form; its gist stays in sight. Readers hear the answer itself.
    const gist = el.querySelector(".hj-ringkas");
    if (gist) gist.textContent = said.ok ? `HPP ${said.cost} · Harga ${said.price} · Untung ${said.profit}` : "";
    el.querySelectorAll("[data-error]").forEach((line) => {
      const mine = said.ok === false && said.field === line.dataset.error;
      line.textContent = mine ? said.message : "";
      if (mine && said.choices && line.dataset.error in form && line.dataset.error !== "ingredients") {
        line.append(h("span", { class: "bk-pilihan" }, said.choices.map((choice) => h("button", { type: "button", class: "bk-kecil",
          onclick: () => { form[said.field] = choice; draw(); ask(); } }, choice))));
      }
      const input = line.previousElementSibling;
      if (input && input.tagName === "INPUT") input.toggleAttribute("aria-invalid", mine);
    });
  }
  function draw() {
    const target = TARGETS.find(([name]) => name === form.target);
    el.replaceChildren(h("div", { class: "umkm-buku hj" },
      h("h1", {}, "Harga jual"),
      h("p", {}, "Hitung biaya satu barang, lalu tentukan harganya. Tidak ada yang dikirim ke laporan."),
      told ? h("p", { class: "bk-pesan", role: "status" }, told) : null,
      form.name ? null : h("button", { type: "button", class: "bk-tipis", onclick: () => { form = structuredCopy(EXAMPLE); told = ""; draw(); ask(); } }, "Lihat contoh: nasi uduk"),
      field("name", "Nama barang", { inputmode: "text", maxlength: 80 }),
      choose("way", "Barangnya dari mana?", [["resep", "Dibuat sendiri"], ["beli", "Dibeli jadi"]]),
      form.way === "resep" ? [ingredients(), field("portions", "Jadi berapa porsi?"), field("labour", "Upah sekali masak (boleh kosong)"), field("overhead", "Gas, listrik, dan lain-lain (boleh kosong)"),
        field("waste", "Yang gosong atau tidak laku, berapa persen? (boleh kosong)")]
        : [field("total", "Harga beli semuanya"), field("quantity", "Dapat berapa?"), field("freight", "Ongkos kirim (boleh kosong)")],
      field("packaging", "Kemasan tiap barang (boleh kosong)"),
      field("fee", "Potongan marketplace, berapa persen? (boleh kosong)"),
      choose("target", "Harga ditentukan dari apa?", TARGETS),
      field("aim", target[2]),
      form.target === "harga" ? null : choose("step", "Harga dibulatkan ke", [["100", "Rp100"], ["500", "Rp500"], ["1000", "Rp1.000"], ["1", "Tidak"]]),
      field("fixed", "Biaya tetap sebulan: sewa, gaji, listrik (boleh kosong)"),
      h("div", { class: "hj-jawaban", "aria-live": "polite" }, answer()),
      listPart(),
      h("p", { class: "hj-ringkas", "aria-hidden": "true" })));
    refresh();
  }
  function receive(content, buffers) {
    if (content.type !== "file") return;
    download(el, content, buffers);
    told = `Berkas ${content.name} diunduh. Cari di folder Unduhan.`;
    draw();
  }
  model.on("change:result", refresh);
  model.on("msg:custom", receive);
  draw();
  return () => clearTimeout(timer);
}

export default { render };
