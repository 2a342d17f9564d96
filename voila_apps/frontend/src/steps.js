// Shows a lesson or an assignment one step and one question at a time. It runs as soon as the text is there
// and needs no kernel; sending is the outbox's.

import { h } from "../../../widgets/umkm_widgets/element.js";
import { releaseKernelOnLeave } from "./leave.js";
import { ALL, addressOf, placeOf, signOf, waysFrom } from "./step_address.js";

// What was not to be shown is not lost to paper: the class hides on screens alone.
const hide = (node, isHidden) => node.classList.toggle("bukan-kini", isHidden);
const shorten = (node, isShort) => node.classList.toggle("tinggal-judul", isShort);

/** One step: the cells in `node`, of which one question at a time is shown. */
class Step {
  /**
   * @param {HTMLElement} node
   * @param {string} name
   * @param {boolean} isLesson
   */
  constructor(node, name, isLesson) {
    this.node = node;
    this.name = name;
    this.marked = new Set();
    this.told = ""; // what the list and the heading show
    this.list = h("ol", { class: "soal-daftar" });
    this.nav = h("nav", { class: "soal-nav", "aria-label": "Daftar soal" }, this.list);
    this.heading = h(isLesson ? "h3" : "h2", { class: "soal-ke", tabindex: -1 });
    this.all = h("a", { class: "soal-semua" });
    this.line = h("div", { class: "soal-baris" }, this.heading, this.all);
  }

  /** The places of its questions, also of those that the kernel has yet to give. */
  get places() {
    const found = this.node.querySelectorAll(".slim-slot[aria-busy=true], [data-widget-model]");
    return [...found].filter(
      (place) =>
        !place.parentElement?.closest("[data-widget-model]") &&
        (place.getAttribute("aria-busy") === "true" || place.querySelector(".umkm-question")),
    );
  }

  get count() {
    return this.places.length;
  }

  get isAnswered() {
    return this.places.every((place) => place.querySelector(".umkm-question[data-answered=yes]"));
  }

  /** The text before a question belongs to it, the text after the last one to the last. */
  ownTexts(places) {
    const owned = places.map(() => []);
    const waiting = [];
    for (const cell of this.node.querySelectorAll(":scope > .sel")) {
      const first = places.findIndex((place) => cell.contains(place));
      if (first < 0) waiting.push(cell);
      else owned[first].push(...waiting.splice(0));
    }
    owned[owned.length - 1].push(...waiting);
    return owned;
  }

  show(wanted) {
    const { places } = this;
    const isOne = places.length > 1 && wanted !== ALL;
    const now = Math.min(wanted, places.length) - 1;
    const marked = new Set();
    if (isOne) {
      const texts = this.ownTexts(places);
      places.forEach((place, i) =>
        [place, ...texts[i]].forEach((node) => {
          // Of what the step begins with, its title stays.
          if (i === 0 && node !== place) shorten(node, now > 0);
          else hide(node, i !== now);
          marked.add(node);
        }),
      );
    }
    for (const node of this.marked) if (!marked.has(node)) [hide, shorten].forEach((undo) => undo(node, false));
    this.marked = marked;
    this.tell(places, wanted === ALL ? ALL : now + 1);
  }

  tell(places, now) {
    const signs = places.map((place) => signOf(place.querySelector(".umkm-question")));
    const told = JSON.stringify([now, signs]);
    if (told === this.told) return;
    this.told = told;
    [this.nav, this.line].forEach((node) => hide(node, places.length < 2));
    if (places.length < 2) return;
    const first = [...this.node.querySelectorAll(":scope > .sel")].find((cell) => cell.contains(places[0]));
    if (first && first.previousSibling !== this.line) first.before(this.nav, this.line);
    this.heading.textContent = now === ALL ? `${places.length} soal` : `Soal ${now} dari ${places.length}`;
    this.all.textContent = now === ALL ? "Satu per satu" : "Semua soal";
    this.all.href = addressOf(this, now === ALL ? 1 : ALL);
    this.tellList(signs, now);
  }

