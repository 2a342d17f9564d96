import { button, h, makeGroup, makeSign, makeVoice, showSign } from "../parts.js";
import "./table.css";

const MOST_ROWS = 20;

/** @param {Element | null} place */
function focusFirst(place) {
  /** @type {HTMLElement | null | undefined} */
  const first = place?.querySelector("input, select");
  first?.focus();
}

// Rows that are added, changed and deleted; "Urungkan" takes back whatever was done last.
export function makeField(question, ids, onInput) {
  const voice = makeVoice();
  const list = h("div", { class: "umkm-rows" });
  const add = button("+ Tambah baris");
  const undo = button("Urungkan", "umkm-undo");
  const past = [];
  let rows = [{}];
  let locked = false;
  const blank = (row) => Object.values(row).every((cell) => !cell);
  const change = (next, said) => {
    past.push(rows);
    rows = next;
    draw();
    voice.say(said);
    onInput(true);
  };
  const edit = (at, column, value, now) => {
    if (rows[at][column] === value) return;
    // One step back undoes one cell, not one letter.
    const last = past[past.length - 1];
    if (!last || last.cell !== `${at}-${column}`) past.push(Object.assign([...rows], { cell: `${at}-${column}` }));
    rows = rows.map((row, index) => (index === at ? { ...row, [column]: value } : row));
    showTools();
    onInput(now);
  };
  const makeCell = (column, at) => {
    const id = `${ids.field}-${at}-${column.id}`;
    const value = rows[at][column.id] || "";
    const input = column.options
      ? h(
          "select",
          { id, class: "umkm-input" },
          h("option", { value: "", text: "Pilih…" }),
          ...column.options.map((one) => h("option", { value: one.id, text: one.text })),
        )
      : h("input", {
          id,
          class: "umkm-input",
          type: "text",
          autocomplete: "off",
          maxlength: 120,
          inputmode: column.form === "rupiah" ? "decimal" : null,
        });
    input.value = value;
    input.addEventListener(column.options ? "change" : "input", () =>
      edit(at, column.id, input.value, Boolean(column.options)),
    );
    if (!column.options) input.addEventListener("blur", () => onInput.flush());
    // Half a phone's width holds nine letters of a closed list.
    const isWide = column.form === "text" || (column.options || []).some((one) => one.text.length > 9);
    return h(
      "div",
      { class: `umkm-cell ${isWide ? "umkm-wide" : ""}` },
      h("label", { for: id, text: column.text }),
      input,
    );
  };
  const makeRow = (at) => {
    const sign = makeSign();
    const drop = button("Hapus", "umkm-quiet");
    drop.setAttribute("aria-label", `Hapus baris ${at + 1}`);
    drop.addEventListener("click", () => {
      change(
        rows.filter((_row, index) => index !== at),
        `Baris ${at + 1} dihapus. Bisa diurungkan.`,
      );
      (list.querySelectorAll("button")[Math.min(at, rows.length - 1)] || add).focus();
    });
    const head = h("legend", {}, h("span", { text: `Baris ${at + 1}` }), sign);
    return {
      sign,
      node: h(
        "fieldset",
        { class: "umkm-row" },
        head,
        h("div", { class: "umkm-cells" }, ...question.columns.map((column) => makeCell(column, at))),
        drop,
      ),
    };
  };
  let drawn = [];
  const showTools = () => {
    undo.disabled = locked || !past.length;
    add.disabled = locked || rows.length >= MOST_ROWS;
  };
  const draw = () => {
    drawn = rows.map((_row, at) => makeRow(at));
    list.replaceChildren(...drawn.map(({ node }) => node));
    showTools();
  };
  add.addEventListener("click", () => {
    change([...rows, {}], `Baris ${rows.length + 1} ditambahkan.`);
    focusFirst(list.lastElementChild);
  });
  undo.addEventListener("click", () => {
    rows = [...past.pop()];
    draw();
    voice.say("Sudah diurungkan.");
    (undo.disabled ? add : undo).focus();
    onInput(true);
  });
  const body = makeGroup(question, ids, list, h("div", { class: "umkm-tools" }, add, undo), voice.node);
  draw();
  return {
    body,
    read: () => (rows.every(blank) ? null : rows),
    write: (answer) => {
      rows = Array.isArray(answer) && answer.length ? answer : [{}];
      past.length = 0;
      draw();
    },
    lock: (now) => {
      locked = now;
      body.disabled = now;
      showTools();
    },
    mark: () => {},
    showParts: (parts) => drawn.forEach(({ sign }, at) => showSign(sign, parts[at])),
    focus: () => focusFirst(list),
  };
}
