// The cash book: the form in which a transaction is written.

import { h } from "../base/dom.js";

export function makeForms(desk) {
  const { el, view, kindOf, send, save, draw } = desk;
  let typing = 0;

  function echoed(said) {
    if (said.said) return [said.said];
    if (said.bad) return [said.bad];
    if (!said.ask) return [];
    return [
      said.ask,
      h(
        "span",
        { class: "bk-pilihan" },
        said.choices.map((choice) =>
          h(
            "button",
            {
              type: "button",
              class: "bk-kecil",
              onclick: () => {
                desk.form.fields[said.field] = choice;
                delete desk.form.errors[said.field];
                draw();
                send({ type: "type", field: said.field, text: choice });
              },
            },
            choice,
          ),
        ),
      ),
    ];
  }

  function field(name, label, input, extra) {
    const error = desk.form.errors[name];
    const id = `bk-${name}`;
    input.id = id;
    if (error) input.setAttribute("aria-invalid", "true");
    input.setAttribute("aria-describedby", `${id}-pesan`);
    return h(
      "div",
      { class: "bk-kolom" },
      h("label", { for: id }, label),
      input,
      extra,
      h("p", { class: "bk-salah", id: `${id}-pesan`, role: error ? "alert" : undefined }, error || ""),
    );
  }
  function amountField(name, label, first) {
    const input = h("input", {
      inputmode: "decimal",
      autocomplete: "off",
      value: desk.form.fields[name] || "",
      placeholder: "Misalnya 15.000",
      "data-first": first,
      oninput: () => {
        desk.form.fields[name] = input.value;
        clearTimeout(typing);
        typing = setTimeout(() => send({ type: "type", field: name, text: input.value }), 250);
      },
      onkeydown: (event) => {
        if (event.key === "Enter") save();
      },
    });
    const add = (unit) =>
      h(
        "button",
        {
          type: "button",
          class: "bk-kecil",
          onclick: () => {
            const bare = input.value.replace(/\s*(ribu|juta)$/i, "");
            if (!bare) return input.focus();
            input.value = `${bare} ${unit}`;
            input.dispatchEvent(new Event("input"));
          },
        },
        unit,
      );
    return field(name, label, input, [
      h("div", { class: "bk-satuan" }, add("ribu"), add("juta")),
      h("p", { class: "bk-gema", "data-echo": name, role: "status" }),
    ]);
  }
  function choose(name, label, options) {
    const error = desk.form.errors[name];
    return h(
      "fieldset",
      { class: "bk-kolom" },
      h("legend", {}, label),
      h(
        "div",
        { class: "bk-pilih" },
        options.map(([value, text]) =>
          h(
            "label",
            {},
            h("input", {
              type: "radio",
              name: `bk-${name}`,
              value,
              checked: desk.form.fields[name] === value,
              onchange: () => {
                desk.form.fields[name] = value;
              },
            }),
            h("span", {}, text),
          ),
        ),
      ),
      h("p", { class: "bk-salah", role: error ? "alert" : undefined, tabindex: error ? -1 : undefined }, error || ""),
    );
  }
  function personField(kind) {
    const people = view().people || [];
    const input = h("input", {
      autocomplete: "off",
      maxlength: 80,
      value: desk.form.fields.person || "",
      "data-first": kind.asks[0] === "person",
      oninput: () => {
        desk.form.fields.person = input.value;
      },
    });
    const known = h(
      "div",
      { class: "bk-satuan" },
      people.slice(0, 6).map((name) =>
        h(
          "button",
          {
            type: "button",
            class: "bk-kecil",
            onclick: () => {
              input.value = desk.form.fields.person = name;
            },
          },
          name,
        ),
      ),
    );
    return field("person", kind.personLabel, input, known);
  }
  function countField() {
    const lines = desk.form.fields.counted;
    const cell = (line, name, label, options) => {
      const input = h("input", {
        "aria-label": label,
        placeholder: label,
        value: line[name] || "",
        autocomplete: "off",
        ...options,
        oninput: () => {
          line[name] = input.value;
        },
      });
      return input;
    };
    return h(
      "fieldset",
      { class: "bk-kolom" },
      h("legend", {}, "Barang yang masih ada"),
      h("p", { class: "bk-kecil-teks" }, "Tulis nama, banyaknya, dan harga beli satuannya."),
      lines.map((line, place) =>
        h(
          "div",
          { class: "bk-barang" },
          cell(line, "name", "Nama barang", { maxlength: 80 }),
          cell(line, "quantity", "Banyaknya", { inputmode: "decimal" }),
          cell(line, "cost", "Harga beli satu", { inputmode: "decimal" }),
          h(
            "button",
            {
              type: "button",
              class: "bk-kecil",
              "aria-label": `Hapus baris ${place + 1}`,
              onclick: () => {
                lines.splice(place, 1);
                if (!lines.length) lines.push({});
                draw();
              },
            },
            "×",
          ),
        ),
      ),
      h(
        "button",
        {
          type: "button",
          class: "bk-tipis",
          onclick: () => {
            lines.push({});
            draw();
            [...el.querySelectorAll(".bk-barang")].pop().querySelector("input").focus();
          },
        },
        "+ Tambah barang",
      ),
      h(
        "p",
        { class: "bk-salah", role: desk.form.errors.counted || desk.form.errors.amount ? "alert" : undefined },
        desk.form.errors.counted || desk.form.errors.amount || "",
      ),
    );
  }
  function formPage() {
    const kind = kindOf(desk.form.kind);
    const has = (name) => kind.asks.includes(name);
    const day = h("input", {
      type: "date",
      value: desk.form.fields.on,
      max: view().today,
      min: "2000-01-01",
      required: true,
      oninput: () => {
        desk.form.fields.on = day.value;
      },
    });
    const note = h("input", {
      maxlength: 200,
      value: desk.form.fields.note || "",
      autocomplete: "off",
      oninput: () => {
        desk.form.fields.note = note.value;
      },
    });
    const months = h("input", {
      inputmode: "numeric",
      value: desk.form.fields.months || "",
      placeholder: "Misalnya 48",
      oninput: () => {
        desk.form.fields.months = months.value;
      },
    });
    return h(
      "form",
      {
        class: "bk-formulir",
        novalidate: true,
        onsubmit: (event) => {
          event.preventDefault();
          if (!desk.form.busy) save();
        },
      },
      h("h2", { tabindex: -1 }, desk.form.corrects ? `Betulkan: ${kind.label}` : kind.label),
      h("p", { class: "bk-kecil-teks" }, kind.hint),
      kind.id === "hitung-stok" ? countField() : null,
      has("person") && kind.asks[0] === "person" ? personField(kind) : null,
      kind.id === "hitung-stok" ? null : amountField("amount", "Berapa jumlahnya?", kind.asks[0] !== "person"),
      has("fee") ? amountField("fee", "Potongannya berapa? (boleh kosong)") : null,
      has("interest") ? amountField("interest", "Berapa bunganya? (boleh kosong)") : null,
      has("category") && kind.categories.length > 1 ? choose("category", "Untuk apa?", kind.categories) : null,
      has("months") ? field("months", "Akan dipakai berapa bulan?", months) : null,
      has("money")
        ? choose("money", "Uangnya lewat mana?", [
            ["kas", "Kas (tunai)"],
            ["bank", "Bank"],
          ])
        : null,
      field("on", "Tanggal", day),
      field("note", "Keterangan (boleh kosong)", note),
      Object.entries(desk.form.errors)
        .filter(
          ([name]) =>
            !["amount", "fee", "interest", "person", "category", "months", "money", "on", "note", "counted"].includes(
              name,
            ),
        )
        .map(([, message]) => h("p", { class: "bk-salah", role: "alert" }, message)),
      h("button", { class: "bk-utama", disabled: Boolean(desk.form.busy) }, desk.form.busy ? "Menyimpan…" : "Simpan"),
      h("button", { type: "button", class: "bk-tipis", onclick: () => desk.giveUp(desk.form) }, "Tidak jadi"),
    );
  }

  return { echoed, formPage, stop: () => clearTimeout(typing) };
}
