// The cash book's page. Python says what is shown; this draws it and reports taps. What is written
// while there is no line waits on the phone and goes out again until Python has answered for it.

const TABS = [["catat", "Catat"], ["buku", "Buku"], ["bon", "Bon"], ["stok", "Stok"], ["laporan", "Laporan"]];
const SECTIONS = [["masuk", "Uang masuk"], ["keluar", "Uang keluar"], ["stok", "Stok"], ["lain", "Lain-lain"]];
const QUICK = ["jual-tunai", "jual-qris", "jual-bon", "terima-bon", "beli-stok", "bayar-beban", "ambil-pribadi"];
const RESEND = 8000;

/** An element: attributes, then children; text is only ever text. */
function h(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key === "value") element.value = value;
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat(9).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

function svg(name, attributes, ...children) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(15));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** What was written and not yet answered for; survives a reload, is kept apart by person. */
class Waiting {
  constructor(token) {
    this.key = `umkm-buku-${token}`;
    this.kept = [];
    try { this.kept = JSON.parse(localStorage.getItem(this.key) || "[]"); } catch { /* a private window: in memory */ }
    if (!Array.isArray(this.kept)) this.kept = [];
  }
  save() {
    try {
      if (this.kept.length) localStorage.setItem(this.key, JSON.stringify(this.kept));
      else localStorage.removeItem(this.key);
    } catch { /* full or refused: what waits lives as long as the page */ }
  }
  add(message) { this.kept.push(message); this.save(); }
  drop(id) {
    const before = this.kept.length;
    this.kept = this.kept.filter((message) => message.id !== id);
    if (this.kept.length !== before) this.save();
    return this.kept.length !== before;
  }
  clear() { this.kept = []; this.save(); }
}

function initialize() {}

