import { h, makeDesk, put } from "umkm_tools";

function render({ model, el }) {
  const answer = h("p", { "aria-live": "polite" });
  const desk = makeDesk({
    model,
    el,
    prefix: "st",
    first: { one: "", two: "" },
    shown: (said) => put(answer, said.sum || ""),
  });
  return desk.begin(() => [
    h("h1", {}, "Stoples"),
    desk.money("one", "Stoples pertama"),
    desk.money("two", "Stoples kedua"),
    answer,
  ]);
}

export default { render };
