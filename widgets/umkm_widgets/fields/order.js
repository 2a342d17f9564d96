import { button, h, makeGroup, makeSign, makeVoice, showSign } from "../parts.js";
import "./order.css";

// A list whose items move up and down. Nothing is answered until something has moved.
export function makeField(question, ids, onInput) {
  const shown = question.items.map(({ id }) => id);
  const texts = Object.fromEntries(question.items.map(({ id, text }) => [id, text]));
  const voice = makeVoice();
  const list = h("ol", { class: "umkm-order" });
  let order = shown;
  let moved = false;
  const move = (id, by) => {
    const at = order.indexOf(id);
    const to = at + by;
    if (to < 0 || to >= order.length) return;
    order = order.filter((one) => one !== id);
    order.splice(to, 0, id);
    moved = true;
    arrange();
    // The button that was pressed may have come to an end of the list.
    const { up, down } = rows[id];
    (by < 0 ? (up.disabled ? down : up) : down.disabled ? up : down).focus();
    voice.say(`${texts[id]}: sekarang nomor ${to + 1} dari ${order.length}`);
    onInput(true);
  };
  const rows = Object.fromEntries(
    shown.map((id) => {
      const up = button("▲", "umkm-move");
      const down = button("▼", "umkm-move");
      const sign = makeSign();
      up.addEventListener("click", () => move(id, -1));
      down.addEventListener("click", () => move(id, 1));
      up.setAttribute("aria-label", `Naikkan: ${texts[id]}`);
      down.setAttribute("aria-label", `Turunkan: ${texts[id]}`);
      const number = h("span", { class: "umkm-number", "aria-hidden": "true" });
      return [
        id,
        {
          up,
          down,
          sign,
          number,
          node: h(
            "li",
            {},
            number,
            sign,
            h("span", { class: "umkm-text", text: texts[id] }),
            h("span", { class: "umkm-moves" }, up, down),
          ),
        },
      ];
    }),
  );
  const arrange = () => {
    order.forEach((id, at) => {
      rows[id].number.textContent = at + 1;
      rows[id].up.disabled = at === 0;
      rows[id].down.disabled = at === order.length - 1;
    });
    list.replaceChildren(...order.map((id) => rows[id].node));
  };
  const body = makeGroup(question, ids, list, voice.node);
  arrange();
  return {
    body,
    read: () => (moved ? order : null),
    write: (answer) => {
      moved = Array.isArray(answer) && answer.length === shown.length;
      order = moved ? answer : shown;
      arrange();
    },
    lock: (locked) => {
      body.disabled = locked;
    },
    mark: () => {},
    showParts: (parts) => shown.forEach((id) => showSign(rows[id].sign, parts[id])),
    focus: () => rows[order[0]].down.focus(),
  };
}
