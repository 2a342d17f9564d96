// Where a reader is on a page of steps. The place stands in the address, so that Back and a reload lead there:
// #coba, #coba-2, #coba-semua. An assignment is one step called "soal".

/** @typedef {{name: string, count: number}} StepCount a step's name, and how many questions it has */
/** @typedef {{step: number, question: number | typeof ALL}} Place a step by its index, a question by its number */
/** @typedef {[string, string] | null} Way */

/** Stands for all questions of a step at once. */
export const ALL = "semua";

/**
 * The address of a step, or of one of its questions.
 * @param {{name: string}} step
 * @param {number | typeof ALL} [question]
 */
export const addressOf = (step, question) => `#${step.name}${question ? `-${question}` : ""}`;

/**
 * The step and the question that an address names; without one, the first.
 * @param {string} hash as in `location.hash`
 * @param {{name: string}[]} steps
 * @returns {Place}
 */
export function placeOf(hash, steps) {
  const wanted = hash.slice(1);
  const at = steps.findIndex(({ name }) => wanted === name || wanted.startsWith(`${name}-`));
  const step = Math.max(0, at);
  const rest = at < 0 ? "" : wanted.slice(steps[at].name.length + 1);
  return { step, question: rest === ALL ? ALL : Math.max(1, Number.parseInt(rest, 10) || 1) };
}

/**
 * What the buttons below a step lead to: [words, address], or null.
 * @param {Place} place
 * @param {StepCount[]} steps
 * @param {boolean} isLesson whether the last step ends with "Selesai"
 * @returns {{back: Way, on: Way}}
 */
export function waysFrom({ step, question }, steps, isLesson) {
  const { count } = steps[step];
  const now = question === ALL || count < 2 ? 0 : Math.min(question, count);
  /** @type {Way} */
  let back = null;
  /** @type {Way} */
  let on = null;
  if (now > 1) back = ["Sebelumnya", addressOf(steps[step], now - 1)];
  else if (step > 0)
    back = ["Kembali", addressOf(steps[step - 1], steps[step - 1].count > 1 ? steps[step - 1].count : 0)];
  if (now && now < count) on = ["Berikutnya", addressOf(steps[step], now + 1)];
  else if (step < steps.length - 1) on = ["Lanjut", addressOf(steps[step + 1])];
  else if (isLesson) on = ["Selesai", ""];
  return { back, on };
}

/**
 * How a question stands, as a sign and in words.
 * @param {HTMLElement | null} card its widget, once the kernel has given it
 * @returns {[string, string]}
 */
export function signOf(card) {
  if (!card) return ["○", "belum dijawab"];
  if (["failed", "replaced"].includes(card.dataset.save || "")) return ["!", "perlu dilihat"];
  const said = card.querySelector(".umkm-feedback");
  /** @type {Record<string, [string, string]>} */
  const verdicts = { right: ["✓", "benar"], partly: ["◐", "sebagian benar"], wrong: ["✗", "belum tepat"] };
  const verdict = Object.keys(verdicts).find((name) => said?.classList.contains(`umkm-${name}`));
  if (verdict) return verdicts[verdict];
  return card.dataset.answered === "yes" ? ["●", "sudah dijawab"] : ["○", "belum dijawab"];
}
