import { button, h, makeGroup, makeSign, makeVoice, showSign } from "../parts.js";
import "./spots.css";

const NAMES = {
  nota: "Nota",
  bon: "Buku bon",
  bukti: "Bukti pembayaran",
  pesan: "Pesan masuk",
  poster: "Poster",
  stiker: "Stiker QRIS",
};

// A paper drawn by us whose parts can be tapped.
export function makeField(question, ids, onInput) {
  const voice = makeVoice();
  let tapped = [];
  const parts = question.parts.map(({ id, text }) => {
    const sign = makeSign();
    const node = button("", "umkm-part");
    const [label, value] = text.includes(": ") ? text.split(/: (.*)/s) : [text, ""];
    node.append(
      h("span", { text: value ? `${label}:` : label }),
      h("span", { class: "umkm-part-value", text: value }),
      sign,
    );
    node.addEventListener("click", () => tap(id, text));
    return { id, node, sign };
  });
  const tap = (id, text) => {
    if (tapped.includes(id)) tapped = tapped.filter((one) => one !== id);
    else if (question.most === 1) tapped = [id];
    else if (tapped.length >= question.most) {
      voice.say(`Sudah ${question.most} bagian. Lepas satu dulu.`);
      return;
    } else tapped = [...tapped, id];
    show();
    voice.say(tapped.includes(id) ? `Ditandai: ${text}` : `Tanda dilepas: ${text}`);
    onInput(true);
  };
  const show = () => {
    parts.forEach(({ id, node }) => node.setAttribute("aria-pressed", tapped.includes(id)));
    left.textContent = question.most > 1 ? `Ditandai ${tapped.length} dari ${question.most}` : "";
  };
  const left = h("p", { class: "umkm-marked" });
  const paper = h(
    "div",
    { class: `umkm-paper umkm-paper-${question.paper}`, role: "group", "aria-label": NAMES[question.paper] },
    ...parts.map(({ node }) => node),
  );
  const body = makeGroup(question, ids, paper, left, voice.node);
  show();
  return {
    body,
    read: () => (tapped.length ? tapped : null),
    write: (answer) => {
      tapped = Array.isArray(answer) ? answer : [];
      show();
    },
    lock: (locked) => {
      body.disabled = locked;
    },
    mark: () => {},
    showParts: (told) => parts.forEach(({ id, sign }) => showSign(sign, told[id])),
    focus: () => parts[0].node.focus(),
  };
}
