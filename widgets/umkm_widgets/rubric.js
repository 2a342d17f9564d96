import "./rubric.css";
import { make, NUMBER } from "./parts.js";

// What staff look for in an answer, for the trainee to read.
export function makeRubric(question) {
  if (!question.rubric) return [];
  const lines = question.rubric.map(({ text, points }) =>
    make("li", {}, make("span", { text }), make("strong", { text: ` ${NUMBER.format(points)} poin` })),
  );
  return [
    make("p", { class: "umkm-rule", text: "Yang dinilai pengajar:" }),
    make("ul", { class: "umkm-rubric" }, ...lines),
  ];
}
