// The cash book: the sample shop, or a book of one's own.

import { h, newId } from "../../base/dom.js";
import { card } from "./parts.js";

export function makeChoosing(desk) {
  const { setup, send, draw } = desk;

  function choosePage() {
    const agreeing = desk.ask?.agree;
    let business = "";
    const button = h(
      "button",
      {
        type: "button",
        class: "bk-utama",
        disabled: true,
        onclick: () => {
          desk.ask = null;
          send({ type: "begin", mode: "own", business, agree: true, id: newId() });
        },
      },
      "Setuju, buat buku saya",
    );
    return [
      h("h1", {}, "Buku kas"),
      h("p", {}, "Catat uang masuk dan keluar usaha Anda. Laba, bon, dan laporan dihitung sendiri."),
      agreeing
        ? card(
            h("h2", {}, `Buku ${setup.business}`),
            h(
              "ul",
              { class: "bk-setuju" },
              setup.consent.map((line) => h("li", {}, line)),
            ),
            h(
              "fieldset",
              { class: "bk-kolom" },
              h("legend", {}, "Jenis usaha Anda"),
              h(
                "div",
                { class: "bk-pilih bk-pilih-satu" },
                setup.businesses.map(([value, label]) =>
                  h(
                    "label",
                    {},
                    h("input", {
                      type: "radio",
                      name: "bk-usaha",
                      value,
                      onchange: () => {
                        business = value;
                        button.disabled = false;
                      },
                    }),
                    h("span", {}, label),
                  ),
                ),
              ),
            ),
            button,
            h(
              "button",
              {
                type: "button",
                class: "bk-tipis",
                onclick: () => {
                  desk.ask = null;
                  draw();
                },
              },
              "Belum dulu",
            ),
          )
        : [
            h(
              "button",
              { type: "button", class: "bk-utama", onclick: () => send({ type: "begin", mode: "sample" }) },
              "Coba dengan toko contoh",
            ),
            h(
              "button",
              {
                type: "button",
                class: "bk-tipis",
                onclick: () => {
                  desk.ask = { agree: true };
                  draw();
                },
              },
              "Buat buku saya sendiri",
            ),
          ],
    ];
  }

  return choosePage;
}
