// The cash book: entries from a file the owner kept before.

import { h, newId } from "../../base/dom.js";
import { card } from "./parts.js";

const READING = "Sedang dibaca… Anda boleh terus mencatat.";

export function makeOldList(desk) {
  const { model, send, draw } = desk;

  /** Say that Python is at work, which takes seconds for a long list; what is written meanwhile comes after it. */
  function wait(words) {
    desk.told = { ok: true, message: words };
    draw();
  }

  function importPart() {
    const found = model.get("found");
    const answered = (found.asked || []).filter((one) => desk.answers?.[one.key]);
    const ready = (found.good || 0) + answered.reduce((sum, one) => sum + one.count, 0);
    const input = h("input", {
      type: "file",
      accept: ".csv,.xlsx",
      class: "bk-berkas",
      id: "bk-berkas",
      onchange: async () => {
        const file = input.files?.[0];
        if (!file) return;
        if (file.size > 2000000) {
          desk.told = { ok: false, message: "Berkas ini terlalu besar. Paling besar 2 MB. Bagi dulu menjadi dua." };
          return draw();
        }
        desk.answers = {};
        const content = await file.arrayBuffer();
        send({ type: "list", id: newId() }, [content]);
        wait(READING);
      },
    });
    return card(
      h("h3", {}, "Ambil daftar lama"),
      h(
        "p",
        { class: "bk-kecil-teks" },
        "Excel (.xlsx) atau CSV dengan kolom Tanggal, Keterangan, Masuk, Keluar. Anda melihat dulu isinya sebelum masuk buku.",
      ),
      h("div", { id: "bk-tempat-berkas" }, input, h("label", { for: "bk-berkas", class: "bk-tipis" }, "Pilih berkas")),
      found.side
        ? [
            h("p", {}, h("strong", {}, found.side), " Judul kolomnya Debit dan Kredit, dan artinya berbalikan."),
            [
              ["kas", "Buku kas saya"],
              ["bank", "Mutasi bank"],
            ].map(([side, label]) =>
              h(
                "button",
                {
                  type: "button",
                  class: "bk-tipis",
                  onclick: () => {
                    send({ type: "list", side, id: newId() });
                    wait(READING);
                  },
                },
                label,
              ),
            ),
            h("button", { type: "button", class: "bk-tipis", onclick: () => send({ type: "drop" }) }, "Tidak jadi"),
          ]
        : null,
      found.good === undefined
        ? null
        : [
            found.notes.map((note) => h("p", { class: "bk-awas" }, note)),
            h(
              "p",
              { class: "bk-temuan" },
              h("strong", {}, `${found.good} baris siap masuk`),
              `, jumlah ${found.total}.`,
              found.there ? ` ${found.there} baris sudah ada di buku.` : "",
            ),
            found.kinds.length
              ? h(
                  "ul",
                  {},
                  found.kinds.map(([label, count]) => h("li", {}, `${label}: ${count} baris`)),
                )
              : null,
            found.rows.length
              ? h(
                  "details",
                  { open: true },
                  h("summary", {}, "Contoh isinya"),
                  h(
                    "ul",
                    { class: "bk-daftar" },
                    found.rows.map(([day, label, note, amount]) =>
                      h(
                        "li",
                        { class: "bk-baris" },
                        h("span", { class: "bk-apa" }, label, h("small", {}, [day, note].filter(Boolean).join(" · "))),
                        h("span", { class: "bk-uang" }, amount),
                      ),
                    ),
                  ),
                )
              : null,
            found.asked.length
              ? [
                  h("h3", {}, "Ini apa?"),
                  h("p", { class: "bk-kecil-teks" }, "Kami tidak menebak. Yang tidak dipilih tidak masuk buku."),
                  found.asked.map((one, place) => {
                    const id = `bk-apa-${place}`;
                    const pick = h(
                      "select",
                      {
                        id,
                        onchange: () => {
                          desk.answers = { ...desk.answers, [one.key]: pick.value };
                          draw();
                        },
                      },
                      h("option", { value: "" }, "Jangan masukkan"),
                      one.choices.map(([value, label]) =>
                        h("option", { value, selected: desk.answers?.[one.key] === value }, label),
                      ),
                    );
                    return h(
                      "div",
                      { class: "bk-kolom" },
                      h("label", { for: id }, `${one.came ? "Uang masuk" : "Uang keluar"}: ${one.note}`),
                      h("small", {}, `${one.count} baris, ${one.total}. Mulai ${one.day}.`),
                      pick,
                    );
                  }),
                ]
              : null,
            found.refused.length
              ? h(
                  "details",
                  { open: true, class: "bk-tolak" },
                  h("summary", {}, `${found.refused.length} baris tidak bisa masuk`),
                  h(
                    "ul",
                    {},
                    found.refused
                      .slice(0, 100)
                      .map(([row, reason]) => h("li", {}, h("strong", {}, `${row}: `), reason)),
                    found.refused.length > 100 ? h("li", {}, `… dan ${found.refused.length - 100} baris lagi.`) : null,
                  ),
                )
              : null,
            ready
              ? h(
                  "button",
                  {
                    type: "button",
                    class: "bk-utama",
                    onclick: () => {
                      send({ type: "accept", id: newId(), choices: desk.answers || {} });
                      desk.answers = {};
                      wait("Sedang dimasukkan ke buku…");
                    },
                  },
                  `Masukkan ${ready} baris`,
                )
              : null,
            h("button", { type: "button", class: "bk-tipis", onclick: () => send({ type: "drop" }) }, "Tidak jadi"),
          ],
    );
  }

  return importPart;
}
