import { button, makeGroup } from "umkm_widgets";

const CHOICES = [
  ["ya", "Ya"],
  ["tidak", "Tidak"],
];

export function makeField(question, ids, onInput) {
  let chosen = null;
  const buttons = CHOICES.map(([value, text]) => {
    const one = button(text, "umkm-yes-no");
    one.addEventListener("click", () => {
      write(value);
      onInput(true);
    });
    return one;
  });
  const write = (answer) => {
    chosen = answer ?? null;
    buttons.forEach((one, at) => one.setAttribute("aria-pressed", CHOICES[at][0] === chosen));
  };
  const body = makeGroup(question, ids, ...buttons);
  return {
    body,
    write,
    read: () => chosen,
    lock: (locked) => {
      body.disabled = locked;
    },
    mark: () => {},
    showParts: () => {},
    focus: () => buttons[0].focus(),
  };
}
