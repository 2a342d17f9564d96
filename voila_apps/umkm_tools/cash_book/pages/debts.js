// The cash book: what customers owe, and what the owner owes.

import { h } from "../../base/dom.js";
import { card, empty, figures } from "./parts.js";

export function makeDebts(desk) {
  const { setup, open, draw } = desk;

  function debtor(debt) {
    const opened = desk.ask && desk.ask.debtor === debt.person;
    return h(
      "li",
      {},
      h(
        "button",
        {
          type: "button",
          class: "bk-baris",
          "aria-expanded": String(Boolean(opened)),
          onclick: () => {
            desk.ask = opened ? null : { debtor: debt.person, text: debt.reminder };
            draw();
          },
        },
        h("span", { class: "bk-apa" }, debt.person, h("small", {}, debt.since, debt.old ? " · sudah lama" : "")),
        h("span", { class: "bk-uang" }, debt.amount),
      ),
      opened ? reminder(debt) : null,
    );
  }

  function reminder(debt) {
    const text = h("textarea", {
      rows: 7,
      "aria-label": "Pesan pengingat",
      oninput: () => {
        desk.ask.text = text.value;
        link.href = address();
      },
    });
    text.value = desk.ask.text;
    const address = () => `${setup.whatsapp}${encodeURIComponent(desk.ask.text)}`;
    const link = h(
      "a",
      { class: "bk-utama", href: address(), target: "_blank", rel: "noopener noreferrer" },
      "Kirim lewat WhatsApp",
    );
    return h(
      "div",
      { class: "bk-ingat" },
      h("p", { class: "bk-kecil-teks" }, "Ubah pesannya bila perlu. Pilih orangnya di WhatsApp."),
      text,
      link,
      h(
        "button",
        { type: "button", class: "bk-tipis", onclick: () => open("terima-bon", { person: debt.person }) },
        "Catat pembayaran",
      ),
    );
  }

  function debtPage(page) {
    return [
      h("h2", {}, "Bon pelanggan"),
      figures([["Jumlah bon", page.total], ...page.ages]),
      page.owed.length
        ? card(h("ul", { class: "bk-daftar" }, page.owed.map(debtor)))
        : empty("Tidak ada yang berutang kepada Anda."),
      h("button", { type: "button", class: "bk-tipis", onclick: () => open("jual-bon") }, "+ Catat bon baru"),
      h("h2", {}, "Utang saya"),
      [...page.owing.map((debt) => [debt, "bayar-utang"]), ...page.loans.map((debt) => [debt, "angsuran"])].length
        ? card(
            h(
              "ul",
              { class: "bk-daftar" },
              [...page.owing.map((debt) => [debt, "bayar-utang"]), ...page.loans.map((debt) => [debt, "angsuran"])].map(
                ([debt, kind]) =>
                  h(
                    "li",
                    {},
                    h(
                      "button",
                      { type: "button", class: "bk-baris", onclick: () => open(kind, { person: debt.person }) },
                      h(
                        "span",
                        { class: "bk-apa" },
                        debt.person,
                        h("small", {}, `${debt.since} · ketuk untuk membayar`),
                      ),
                      h("span", { class: "bk-uang" }, debt.amount),
                    ),
                  ),
              ),
            ),
          )
        : empty("Anda tidak punya utang yang tercatat."),
    ];
  }

  return debtPage;
}
