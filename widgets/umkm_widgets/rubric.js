import "./rubric.css";
import { h, NUMBER } from "./parts.js";

// What staff look for in an answer, for the trainee to read.
export function makeRubric(question) {
  if (!question.rubric) return [];
  const lines = question.rubric.map(({ text, points }) =>
    h("li", {}, h("span", { text }), h("strong", { text: ` ${NUMBER.format(points)} poin` })),
  );
  return [h("p", { class: "umkm-rule", text: "Yang dinilai pengajar:" }), h("ul", { class: "umkm-rubric" }, ...lines)];
}
