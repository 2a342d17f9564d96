// The settlement check. Python reads and compares; this draws. Which
// column is what stays on this phone, by the headings of the list.

import { h, listsOnThisPhone, newId, put } from "../base/dom.js";

const LARGEST_FILE = 2000000;
const WAITING = { file: "Sedang dibaca…", write: "Sedang dimasukkan ke Buku kas…" };

function render({ model, el }) {
  const setup = model.get("setup");
  const lists = listsOnThisPhone(`umkm-cocok-${setup.token}`);
  el.style.scrollMarginTop = "80px";
  let told = null;
  let busy = "";
  let doing = "";
  let group = "";
  const open = {}; // whose columns are being chosen
  const picked = {}; // and what was chosen so far: an answer that arrives meanwhile draws them anew

  function act(message, buffers) {
    busy = newId();
    doing = message.type;
    told = null;
    model.send({ ...message, id: busy }, undefined, buffers);
    draw();
  }
  const card = (...children) => h("section", { class: "bk-kartu" }, ...children);
  const button = (label, message, kind = "bk-tipis") =>
    h("button", { type: "button", class: kind, disabled: Boolean(busy), onclick: () => act(message) }, label);

  function picker(side, label) {
    const input = h("input", {
      type: "file",
      accept: ".csv,.xlsx,.txt",
      class: "bk-berkas",
      id: `ck-${side}`,
      onchange: async () => {
        const file = input.files?.[0];
        input.value = "";
        if (!file) return;
        if (file.size > LARGEST_FILE) {
          told = { ok: false, message: "Berkas ini terlalu besar. Paling besar 2 MB. Bagi dulu menjadi dua." };
          return draw();
        }
        const content = await file.arrayBuffer();
        act({ type: "file", side, remembered: lists.all() }, [content]);
      },
    });
    return h("div", { class: "ck-pilih" }, input, h("label", { for: `ck-${side}`, class: "bk-tipis" }, label));
  }
  function columnsPart(side, list) {
    const of = JSON.stringify([list.signature, list.columns]);
    if (picked[side]?.of !== of) picked[side] = { of, columns: { ...list.columns } };
    const chosen = picked[side].columns;
    const rows = setup.fields.map(([name, label]) => {
      const needed = name === "on" || name === "amount";
      const select = h(
        "select",
        {
          id: `ck-${side}-${name}`,
          onchange: () => {
            if (select.value === "") delete chosen[name];
            else chosen[name] = Number(select.value);
          },
        },
        h("option", { value: "" }, needed ? "Pilih kolom" : "Tidak ada"),
        list.headings.map((heading, place) =>
          h(
            "option",
            { value: String(place), selected: chosen[name] === place },
            list.example[place] ? `${heading} (${list.example[place]})` : heading,
          ),
        ),
      );
      return h(
        "div",
        { class: "bk-kolom" },
        h("label", { for: `ck-${side}-${name}` }, needed ? label : `${label} (boleh kosong)`),
        select,
      );
    });
    return [
      h("p", { class: "bk-kecil-teks" }, "Kolom mana berisi apa? Diingat di HP ini untuk daftar yang sama."),
      rows,
      h(
        "button",
        {
          type: "button",
          class: "bk-utama",
          onclick: () => {
            open[side] = false;
            lists.remember(list.signature, chosen);
            act({ type: "columns", side, columns: chosen });
          },
        },
        "Pakai kolom ini",
      ),
    ];
  }
  function listPart(side, list) {
    if (!list) return null;
    if (list.missing || open[side]) return columnsPart(side, list);
    return [
      h("p", {}, h("strong", {}, `${list.count} baris terbaca.`)),
      list.notes.map((note) => h("p", { class: "bk-kecil-teks" }, note)),
      list.refusedCount
        ? h(
            "details",
            { class: "bk-tolak" },
            h("summary", {}, `${list.refusedCount} baris belum terbaca`),
            h(
              "ul",
              {},
              list.refused.map(([row, reason]) => h("li", {}, h("strong", {}, `${row}: `), reason)),
            ),
          )
        : null,
      h(
        "button",
        {
          type: "button",
          class: "bk-kecil",
          onclick: () => {
            open[side] = true;
            draw();
          },
        },
        "Ubah kolom",
      ),
    ];
  }
  function groupPart(one) {
    return h(
      "details",
      { open: one.name !== "matched" },
      h("summary", {}, `${one.title}: ${one.count} (${one.total})`),
      h(
        "ul",
        { class: "bk-daftar" },
        one.rows.map(([amount, about, message]) =>
          h("li", { class: "ck-baris" }, h("strong", {}, amount), h("small", {}, about), h("span", {}, message)),
        ),
      ),
      one.more ? h("p", { class: "bk-kecil-teks" }, `… dan ${one.more} lagi.`) : null,
    );
  }
  function answer(said) {
    return h(
      "section",
      { "aria-label": "Hasil", class: "ck-hasil", tabindex: -1 },
      h("h2", {}, "Hasil"),
      h("p", { class: "bk-kecil-teks" }, said.span),
      h(
        "dl",
        { class: "bk-angka" },
        said.facts.map(([label, value]) => h("div", {}, h("dt", {}, label), h("dd", {}, value))),
      ),
      (model.get("view").rates || []).map((rule) =>
        h(
          "p",
          { class: "bk-kecil-teks qr-sumber" },
          `Biaya diperiksa dengan tarif ${rule.rate}, berlaku sejak ${rule.since}. Sumber: ${rule.source}. Tanggal sumber: ${rule.dated}.`,
        ),
      ),
      said.clean ? h("p", { class: "bk-pesan", role: "status" }, "Semuanya cocok.") : null,
      said.groups.map(groupPart),
      said.held ? h("p", { class: "bk-awas", role: "status" }, said.held) : null,
      said.bookable ? button(`Masukkan ${said.bookable} penjualan ke Buku kas`, { type: "write" }, "bk-utama") : null,
    );
  }

  function draw() {
    const view = model.get("view");
    const sides = view.sides || {};
    golongan.value = view.class || "";
    put(
      root,
      h("h1", {}, "Cocokkan"),
      h(
        "p",
        {},
        "Bandingkan daftar dari penyedia QRIS dengan catatan Anda. Berkasnya hilang saat halaman ini ditutup.",
      ),
      view.sample
        ? h("p", { class: "bk-contoh" }, h("strong", {}, "Contoh."), " Toko dan angkanya dibuat-buat.")
        : null,
      told?.message
        ? h(
            "div",
            { class: told.ok ? "bk-pesan" : "bk-pesan bk-buruk", role: told.ok ? "status" : "alert" },
            told.message,
          )
        : null,
      busy ? h("p", { class: "bk-kecil-teks", role: "status" }, WAITING[doing] || "Sedang dihitung…") : null,
      card(
        h("h2", {}, "1. Daftar dari penyedia"),
        h("p", { class: "bk-kecil-teks" }, "Excel (.xlsx) atau CSV, diunduh dari aplikasi penyedia QRIS Anda."),
        picker("provider", sides.provider ? "Ganti berkas" : "Pilih berkas"),
        listPart("provider", sides.provider),
      ),
      view.sample
        ? null
        : card(
            h("h2", {}, "2. Catatan Anda"),
            view.book
              ? h("p", { class: "bk-pesan" }, "Memakai penjualan QRIS di Buku kas Anda.")
              : button("Pakai Buku kas saya", { type: "book" }),
            picker("mine", "Pilih berkas catatan lain"),
            listPart("mine", sides.mine),
          ),
      setup.classes.length
        ? h(
            "div",
            { class: "bk-kolom" },
            h("label", { for: "ck-golongan" }, "Periksa biaya menurut golongan usaha"),
            golongan,
          )
        : null,
      view.problem ? h("p", { class: "bk-awas", role: "status" }, view.problem) : null,
      view.compared ? answer(view.compared) : null,
      !sides.provider ? button("Lihat contoh", { type: "sample" }) : button("Mulai lagi dari awal", { type: "clear" }),
    );
  }
  function hear() {
    const said = model.get("outcome");
    if (said.id === busy) busy = "";
    told = said.message ? said : null;
    draw();
    if (told && !told.ok) root.querySelector("[role=alert]")?.scrollIntoView({ block: "center" });
    else if (group !== "ada" && model.get("view").compared) {
      group = "ada";
      root.querySelector(".ck-hasil")?.scrollIntoView({ block: "start" });
    }
    if (!model.get("view").compared) group = "";
  }

  const golongan = h(
    "select",
    { id: "ck-golongan", onchange: () => act({ type: "class", class: golongan.value }) },
    h("option", { value: "" }, "Biaya tidak diperiksa"),
    setup.classes.map(([name, label]) => h("option", { value: name }, label)),
  );
  const root = h("div", { class: "umkm-buku hj" });
  el.replaceChildren(root);
  model.on("change:outcome", hear);
  model.on("change:view", draw);
  draw();
}

export default { render };
