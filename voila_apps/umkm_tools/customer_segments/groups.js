// Customer segments: the people of a group, and what to write to them.

import { copyText, h, put } from "../base/dom.js";

export function makeGroupPart(el, desk) {
  const person = (one) => {
    const copied = h("small", { role: "status" });
    return h(
      "li",
      { class: "pg-orang" },
      h("p", {}, h("strong", {}, one.name), h("small", {}, one.reason)),
      h(
        "div",
        { class: "bk-aksi" },
        one.link
          ? h(
              "a",
              {
                class: "bk-kecil pg-wa",
                href: one.link,
                target: "_blank",
                rel: "noopener noreferrer",
                "aria-label": `Kirim WA ke ${one.name}`,
              },
              "Kirim WA",
            )
          : null,
        h(
          "button",
          {
            type: "button",
            class: "bk-kecil",
            "aria-label": `Salin pesan untuk ${one.name}`,
            onclick: async () => {
              copied.textContent = (await copyText(el, one.message)) ? "Sudah disalin." : one.message;
            },
          },
          "Salin pesan",
        ),
        copied,
      ),
    );
  };

  /** A group: its box to write in stays while a person types; what stands around it is drawn anew. */
  function groupPart([name, title, meaning]) {
    const heading = h("h2", {});
    const list = h("div", {});
    const box = desk.field(
      name,
      "Pesannya",
      { rows: "4", maxlength: 600 },
      "{nama} diganti nama pembeli, {usaha} nama usaha Anda.",
    );
    const whole = h("section", { class: "bk-kartu pg-kelompok" }, heading, h("p", {}, meaning), box, list);
    return {
      whole,
      draw(told) {
        heading.textContent = `${title}: ${told.count}`;
        box.hidden = !told.count;
        put(
          list,
          told.people.length
            ? h("ul", { class: "bk-daftar" }, told.people.map(person))
            : h("p", { class: "bk-kosong" }, "Tidak ada di kelompok ini."),
          told.rest
            ? h(
                "button",
                {
                  type: "button",
                  class: "bk-tipis",
                  onclick: () => {
                    desk.form.more[name] = (desk.form.more[name] || 1) + 1;
                    desk.ask(0);
                  },
                },
                `Tampilkan lagi (masih ${told.rest})`,
              )
            : null,
        );
      },
    };
  }

  return groupPart;
}