function render({ model, el }) {
  const setup = model.get("setup");
  el.style.scrollMarginTop = "80px"; // the shell's header stays on top
  const waiting = new Waiting(setup.token);
  let form = null; // the form that is open: {kind, fields, errors, corrects, listed}
  let told = null; // the last outcome: {ok, message, undo}
  let ask = null; // an entry, a debtor or a question that is open
  let pane = "income";
  let typing = 0;

  const own = () => model.get("mode") === "own";
  const view = () => model.get("view");
  const kinds = () => model.get("kinds");
  const kindOf = (id) => kinds().find((kind) => kind.id === id);
  const send = (message, buffers) => model.send(message, undefined, buffers);

  function deliver(message) {
    if (own()) waiting.add(message);
    send(message);
    draw();
  }
  function flush() {
    if (own()) waiting.kept.forEach((message) => send(message));
  }
  function look(changes) {
    const now = view();
    const day = changes.day || (changes.tab ? now.today : model.wanted?.day) || now.today;
    model.wanted = { tab: now.tab, span: now.span, ...model.wanted, ...changes, day };
    form = null; ask = null; told = null;
    send({ type: "look", ...model.wanted });
    draw();
    el.scrollIntoView({ block: "start" });
  }
  function open(kind, fields = {}, corrects = "") {
    const spec = kindOf(kind);
    const first = spec.categories.length ? spec.categories[0][0] : "";
    form = {
      kind, corrects, errors: {}, busy: "",
      fields: { on: view().today, money: "kas", category: spec.categories.length > 2 ? "" : first, ...fields },
    };
    if (kind === "hitung-stok" && !(form.fields.counted || []).length) {
      form.fields.counted = (view().lines || []).map((line) => ({ ...line }));
    }
    if (kind === "hitung-stok" && !form.fields.counted.length) form.fields.counted = [{}];
    told = null; ask = null;
    draw();
    el.scrollIntoView({ block: "start" });
    const field = el.querySelector("[data-first]");
    if (field) field.focus();
  }
  function save() {
    const id = newId();
    form.busy = id;
    form.errors = {};
    deliver({ type: "write", id, form: { ...form.fields, kind: form.kind }, corrects: form.corrects });
  }

  // -- What Python says back ---------------------------------------------------------------------

  function hear() {
    const said = model.get("outcome");
    if (!said || said.ok === undefined) return;
    if (said.again) {
      told = { ok: false, message: said.message };
      return draw();
    }
    const known = said.id && waiting.drop(said.id);
    if (form && form.busy && form.busy === said.id) {
      if (said.ok) form = null;
      else {
        form.busy = "";
        form.errors = { [said.field || "amount"]: said.message };
      }
    } else if (known && !said.ok) {
      // It had waited for the line, and the book has changed meanwhile.
      told = { ok: false, message: `Satu catatan tidak bisa masuk: ${said.message}` };
      return draw();
    }
    if (said.ok || !form) told = said;
    draw();
    if (!said.ok) (el.querySelector("[aria-invalid=true]") || el.querySelector(".bk-salah"))?.focus?.();
  }

  function echo() {
    const said = model.get("echo");
    const line = el.querySelector(`[data-echo="${said.field}"]`);
    if (!line || !form || form.fields[said.field] !== said.text) return;
    line.replaceChildren(...echoed(said));
  }

  function echoed(said) {
    if (said.said) return [said.said];
    if (said.bad) return [said.bad];
    if (!said.ask) return [];
    return [said.ask, h("span", { class: "bk-pilihan" }, said.choices.map((choice) =>
      h("button", { type: "button", class: "bk-kecil", onclick: () => {
        form.fields[said.field] = choice;
        delete form.errors[said.field];
        draw();
        send({ type: "type", field: said.field, text: choice });
      } }, choice)))];
  }

  function receive(content, buffers) {
    if (content.type !== "file") return;
    const address = URL.createObjectURL(new Blob(buffers, { type: content.mime }));
    const link = h("a", { href: address, download: content.name, hidden: true });
    el.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 60000);
    told = { ok: true, message: `Berkas ${content.name} diunduh. Cari di folder Unduhan.` };
    draw();
  }

  // -- Forms ------------------------------------------------------------------------------------

  function field(name, label, input, extra) {
    const error = form.errors[name];
    const id = `bk-${name}`;
    input.id = id;
    if (error) input.setAttribute("aria-invalid", "true");
    input.setAttribute("aria-describedby", `${id}-pesan`);
    return h("div", { class: "bk-kolom" }, h("label", { for: id }, label), input, extra,
      h("p", { class: "bk-salah", id: `${id}-pesan`, role: error ? "alert" : undefined }, error || ""));
  }
  function amountField(name, label, first) {
    const input = h("input", {
      inputmode: "decimal", autocomplete: "off", value: form.fields[name] || "", placeholder: "Misalnya 15.000", "data-first": first,
      oninput: () => {
        form.fields[name] = input.value;
        clearTimeout(typing);
        typing = setTimeout(() => send({ type: "type", field: name, text: input.value }), 250);
      },
      onkeydown: (event) => { if (event.key === "Enter") save(); },
    });
    const add = (unit) => h("button", { type: "button", class: "bk-kecil", onclick: () => {
      const bare = input.value.replace(/\s*(ribu|juta)$/i, "");
      if (!bare) return input.focus();
      input.value = `${bare} ${unit}`;
      input.dispatchEvent(new Event("input"));
    } }, unit);
    return field(name, label, input, [
      h("div", { class: "bk-satuan" }, add("ribu"), add("juta")),
      h("p", { class: "bk-gema", "data-echo": name, role: "status" }),
    ]);
  }
  function choose(name, label, options) {
    const error = form.errors[name];
    return h("fieldset", { class: "bk-kolom" }, h("legend", {}, label), h("div", { class: "bk-pilih" }, options.map(([value, text]) =>
      h("label", {}, h("input", { type: "radio", name: `bk-${name}`, value, checked: form.fields[name] === value,
        onchange: () => { form.fields[name] = value; } }), h("span", {}, text)))),
      h("p", { class: "bk-salah", role: error ? "alert" : undefined, tabindex: error ? -1 : undefined }, error || ""));
  }
  function personField(kind) {
    const people = view().people || [];
    const input = h("input", { autocomplete: "off", maxlength: 80, value: form.fields.person || "", "data-first": kind.asks[0] === "person",
      oninput: () => { form.fields.person = input.value; } });
    const known = h("div", { class: "bk-satuan" }, people.slice(0, 6).map((name) =>
      h("button", { type: "button", class: "bk-kecil", onclick: () => { input.value = form.fields.person = name; } }, name)));
    return field("person", kind.personLabel, input, known);
  }
  function countField() {
    const lines = form.fields.counted;
    const cell = (line, name, label, options) => {
      const input = h("input", { "aria-label": label, placeholder: label, value: line[name] || "", autocomplete: "off", ...options,
        oninput: () => { line[name] = input.value; } });
      return input;
    };
    return h("fieldset", { class: "bk-kolom" }, h("legend", {}, "Barang yang masih ada"),
      h("p", { class: "bk-kecil-teks" }, "Tulis nama, banyaknya, dan harga beli satuannya."),
      lines.map((line, place) => h("div", { class: "bk-barang" },
        cell(line, "name", "Nama barang", { maxlength: 80 }),
        cell(line, "quantity", "Banyaknya", { inputmode: "decimal" }),
        cell(line, "cost", "Harga beli satu", { inputmode: "decimal" }),
        h("button", { type: "button", class: "bk-kecil", "aria-label": `Hapus baris ${place + 1}`,
          onclick: () => { lines.splice(place, 1); if (!lines.length) lines.push({}); draw(); } }, "×"))),
      h("button", { type: "button", class: "bk-tipis", onclick: () => {
        lines.push({});
        draw();
        [...el.querySelectorAll(".bk-barang")].pop().querySelector("input").focus();
      } }, "+ Tambah barang"),
      h("p", { class: "bk-salah", role: form.errors.counted || form.errors.amount ? "alert" : undefined }, form.errors.counted || form.errors.amount || ""));
  }
  function formPage() {
    const kind = kindOf(form.kind);
    const has = (name) => kind.asks.includes(name);
    const day = h("input", { type: "date", value: form.fields.on, max: view().today, min: "2000-01-01", required: true,
      oninput: () => { form.fields.on = day.value; } });
    const note = h("input", { maxlength: 200, value: form.fields.note || "", autocomplete: "off",
      oninput: () => { form.fields.note = note.value; } });
    const months = h("input", { inputmode: "numeric", value: form.fields.months || "", placeholder: "Misalnya 48",
      oninput: () => { form.fields.months = months.value; } });
    return h("form", { class: "bk-formulir", novalidate: true, onsubmit: (event) => { event.preventDefault(); if (!form.busy) save(); } },
      h("h2", { tabindex: -1 }, form.corrects ? `Betulkan: ${kind.label}` : kind.label),
      h("p", { class: "bk-kecil-teks" }, kind.hint),
      kind.id === "hitung-stok" ? countField() : null,
      has("person") && kind.asks[0] === "person" ? personField(kind) : null,
      kind.id === "hitung-stok" ? null : amountField("amount", "Berapa jumlahnya?", kind.asks[0] !== "person"),
      has("fee") ? amountField("fee", "Potongannya berapa? (boleh kosong)") : null,
      has("interest") ? amountField("interest", "Berapa bunganya? (boleh kosong)") : null,
      has("category") && kind.categories.length > 1 ? choose("category", "Untuk apa?", kind.categories) : null,
      has("months") ? field("months", "Akan dipakai berapa bulan?", months) : null,
      has("money") ? choose("money", "Uangnya lewat mana?", [["kas", "Kas (tunai)"], ["bank", "Bank"]]) : null,
      field("on", "Tanggal", day),
      field("note", "Keterangan (boleh kosong)", note),
      Object.entries(form.errors).filter(([name]) => !["amount", "fee", "interest", "person", "category", "months", "money", "on", "note", "counted"].includes(name))
        .map(([, message]) => h("p", { class: "bk-salah", role: "alert" }, message)),
      h("button", { class: "bk-utama", disabled: Boolean(form.busy) }, form.busy ? "Menyimpan…" : "Simpan"),
      h("button", { type: "button", class: "bk-tipis", onclick: () => { form = null; draw(); } }, "Tidak jadi"));
  }

  // -- Pages ------------------------------------------------------------------------------------

  const figures = (rows) => h("dl", { class: "bk-angka" }, (rows || []).map(([label, value]) => h("div", {}, h("dt", {}, label), h("dd", {}, value))));
  const card = (...children) => h("section", { class: "bk-kartu" }, ...children);
  const empty = (text) => h("p", { class: "bk-kosong" }, text);
  const pager = (page, step) => h("div", { class: "bk-mundur" },
    h("button", { type: "button", "aria-label": `${step} sebelumnya`, onclick: () => look({ day: page.before, shown: 0 }) }, "‹"),
    h("h2", { "aria-live": "polite" }, page.title),
    h("button", { type: "button", "aria-label": `${step} berikutnya`, disabled: !page.after, onclick: () => look({ day: page.after, shown: 0 }) }, "›"));

  function entryRow(entry) {
    const opened = ask && ask.entry === entry.id;
    const sign = { masuk: "+", keluar: "−" }[entry.side] || "";
    return h("li", { class: `bk-catatan${entry.undone ? " bk-batal" : ""}` },
      h("button", { type: "button", class: "bk-baris", "aria-expanded": String(Boolean(opened)), onclick: () => { ask = opened ? null : { entry: entry.id }; draw(); } },
        h("span", { class: "bk-apa" }, entry.label, h("small", {}, entry.undone ? `Dibatalkan. ${entry.detail}` : entry.detail)),
        h("span", { class: `bk-uang bk-${entry.side || "lain"}` }, sign, entry.amount)),
      opened && !entry.undone ? h("div", { class: "bk-aksi" },
        h("button", { type: "button", class: "bk-kecil", onclick: () => open(entry.form.kind, entry.form, entry.id) }, "Betulkan"),
        h("button", { type: "button", class: "bk-kecil", onclick: () => { ask = null; deliver({ type: "undo", id: newId(), target: entry.id }); } }, "Batalkan")) : null);
  }

  function writePage(page) {
    const quick = QUICK.map(kindOf).filter(Boolean);
    const all = ask && ask.all;
    return [
      h("h2", { class: "bk-tanya" }, "Apa yang terjadi?"),
      h("div", { class: "bk-kotak" }, quick.map((kind) => h("button", { type: "button", class: `bk-jenis bk-sisi-${kind.section}`, onclick: () => open(kind.id) }, kind.label)),
        h("button", { type: "button", class: "bk-jenis", "aria-expanded": String(Boolean(all)), onclick: () => { ask = all ? null : { all: true }; draw(); } }, all ? "Tutup daftar" : "Lainnya…")),
      all ? SECTIONS.map(([section, title]) => card(h("h3", {}, title), h("ul", { class: "bk-daftar" },
        kinds().filter((kind) => kind.section === section).map((kind) => h("li", {},
          h("button", { type: "button", class: "bk-baris", onclick: () => open(kind.id) }, h("span", { class: "bk-apa" }, kind.label, h("small", {}, kind.hint)))))))) : null,
      figures(page.figures),
      page.latest.length ? card(h("h3", {}, "Baru dicatat"), h("ul", { class: "bk-daftar" }, page.latest.map(entryRow)))
        : empty("Belum ada catatan. Mulai dari jualan hari ini, atau “Lainnya…” untuk modal, stok awal, dan bon lama."),
    ];
  }

  function bars(rows) {
    const most = Math.max(1, ...rows.map((row) => Math.max(row.in, row.out)));
    const step = 320 / rows.length;
    const wide = Math.max(2, step * 0.36);
    const marks = rows.flatMap((row, place) => {
      const left = place * step + step * 0.12;
      const bar = (x, value, kind) => svg("rect", { x, y: 100 - (90 * value) / most, width: wide, height: (90 * value) / most, class: `bk-batang-${kind}`, rx: 1 });
      const named = rows.length <= 7 || place % 5 === 0;
      const label = svg("text", { x: place * step + step / 2, y: 116, "text-anchor": "middle" });
      label.textContent = named ? row.label : "";
      return [bar(left, row.in, "masuk"), bar(left + wide, row.out, "keluar"), label];
    });
    return card(h("h3", {}, "Uang masuk dan keluar"),
      h("p", { class: "bk-kunci" }, h("span", { class: "bk-kunci-masuk" }, "Masuk"), h("span", { class: "bk-kunci-keluar" }, "Keluar (bergaris)")),
      svg("svg", { viewBox: "0 0 320 122", class: "bk-gambar", role: "img", "aria-label": "Grafik uang masuk dan keluar. Angkanya ada di bawah." }, stripes(), ...marks),
      h("details", {}, h("summary", {}, "Baca angkanya"), h("ul", {}, rows.filter((row) => row.in || row.out).map((row) => h("li", {}, row.said)))));
  }
  function stripes() {
    const pattern = svg("pattern", { id: "bk-garis", width: 4, height: 4, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
      svg("rect", { width: 4, height: 4, class: "bk-garis-dasar" }), svg("line", { x1: 0, y1: 0, x2: 0, y2: 4, class: "bk-garis-coret" }));
    return svg("defs", {}, pattern);
  }

  function bookPage(page) {
    return [
      h("div", { class: "bk-rentang", role: "group", "aria-label": "Rentang waktu" }, [["hari", "Hari"], ["minggu", "Minggu"], ["bulan", "Bulan"]].map(([span, label]) =>
        h("button", { type: "button", "aria-pressed": String(page.span === span), onclick: () => look({ span, day: page.today, shown: 0 }) }, label))),
      pager(page, { hari: "Hari", minggu: "Minggu", bulan: "Bulan" }[page.span]),
      figures(page.figures),
      page.bars.some((row) => row.in || row.out) ? bars(page.bars) : null,
      page.spent.length ? card(h("h3", {}, "Ke mana uangnya pergi"), h("ul", { class: "bk-pergi" }, page.spent.map((row) => {
        const bar = h("span", { class: "bk-porsi", "aria-hidden": "true" });
        bar.style.width = `${Math.max(row.share, 2)}%`;
        return h("li", {}, h("span", {}, row.label), h("strong", {}, row.said), bar);
      }))) : null,
      page.days.length ? page.days.map((day) => card(h("h3", {}, day.title), h("ul", { class: "bk-daftar" }, day.entries.map(entryRow))))
        : empty("Tidak ada catatan pada waktu ini."),
      page.rest ? h("button", { type: "button", class: "bk-tipis", onclick: () => look({ day: model.wanted?.day, shown: page.shown + 40 }) }, `Tampilkan ${page.rest} catatan lagi`) : null,
    ];
  }

  function debtor(debt) {
    const opened = ask && ask.debtor === debt.person;
    return h("li", {},
      h("button", { type: "button", class: "bk-baris", "aria-expanded": String(Boolean(opened)), onclick: () => { ask = opened ? null : { debtor: debt.person, text: debt.reminder }; draw(); } },
        h("span", { class: "bk-apa" }, debt.person, h("small", {}, debt.since, debt.old ? " · sudah lama" : "")), h("span", { class: "bk-uang" }, debt.amount)),
      opened ? reminder(debt) : null);
  }
  function reminder(debt) {
    const text = h("textarea", { rows: 7, "aria-label": "Pesan pengingat", oninput: () => { ask.text = text.value; link.href = address(); } });
    text.value = ask.text;
    const address = () => `https://wa.me/?text=${encodeURIComponent(ask.text)}`;
    const link = h("a", { class: "bk-utama", href: address(), target: "_blank", rel: "noopener noreferrer" }, "Kirim lewat WhatsApp");
    return h("div", { class: "bk-ingat" }, h("p", { class: "bk-kecil-teks" }, "Ubah pesannya bila perlu. Pilih orangnya di WhatsApp."), text, link,
      h("button", { type: "button", class: "bk-tipis", onclick: () => open("terima-bon", { person: debt.person }) }, "Catat pembayaran"));
  }
  function debtPage(page) {
    return [
      h("h2", {}, "Bon pelanggan"),
      figures([["Jumlah bon", page.total], ...page.ages]),
      page.owed.length ? card(h("ul", { class: "bk-daftar" }, page.owed.map(debtor))) : empty("Tidak ada yang berutang kepada Anda."),
      h("button", { type: "button", class: "bk-tipis", onclick: () => open("jual-bon") }, "+ Catat bon baru"),
      h("h2", {}, "Utang saya"),
      [...page.owing.map((debt) => [debt, "bayar-utang"]), ...page.loans.map((debt) => [debt, "angsuran"])].length
        ? card(h("ul", { class: "bk-daftar" }, [...page.owing.map((debt) => [debt, "bayar-utang"]), ...page.loans.map((debt) => [debt, "angsuran"])].map(([debt, kind]) =>
          h("li", {}, h("button", { type: "button", class: "bk-baris", onclick: () => open(kind, { person: debt.person }) },
            h("span", { class: "bk-apa" }, debt.person, h("small", {}, `${debt.since} · ketuk untuk membayar`)), h("span", { class: "bk-uang" }, debt.amount))))))
        : empty("Anda tidak punya utang yang tercatat."),
    ];
  }
  function stockPage(page) {
    const act = (kind) => kindOf(kind) && h("button", { type: "button", class: "bk-jenis", onclick: () => open(kind) }, kindOf(kind).label);
    return [
      h("h2", {}, "Stok"),
      figures(page.figures),
      h("p", { class: "bk-kecil-teks" }, page.counted),
      h("button", { type: "button", class: "bk-utama", onclick: () => open("hitung-stok") }, "Hitung stok"),
      h("div", { class: "bk-kotak" }, ["beli-stok", "beli-stok-utang", "stok-rusak", "stok-pribadi", "retur-beli", "awal-stok"].map(act)),
      page.steps.length ? card(h("h3", {}, `Barang terjual ${page.month}`), h("dl", { class: "bk-langkah" }, page.steps.map(([label, value]) => h("div", {}, h("dt", {}, label), h("dd", {}, value))),
        h("div", { class: "bk-jumlah" }, h("dt", {}, "Harga pokok (HPP)"), h("dd", {}, page.cost)))) : empty("Belum ada belanja stok bulan ini."),
    ];
  }
  function table(rows, caption) {
    return h("table", { class: "bk-tabel" }, h("caption", {}, caption), h("tbody", {}, rows.map(([label, value, level]) =>
      h("tr", { class: `bk-${level}` }, h("th", { scope: "row" }, label), h("td", {}, value)))));
  }
  function reportPage(page) {
    const panes = [["income", "Laba rugi"], ["position", "Posisi keuangan"], ["notes", "Catatan"]];
    const file = (what, label) => h("button", { type: "button", class: "bk-tipis", onclick: () => { told = { ok: true, message: "Menyiapkan berkas…" }; draw(); send({ type: "file", what }); } }, label);
    return [
      pager(page, "Bulan"),
      page.notices.map((notice) => h("p", { class: "bk-awas" }, notice)),
      h("div", { class: "bk-rentang", role: "group", "aria-label": "Laporan" }, panes.map(([name, label]) =>
        h("button", { type: "button", "aria-pressed": String(pane === name), onclick: () => { pane = name; draw(); } }, label))),
      pane === "income" ? card(table(page.income, `Laporan laba rugi ${page.title}`)) : null,
      pane === "position" ? card(table(page.position, `Laporan posisi keuangan pada ${page.at}`)) : null,
      pane === "notes" ? card(page.notes.map(([title, lines]) => [h("h3", {}, title), lines.map((line) => h("p", {}, line))])) : null,
      file("pdf", "Unduh laporan (PDF)"), file("xlsx", "Unduh seluruh buku (Excel)"),
      page.tax.rule ? card(h("h3", {}, "PPh final tahun ini"), page.tax.rows.length ? h("table", { class: "bk-tabel" },
        h("thead", {}, h("tr", {}, ["Bulan", "Omzet", "Pajak"].map((name) => h("th", { scope: "col" }, name)))),
        h("tbody", {}, page.tax.rows.map((row) => h("tr", {}, row.map((cell, place) => h(place ? "td" : "th", place ? {} : { scope: "row" }, cell)))))) : h("p", {}, "Belum ada penjualan tahun ini."),
      page.tax.beyond ? h("p", { class: "bk-awas" }, "Omzet sudah melewati batas pajak ini. Datangi kantor pajak.") : null,
      h("p", { class: "bk-kecil-teks" }, page.tax.rule)) : null,
      importPart(), own() ? erasePart(page) : null,
    ];
  }
  function importPart() {
    const found = model.get("found");
    const input = h("input", { type: "file", accept: ".csv,.xlsx", class: "bk-berkas", id: "bk-berkas", onchange: async () => {
      const file = input.files[0];
      if (!file) return;
      if (file.size > 2000000) { told = { ok: false, message: "Berkas ini terlalu besar. Paling besar 2 MB. Bagi dulu menjadi dua." }; return draw(); }
      told = { ok: true, message: "Membaca berkas…" };
      const content = await file.arrayBuffer();
      send({ type: "list", id: newId() }, [content]);
      draw();
    } });
    return card(h("h3", {}, "Ambil daftar lama"),
      h("p", { class: "bk-kecil-teks" }, "Excel (.xlsx) atau CSV dengan kolom Tanggal, Keterangan, Masuk, Keluar. Anda melihat dulu isinya sebelum masuk buku."),
      h("div", { id: "bk-tempat-berkas" }, input, h("label", { for: "bk-berkas", class: "bk-tipis" }, "Pilih berkas")),
      found.good === undefined ? null : [
        h("p", { class: "bk-temuan" }, h("strong", {}, `${found.good} baris siap masuk`), `, jumlah ${found.total}.`, found.there ? ` ${found.there} baris sudah ada di buku.` : ""),
        found.kinds.length ? h("ul", {}, found.kinds.map(([label, count]) => h("li", {}, `${label}: ${count} baris`))) : null,
        found.rows.length ? h("details", { open: true }, h("summary", {}, "Contoh isinya"), h("ul", { class: "bk-daftar" }, found.rows.map(([day, label, note, amount]) =>
          h("li", { class: "bk-baris" }, h("span", { class: "bk-apa" }, label, h("small", {}, `${day} · ${note}`)), h("span", { class: "bk-uang" }, amount))))) : null,
        found.refused.length ? h("details", { open: true, class: "bk-tolak" }, h("summary", {}, `${found.refused.length} baris tidak bisa masuk`),
          h("ul", {}, found.refused.slice(0, 100).map(([row, reason]) => h("li", {}, h("strong", {}, `${row}: `), reason)),
            found.refused.length > 100 ? h("li", {}, `… dan ${found.refused.length - 100} baris lagi.`) : null)) : null,
        found.good ? h("button", { type: "button", class: "bk-utama", onclick: () => { send({ type: "accept", id: newId() }); } }, `Masukkan ${found.good} baris`) : null,
        h("button", { type: "button", class: "bk-tipis", onclick: () => send({ type: "drop" }) }, "Tidak jadi"),
      ]);
  }
  function erasePart(page) {
    const sure = ask && ask.erase;
    return card(h("h3", {}, "Data Anda"),
      h("p", { class: "bk-kecil-teks" }, `Buku ini berisi ${page.count} catatan. Hanya Anda yang melihatnya. Unduh Excel untuk menyimpan salinannya.`),
      sure ? [h("p", { class: "bk-awas" }, "Semua catatan akan hilang dan tidak bisa dikembalikan."),
        h("button", { type: "button", class: "bk-bahaya", onclick: () => { ask = null; waiting.clear(); send({ type: "erase", id: newId() }); } }, "Ya, hapus buku saya"),
        h("button", { type: "button", class: "bk-tipis", onclick: () => { ask = null; draw(); } }, "Tidak jadi")]
        : h("button", { type: "button", class: "bk-tipis", onclick: () => { ask = { erase: true }; draw(); } }, "Hapus buku saya"));
  }

  function choosePage() {
    const agreeing = ask && ask.agree;
    let business = "";
    const button = h("button", { type: "button", class: "bk-utama", disabled: true, onclick: () => { ask = null; send({ type: "begin", mode: "own", business, agree: true, id: newId() }); } }, "Setuju, buat buku saya");
    return [
      h("h1", {}, "Buku kas"),
      h("p", {}, "Catat uang masuk dan keluar usaha Anda. Laba, bon, dan laporan dihitung sendiri."),
      agreeing ? card(h("h2", {}, `Buku ${setup.business}`), h("ul", { class: "bk-setuju" }, setup.consent.map((line) => h("li", {}, line))),
        h("fieldset", { class: "bk-kolom" }, h("legend", {}, "Jenis usaha Anda"), h("div", { class: "bk-pilih bk-pilih-satu" }, setup.businesses.map(([value, label]) =>
          h("label", {}, h("input", { type: "radio", name: "bk-usaha", value, onchange: () => { business = value; button.disabled = false; } }), h("span", {}, label))))),
        button, h("button", { type: "button", class: "bk-tipis", onclick: () => { ask = null; draw(); } }, "Belum dulu"))
        : [h("button", { type: "button", class: "bk-utama", onclick: () => send({ type: "begin", mode: "sample" }) }, "Coba dengan toko contoh"),
          h("button", { type: "button", class: "bk-tipis", onclick: () => { ask = { agree: true }; draw(); } }, "Buat buku saya sendiri")],
    ];
  }

  const pages = { catat: writePage, buku: bookPage, bon: debtPage, stok: stockPage, laporan: reportPage };

  function draw() {
    const page = view();
    const mode = model.get("mode");
    const held = document.activeElement && el.contains(document.activeElement) ? document.activeElement.id : "";
    const body = mode === "choose" || !page.tab ? choosePage() : form ? formPage() : pages[page.tab](page);
    const parts = [
      mode === "sample" ? h("p", { class: "bk-contoh" }, h("strong", {}, "Toko contoh."), " Tidak ada yang disimpan. ",
        h("button", { type: "button", onclick: () => { form = null; told = null; ask = { agree: true }; send({ type: "begin" }); } }, "Buat buku saya")) : null,
      waiting.kept.length && own() ? h("p", { class: "bk-awas", role: "status" }, `${waiting.kept.length} catatan menunggu sinyal. Tetap aman di HP ini.`) : null,
      told && told.message ? h("div", { class: told.ok ? "bk-pesan" : "bk-pesan bk-buruk", role: told.ok ? "status" : "alert" }, h("span", {}, told.message),
        told.ok && told.undo ? h("button", { type: "button", class: "bk-kecil", onclick: () => { const target = told.undo; told = null; deliver({ type: "undo", id: newId(), target }); } }, "Batalkan") : null) : null,
      body,
      mode === "choose" || form ? null : h("nav", { class: "bk-tab", "aria-label": "Bagian buku kas" }, TABS.map(([tab, label]) =>
        h("button", { type: "button", "aria-current": page.tab === tab ? "page" : undefined, onclick: () => look({ tab, span: tab === "buku" ? "hari" : "bulan", shown: 0 }) }, label))),
    ];
    el.replaceChildren(h("div", { class: "umkm-buku" }, ...parts.flat(9).filter(Boolean)));
    if (form) echo();
    if (held) document.getElementById(held)?.focus();
  }

  const redraw = () => { if (!form) draw(); };
  model.on("change:view", redraw);
  model.on("change:mode", () => { form = null; flush(); draw(); el.scrollIntoView({ block: "start" }); });
  model.on("change:found", redraw);
  model.on("change:outcome", hear);
  model.on("change:echo", echo);
  model.on("msg:custom", receive);
  // Another phone may have written meanwhile; and what waits is tried again.
  const wake = () => { if (!document.hidden && view().tab && !form) send({ type: "look", ...(model.wanted || { tab: view().tab, span: view().span, day: view().today }) }); flush(); };
  const again = setInterval(() => { if (waiting.kept.length) flush(); }, RESEND);
  document.addEventListener("visibilitychange", wake);
  window.addEventListener("online", wake);
  flush();
  draw();
  return () => {
    clearInterval(again);
    clearTimeout(typing);
    document.removeEventListener("visibilitychange", wake);
    window.removeEventListener("online", wake);
  };
}

export default { initialize, render };
