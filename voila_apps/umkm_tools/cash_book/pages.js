// The cash book: its pages, drawn from what Python says.

import { h, newId, svg } from "../base/dom.js";

const SECTIONS = [["masuk", "Uang masuk"], ["keluar", "Uang keluar"], ["stok", "Stok"], ["lain", "Lain-lain"]];
const QUICK = ["jual-tunai", "jual-qris", "jual-bon", "terima-bon", "beli-stok", "bayar-beban", "ambil-pribadi"];

export function makePages(desk) {
  const { model, setup, view, waiting, drafts, giveUp, resume, own, kinds, kindOf, send, deliver, look, open, draw } = desk;

  const figures = (rows) => h("dl", { class: "bk-angka" }, (rows || []).map(([label, value]) => h("div", {}, h("dt", {}, label), h("dd", {}, value))));
  const card = (...children) => h("section", { class: "bk-kartu" }, ...children);
  const empty = (text) => h("p", { class: "bk-kosong" }, text);
  const pager = (page, step) => h("div", { class: "bk-mundur" },
    h("button", { type: "button", "aria-label": `${step} sebelumnya`, onclick: () => look({ day: page.before, shown: 0 }) }, "‹"),
    h("h2", { "aria-live": "polite" }, page.title),
    h("button", { type: "button", "aria-label": `${step} berikutnya`, disabled: !page.after, onclick: () => look({ day: page.after, shown: 0 }) }, "›"));

  function entryRow(entry) {
    const opened = desk.ask && desk.ask.entry === entry.id;
    const sign = { masuk: "+", keluar: "−" }[entry.side] || "";
    return h("li", { class: `bk-catatan${entry.undone ? " bk-batal" : ""}` },
      h("button", { type: "button", class: "bk-baris", "aria-expanded": String(Boolean(opened)), onclick: () => { desk.ask = opened ? null : { entry: entry.id }; draw(); } },
        h("span", { class: "bk-apa" }, entry.label, h("small", {}, entry.undone ? `Dibatalkan. ${entry.detail}` : entry.detail)),
        h("span", { class: `bk-uang bk-${entry.side || "lain"}` }, sign, entry.amount)),
      opened && !entry.undone ? h("div", { class: "bk-aksi" },
        h("button", { type: "button", class: "bk-kecil", onclick: () => open(entry.form.kind, entry.form, entry.id) }, "Betulkan"),
        h("button", { type: "button", class: "bk-kecil", onclick: () => { desk.ask = null; deliver({ type: "undo", id: newId(), target: entry.id }); } }, "Batalkan")) : null);
  }

  function writePage(page) {
    const quick = QUICK.map(kindOf).filter(Boolean);
    const all = desk.ask && desk.ask.all;
    const begun = own() ? drafts.all.filter(({ kind }) => kindOf(kind)) : [];
    return [
      begun.map((one) => h("div", { class: "bk-awas" }, h("p", {}, `${kindOf(one.kind).label} belum selesai ditulis.`),
        h("div", { class: "bk-aksi" }, h("button", { type: "button", class: "bk-kecil", onclick: () => resume(one) }, "Lanjutkan"), h("button", { type: "button", class: "bk-kecil", onclick: () => giveUp(one) }, "Buang")))),
      h("h2", { class: "bk-tanya" }, "Apa yang terjadi?"),
      h("div", { class: "bk-kotak" }, quick.map((kind) => h("button", { type: "button", class: `bk-jenis bk-sisi-${kind.section}`, onclick: () => open(kind.id) }, kind.label)),
        h("button", { type: "button", class: "bk-jenis", "aria-expanded": String(Boolean(all)), onclick: () => { desk.ask = all ? null : { all: true }; draw(); } }, all ? "Tutup daftar" : "Lainnya…")),
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
    const opened = desk.ask && desk.ask.debtor === debt.person;
    return h("li", {},
      h("button", { type: "button", class: "bk-baris", "aria-expanded": String(Boolean(opened)), onclick: () => { desk.ask = opened ? null : { debtor: debt.person, text: debt.reminder }; draw(); } },
        h("span", { class: "bk-apa" }, debt.person, h("small", {}, debt.since, debt.old ? " · sudah lama" : "")), h("span", { class: "bk-uang" }, debt.amount)),
      opened ? reminder(debt) : null);
  }
  function reminder(debt) {
    const text = h("textarea", { rows: 7, "aria-label": "Pesan pengingat", oninput: () => { desk.ask.text = text.value; link.href = address(); } });
    text.value = desk.ask.text;
    const address = () => `${setup.whatsapp}${encodeURIComponent(desk.ask.text)}`;
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
    const file = (what, label) => h("button", { type: "button", class: "bk-tipis", onclick: () => { desk.told = { ok: true, message: "Menyiapkan berkas… Anda boleh terus mencatat." }; draw(); send({ type: "file", what }); } }, label);
    return [
      pager(page, "Bulan"),
      page.notices.map((notice) => h("p", { class: "bk-awas" }, notice)),
      h("div", { class: "bk-rentang", role: "group", "aria-label": "Laporan" }, panes.map(([name, label]) =>
        h("button", { type: "button", "aria-pressed": String(desk.pane === name), onclick: () => { desk.pane = name; draw(); } }, label))),
      desk.pane === "income" ? card(table(page.income, `Laporan laba rugi ${page.title}`)) : null,
      desk.pane === "position" ? card(table(page.position, `Laporan posisi keuangan pada ${page.at}`)) : null,
      desk.pane === "notes" ? card(page.notes.map(([title, lines]) => [h("h3", {}, title), lines.map((line) => h("p", {}, line))])) : null,
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
    const answered = (found.asked || []).filter((one) => (desk.answers || {})[one.key]);
    const ready = (found.good || 0) + answered.reduce((sum, one) => sum + one.count, 0);
    const input = h("input", { type: "file", accept: ".csv,.xlsx", class: "bk-berkas", id: "bk-berkas", onchange: async () => {
      const file = input.files[0];
      if (!file) return;
      if (file.size > 2000000) { desk.told = { ok: false, message: "Berkas ini terlalu besar. Paling besar 2 MB. Bagi dulu menjadi dua." }; return draw(); }
      desk.told = { ok: true, message: "Membaca berkas…" };
      desk.answers = {};
      const content = await file.arrayBuffer();
      send({ type: "list", id: newId() }, [content]);
      draw();
    } });
    return card(h("h3", {}, "Ambil daftar lama"),
      h("p", { class: "bk-kecil-teks" }, "Excel (.xlsx) atau CSV dengan kolom Tanggal, Keterangan, Masuk, Keluar. Anda melihat dulu isinya sebelum masuk buku."),
      h("div", { id: "bk-tempat-berkas" }, input, h("label", { for: "bk-berkas", class: "bk-tipis" }, "Pilih berkas")),
      found.side ? [h("p", {}, h("strong", {}, found.side), " Judul kolomnya Debit dan Kredit, dan artinya berbalikan."),
        [["kas", "Buku kas saya"], ["bank", "Mutasi bank"]].map(([side, label]) => h("button", { type: "button", class: "bk-tipis", onclick: () => send({ type: "list", side, id: newId() }) }, label)),
        h("button", { type: "button", class: "bk-tipis", onclick: () => send({ type: "drop" }) }, "Tidak jadi")] : null,
      found.good === undefined ? null : [
        found.notes.map((note) => h("p", { class: "bk-awas" }, note)),
        h("p", { class: "bk-temuan" }, h("strong", {}, `${found.good} baris siap masuk`), `, jumlah ${found.total}.`, found.there ? ` ${found.there} baris sudah ada di buku.` : ""),
        found.kinds.length ? h("ul", {}, found.kinds.map(([label, count]) => h("li", {}, `${label}: ${count} baris`))) : null,
        found.rows.length ? h("details", { open: true }, h("summary", {}, "Contoh isinya"), h("ul", { class: "bk-daftar" }, found.rows.map(([day, label, note, amount]) =>
          h("li", { class: "bk-baris" }, h("span", { class: "bk-apa" }, label, h("small", {}, [day, note].filter(Boolean).join(" · "))), h("span", { class: "bk-uang" }, amount))))) : null,
        found.asked.length ? [h("h3", {}, "Ini apa?"),
          h("p", { class: "bk-kecil-teks" }, "Kami tidak menebak. Yang tidak dipilih tidak masuk buku."),
          found.asked.map((one, place) => {
            const id = `bk-apa-${place}`;
            const pick = h("select", { id, onchange: () => { desk.answers = { ...desk.answers, [one.key]: pick.value }; draw(); } }, h("option", { value: "" }, "Jangan masukkan"),
              one.choices.map(([value, label]) => h("option", { value, selected: (desk.answers || {})[one.key] === value }, label)));
            return h("div", { class: "bk-kolom" }, h("label", { for: id }, `${one.came ? "Uang masuk" : "Uang keluar"}: ${one.note}`), h("small", {}, `${one.count} baris, ${one.total}. Mulai ${one.day}.`), pick);
          })] : null,
        found.refused.length ? h("details", { open: true, class: "bk-tolak" }, h("summary", {}, `${found.refused.length} baris tidak bisa masuk`),
          h("ul", {}, found.refused.slice(0, 100).map(([row, reason]) => h("li", {}, h("strong", {}, `${row}: `), reason)),
            found.refused.length > 100 ? h("li", {}, `… dan ${found.refused.length - 100} baris lagi.`) : null)) : null,
        ready ? h("button", { type: "button", class: "bk-utama", onclick: () => { send({ type: "accept", id: newId(), choices: desk.answers || {} }); desk.answers = {}; } }, `Masukkan ${ready} baris`) : null,
        h("button", { type: "button", class: "bk-tipis", onclick: () => send({ type: "drop" }) }, "Tidak jadi"),
      ]);
  }
  function erasePart(page) {
    const sure = desk.ask && desk.ask.erase;
    return card(h("h3", {}, "Data Anda"),
      h("p", { class: "bk-kecil-teks" }, `Buku ini berisi ${page.count} catatan. Hanya Anda yang melihatnya. Unduh Excel untuk menyimpan salinannya.`),
      sure ? [h("p", { class: "bk-awas" }, "Semua catatan akan hilang dan tidak bisa dikembalikan."),
        h("button", { type: "button", class: "bk-bahaya", onclick: () => { desk.ask = null; waiting.clear(); drafts.clear(); send({ type: "erase", id: newId() }); } }, "Ya, hapus buku saya"),
        h("button", { type: "button", class: "bk-tipis", onclick: () => { desk.ask = null; draw(); } }, "Tidak jadi")]
        : h("button", { type: "button", class: "bk-tipis", onclick: () => { desk.ask = { erase: true }; draw(); } }, "Hapus buku saya"));
  }

  function choosePage() {
    const agreeing = desk.ask && desk.ask.agree;
    let business = "";
    const button = h("button", { type: "button", class: "bk-utama", disabled: true, onclick: () => { desk.ask = null; send({ type: "begin", mode: "own", business, agree: true, id: newId() }); } }, "Setuju, buat buku saya");
    return [
      h("h1", {}, "Buku kas"),
      h("p", {}, "Catat uang masuk dan keluar usaha Anda. Laba, bon, dan laporan dihitung sendiri."),
      agreeing ? card(h("h2", {}, `Buku ${setup.business}`), h("ul", { class: "bk-setuju" }, setup.consent.map((line) => h("li", {}, line))),
        h("fieldset", { class: "bk-kolom" }, h("legend", {}, "Jenis usaha Anda"), h("div", { class: "bk-pilih bk-pilih-satu" }, setup.businesses.map(([value, label]) =>
          h("label", {}, h("input", { type: "radio", name: "bk-usaha", value, onchange: () => { business = value; button.disabled = false; } }), h("span", {}, label))))),
        button, h("button", { type: "button", class: "bk-tipis", onclick: () => { desk.ask = null; draw(); } }, "Belum dulu"))
        : [h("button", { type: "button", class: "bk-utama", onclick: () => send({ type: "begin", mode: "sample" }) }, "Coba dengan toko contoh"),
          h("button", { type: "button", class: "bk-tipis", onclick: () => { desk.ask = { agree: true }; draw(); } }, "Buat buku saya sendiri")],
    ];
  }

  return { choose: choosePage, catat: writePage, buku: bookPage, bon: debtPage, stok: stockPage, laporan: reportPage };
}
