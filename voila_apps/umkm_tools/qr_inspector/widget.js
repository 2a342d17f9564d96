// The QR inspector. Python says what a code means; this draws it.

import { h, onThisPhone, put } from "../base/dom.js";
import { makeScanner } from "../base/scanner.js";
import { banner, rows } from "./parts.js";

const RESEND = 8000;
const ALIKE = {
  same: ["good", "✓ Stiker Anda"],
  alike: ["warn", "Nama atau NMID sama"],
  changed: ["warn", "Periksa dulu"],
  other: ["bad", "✗ Bukan milik Anda"],
  unknown: ["warn", "Belum bisa dibandingkan"],
};

function render({ model, el }) {
  const store = onThisPhone(`umkm-qris-saya-${model.get("setup").token}`);
  el.style.scrollMarginTop = "80px";
  let own = recall();
  let waiting = null; // what Python has not answered yet
  let said = null;
  let note = "";
  let editing = false;
  let number = 0;
  let timer = 0;

  function recall() {
    const kept = store.read() || {};
    return Object.fromEntries(
      ["name", "nmid", "mark"].map((name) => [name, typeof kept[name] === "string" ? kept[name].slice(0, 80) : ""]),
    );
  }
  function remember(changes) {
    own = { ...own, ...changes };
    return store.write(own.name || own.nmid ? own : null);
  }
  function ask(message) {
    number += 1;
    waiting = { ...message, number, own };
    said = null;
    note = "";
    clearInterval(timer);
    timer = setInterval(() => waiting && model.send(waiting), RESEND);
    model.send(waiting);
    draw();
  }

  const scanner = makeScanner({ heard: (text) => ask({ type: "read", text }) });

  function answer() {
    if (waiting) return h("p", { class: "bk-kosong", role: "status" }, "Membaca kode…");
    if (!said) {
      return h(
        "div",
        {},
        h("p", { class: "bk-kosong" }, "Belum ada kode. Pindai stiker di toko Anda, atau lihat dulu contohnya."),
        h("button", { type: "button", class: "bk-tipis", onclick: () => ask({ type: "sample" }) }, "Lihat kode contoh"),
      );
    }
    if (said.broken) return banner("bad", "Belum terbaca", said.broken);
    const rest = said.findings.filter((line) => line !== said.verdict.more);
    return h(
      "section",
      { "aria-label": "Isi kode", tabindex: -1, "data-hasil": true },
      said.compared
        ? banner(ALIKE[said.compared.likeness][0], ALIKE[said.compared.likeness][1], said.compared.message)
        : null,
      banner(said.verdict.tone, said.verdict.title, said.verdict.more),
      said.summary ? h("p", { class: "qr-ringkas" }, said.summary) : null,
      said.text
        ? h(
            "div",
            { class: "bk-kartu" },
            h("h2", {}, "Isi kode itu"),
            h("p", { class: "qr-isi" }, said.text),
            h(
              "p",
              { class: "bk-kecil-teks" },
              "Kalau ini alamat web, jangan dibuka sebelum tahu siapa yang membuatnya.",
            ),
          )
        : null,
      said.gist.length ? rows(said.gist) : null,
      rest.length
        ? h(
            "div",
            { class: "bk-kartu" },
            h("h2", {}, "Yang perlu diperhatikan"),
            h(
              "ul",
              {},
              rest.map((line) => h("li", {}, line)),
            ),
          )
        : null,
      said.mine && said.mine.mark !== own.mark
        ? h(
            "div",
            { class: "bk-kartu" },
            h(
              "p",
              { class: "bk-kecil-teks" },
              "Stiker Anda sendiri? Bayar dulu Rp1.000 dari HP sendiri. Sudah masuk di riwayat aplikasi QRIS Anda? Baru ingat kode ini.",
            ),
            h("button", { type: "button", class: "bk-tipis", onclick: keepIt }, "Sudah saya coba, ingat di HP ini"),
          )
        : null,
      said.fields.length
        ? h(
            "details",
            {},
            h("summary", {}, "Semua isi kode"),
            h(
              "ul",
              { class: "bk-daftar qr-semua" },
              said.fields.map(([path, label, value, meaning]) =>
                h(
                  "li",
                  { class: path.includes(".") ? "qr-dalam" : undefined },
                  h("strong", {}, label),
                  value ? h("span", { class: "qr-isi" }, value) : null,
                  meaning ? h("small", {}, meaning) : null,
                  h("small", { class: "qr-nomor" }, path),
                ),
              ),
            ),
          )
        : null,
      said.strict.length
        ? h(
            "details",
            {},
            h("summary", {}, `Pemeriksaan ketat: ${said.strict.length} catatan`),
            h(
              "ul",
              {},
              said.strict.map(([line, about]) => h("li", {}, line, " ", h("small", { class: "bk-kecil-teks" }, about))),
            ),
          )
        : null,
      h(
        "button",
        {
          type: "button",
          class: "bk-tipis",
          onclick: () => {
            said = null;
            note = "";
            draw();
          },
        },
        "Hapus dari layar",
      ),
    );
  }
  function keepIt() {
    note = remember(said.mine)
      ? "Diingat di HP ini saja. Lain kali pindai stiker Anda, lalu bandingkan."
      : "HP ini tidak mau menyimpan.";
    draw();
  }
  function ownCard() {
    const field = (name, label, options) => {
      const input = h("input", {
        id: `qr-${name}`,
        autocomplete: "off",
        value: own[name],
        maxlength: 80,
        ...options,
        onchange: () => remember({ [name]: input.value.trim(), mark: "" }),
      });
      return h("div", { class: "bk-kolom" }, h("label", { for: `qr-${name}` }, label), input);
    };
    const kept = own.name || own.nmid;
    return h(
      "section",
      { class: "bk-kartu" },
      h("h2", {}, "QRIS saya"),
      kept && !editing
        ? [
            rows([
              ["Nama toko", own.name || "Belum diisi"],
              ["NMID", own.nmid || "Belum diisi"],
            ]),
            h(
              "div",
              { class: "bk-satuan" },
              h(
                "button",
                {
                  type: "button",
                  class: "bk-kecil",
                  onclick: () => {
                    editing = true;
                    draw();
                    el.querySelector("#qr-name").focus();
                  },
                },
                "Ubah",
              ),
              h(
                "button",
                {
                  type: "button",
                  class: "bk-kecil",
                  onclick: () => {
                    remember({ name: "", nmid: "", mark: "" });
                    said = null;
                    note = "Sudah dilupakan.";
                    draw();
                  },
                },
                "Lupakan",
              ),
            ),
          ]
        : [
            h(
              "p",
              { class: "bk-kecil-teks" },
              "Tulis nama dan NMID dari aplikasi penyedia QRIS Anda, bukan dari stiker. Setiap kode yang dipindai lalu dibandingkan. Disimpan di HP ini saja.",
            ),
            field("name", "Nama toko", { maxlength: 40 }),
            field("nmid", "NMID (diawali ID)", { maxlength: 40, autocapitalize: "characters" }),
            h(
              "button",
              {
                type: "button",
                class: "bk-tipis",
                onclick: () => {
                  editing = false;
                  note = own.name || own.nmid ? "Diingat di HP ini saja." : "";
                  said = null;
                  draw();
                },
              },
              "Ingat",
            ),
          ],
    );
  }
  function draw() {
    put(result, note ? h("p", { class: "bk-pesan", role: "status" }, note) : null, answer(), ownCard());
  }
  function receive(content) {
    if (content.type !== "report" || !waiting || content.number !== waiting.number) return;
    waiting = null;
    clearInterval(timer);
    said = content;
    draw();
    const place = el.querySelector("[data-hasil]");
    if (place) {
      place.focus({ preventScroll: true });
      result.scrollIntoView({ block: "start" });
    }
  }

  const result = h("div", { class: "qr-jawaban" });
  el.replaceChildren(
    h(
      "div",
      { class: "umkm-buku hj" },
      h("h1", {}, "Periksa QR"),
      h(
        "p",
        {},
        "Baca kode QR, lihat isinya, dan pastikan stiker itu masih milik Anda. Gambar dan kodenya tidak disimpan.",
      ),
      scanner.node,
      result,
    ),
  );
  model.on("msg:custom", receive);
  draw();
  return () => {
    clearInterval(timer);
    scanner.stop();
  };
}

export default { render };