  tellList(signs, now) {
    while (this.list.children.length > signs.length) this.list.lastChild?.remove();
    signs.forEach(([sign, words], i) => {
      const item = this.list.children[i] || this.list.appendChild(h("li"));
      const link = item.querySelector("a") || item.appendChild(h("a", { class: "soal-tanda" }));
      link.replaceChildren(h("span", { text: `${i + 1}` }), h("span", { class: "soal-keadaan", text: sign }));
      link.href = addressOf(this, i + 1);
      link.setAttribute("aria-label", `Soal ${i + 1}, ${words}`);
      if (i + 1 === now) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
  }
}

function showSteps() {
  const main = /** @type {HTMLElement} */ (document.getElementById("isi"));
  const send = document.querySelector(".kirim-baris");
  const isLesson = main.hasAttribute("data-steps");
  const waiting = document.getElementById("menunggu");
  if (!isLesson && !send) return;

  function findSteps() {
    /** @type {Step[]} */
    const found = [];
    /** @type {NodeListOf<HTMLElement>} */
    const cells = main.querySelectorAll(":scope > .sel");
    for (const cell of cells) {
      if (isLesson ? cell.dataset.step : !found.length) {
        const section = h("section");
        cell.before(section);
        found.push(new Step(section, cell.dataset.step || "soal", isLesson));
      }
      if (found.length) found[found.length - 1].node.append(cell);
    }
    return found;
  }

  const steps = findSteps();
  main.classList.add("siap");
  if (!steps.length || (isLesson && steps.length < 2)) return;

  const bar = h("ol", { class: "langkah", "aria-hidden": "true" });
  const words = h("p", { class: "langkah-teks" });
  if (isLesson) {
    steps.forEach(() => bar.append(h("li")));
    steps[0].node.before(bar, words);
  }
  const row = h("div", { class: "langkah-tombol" });
  main.append(row);

  let shownWays = "";
  function drawWays(found) {
    const text = JSON.stringify(found);
    if (text === shownWays) return;
    shownWays = text;
    const buttons = Object.entries(found)
      .filter(([, way]) => way)
      .map(([which, [label, address]]) => {
        const button = h("button", {
          type: "button",
          class: `tombol${which === "back" ? " tombol-tipis" : ""}`,
          text: label,
        });
        button.addEventListener("click", () => {
          /** @type {HTMLFormElement | null} */
          const end = document.querySelector("#selesai");
          if (address) location.hash = address;
          else end?.submit();
        });
        return button;
      });
    row.replaceChildren(...buttons);
  }

  const titles = [...main.querySelectorAll(":scope > .sel")];
  function draw() {
    if (waiting) hide(waiting, Boolean(main.querySelector(".umkm-question")));
    const place = placeOf(location.hash, steps);
    const { step, question } = place;
    steps.forEach((one, i) => {
      hide(one.node, i !== step);
      one.show(i === step ? question : 1);
    });
    [...bar.children].forEach((li, i) => {
      li.className = i < step ? "lewat" : i === step ? "kini" : "";
    });
    const said = `Langkah ${step + 1} dari ${steps.length}`;
    if (words.textContent !== said) words.textContent = said;
    // The bar at the top bears the title too.
    titles.forEach((cell) => cell.classList.toggle("judul-lewat", step > 0));
    drawWays(waysFrom(place, steps, isLesson));
    if (send) {
      const { count, isAnswered } = steps[step];
      const isLast = question === ALL || question >= count;
      // Whatever waits for an answer there, as when there is no signal, stays in sight.
      hide(send, !isLast && !isAnswered && !send.querySelector(".panel"));
    }
    return place;
  }

  let lastStep = draw().step;
  window.addEventListener("hashchange", () => {
    const { step, question } = draw();
    /** @type {HTMLElement | null} */
    const title = steps[step].node.querySelector("h1, h2");
    const isArriving = step !== lastStep && (question === 1 || steps[step].count < 2) && title;
    const target = isArriving ? title : steps[step].heading;
    lastStep = step;
    if (isLesson) window.scrollTo(0, 0);
    else steps[step].nav.scrollIntoView();
    target.tabIndex = -1;
    target.focus({ preventScroll: true });
  });
  new MutationObserver(draw).observe(document.body, {
    childList: true,
    subtree: true,
    attributes: true,
    attributeFilter: ["aria-busy", "data-answered", "data-save"],
  });
}

showSteps();
releaseKernelOnLeave();
