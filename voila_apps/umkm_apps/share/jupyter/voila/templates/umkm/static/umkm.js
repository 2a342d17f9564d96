// The shell around a lesson or an assignment: one step a screen, and a kernel let go when the page
// is left. It runs as soon as the text is there; sending is the outbox's (voila_apps/template).
"use strict";

(function stepByStep() {
  const main = document.querySelector("main[data-steps]");
  if (!main) return;
  const steps = [];
  for (const cell of main.querySelectorAll(":scope > .sel")) {
    if (cell.dataset.step) {
      const section = document.createElement("section");
      section.dataset.name = cell.dataset.step;
      cell.before(section);
      steps.push(section);
    }
    if (steps.length) steps[steps.length - 1].append(cell);
  }
  if (steps.length < 2) { main.classList.add("siap"); return; }
  const bar = document.createElement("ol");
  bar.className = "langkah";
  bar.setAttribute("aria-hidden", "true");
  steps.forEach(() => bar.append(document.createElement("li")));
  const words = document.createElement("p");
  words.className = "langkah-teks";
  const row = document.createElement("div");
  row.className = "langkah-tombol";
  const button = (text, thin, go) => {
    const b = document.createElement("button");
    b.type = "button";
    b.className = "tombol" + (thin ? " tombol-tipis" : "");
    b.textContent = text;
    b.addEventListener("click", go);
    return b;
  };
  const place = () => {
    const name = location.hash.slice(1);
    return Math.max(0, steps.findIndex((s) => s.dataset.name === name));
  };
  const draw = (focus) => {
    const now = place();
    steps.forEach((s, i) => { s.hidden = i !== now; });
    [...bar.children].forEach((li, i) => { li.className = i < now ? "lewat" : i === now ? "kini" : ""; });
    words.textContent = `Langkah ${now + 1} dari ${steps.length}`;
    row.replaceChildren();
    if (now > 0) row.append(button("Kembali", true, () => go(now - 1)));
    row.append(now < steps.length - 1
      ? button("Lanjut", false, () => go(now + 1))
      : button("Selesai", false, () => document.getElementById("selesai").submit()));
    if (focus) {
      window.scrollTo(0, 0);
      const title = steps[now].querySelector("h1, h2");
      if (title) { title.tabIndex = -1; title.focus({ preventScroll: true }); }
    }
  };
  const go = (i) => { location.hash = steps[i].dataset.name; };
  window.addEventListener("hashchange", () => draw(true));
  steps[0].before(bar, words);
  main.append(row);
  draw(false);
  main.classList.add("siap");
})();

(function letTheKernelGo() {
  const { baseUrl, leave } = document.body.dataset;
  window.addEventListener("pagehide", (event) => {
    if (event.persisted) return; // the browser may show this very page again
    const page = document.getElementById("slim-config");
    if (!page || !leave) return;
    const form = new FormData();
    form.append("_xsrf", leave);
    form.append("kernel", page.dataset.kernelId);
    navigator.sendBeacon(`${baseUrl}selesai-halaman`, form);
  });
})();
