// The cash book: what stands around each of its pages.

import { h, newId } from "../../base/dom.js";

const TABS = [
  ["catat", "Catat"],
  ["buku", "Buku"],
  ["bon", "Bon"],
  ["stok", "Stok"],
  ["laporan", "Laporan"],
];

export function makeFrame(desk) {
  const { waiting, own, send, deliver, look } = desk;

  return (page, mode, body) => {
    const choosing = mode === "choose" || !page.tab;
    return [
      choosing ? null : h("h1", { class: "bk-judul" }, "Buku kas"),
      mode === "sample"
        ? h(
            "p",
            { class: "bk-contoh" },
            h("strong", {}, "Toko contoh."),
            " Tidak ada yang disimpan. ",
            h(
              "button",
              {
                type: "button",
                onclick: () => {
                  desk.form = null;
                  desk.told = null;
                  desk.ask = { agree: true };
                  send({ type: "begin" });
                },
              },
              "Buat buku saya",
            ),
          )
        : null,
      waiting.kept.length && own()
        ? h(
            "p",
            { class: "bk-awas", role: "status" },
            `${waiting.kept.length} catatan menunggu sinyal. Tetap aman di HP ini.`,
          )
        : null,
      desk.told?.message
        ? h(
            "div",
            { class: desk.told.ok ? "bk-pesan" : "bk-pesan bk-buruk", role: desk.told.ok ? "status" : "alert" },
            h("span", {}, desk.told.message),
            desk.told.ok && desk.told.undo
              ? h(
                  "button",
                  {
                    type: "button",
                    class: "bk-kecil",
                    onclick: () => {
                      const target = desk.told.undo;
                      desk.told = null;
                      deliver({ type: "undo", id: newId(), target });
                    },
                  },
                  "Batalkan",
                )
              : null,
          )
        : null,
      body,
      mode === "choose" || desk.form
        ? null
        : h(
            "nav",
            { class: "bk-tab", "aria-label": "Bagian buku kas" },
            TABS.map(([tab, label]) =>
              h(
                "button",
                {
                  type: "button",
                  "aria-current": page.tab === tab ? "page" : undefined,
                  onclick: () => look({ tab, span: tab === "buku" ? "hari" : "bulan", shown: 0 }),
                },
                label,
              ),
            ),
          ),
    ];
  };
}
