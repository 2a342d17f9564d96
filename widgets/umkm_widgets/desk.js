// Part of the module of each desk: a form that Python reckons while a person types.

const PATIENCE = 12000;
const SILENT = "Belum ada jawaban dari laptop. Periksa sinyal, lalu coba sekali lagi.";

/** The form of a desk. `first` holds its fields' beginnings; `prefix` keeps ids apart; `shown` draws an answer. */
function makeDesk({ model, el, prefix, first, shown }) {
  const form = JSON.parse(JSON.stringify(first));
  let number = 0;
  let timer = 0;
  let late = 0;
  el.style.scrollMarginTop = "80px";

  function ask(soon = 300) {
    clearTimeout(timer);
    timer = setTimeout(() => { number += 1; send({ type: "reckon", number, form }); }, soon);
  }
  function make(what) { send({ type: "make", what, form }); }
  function take(buffers) { number += 1; send({ type: "take", number, form }, buffers); }
  function send(message, buffers) {
    clearTimeout(late);
    late = setTimeout(() => { done.textContent = SILENT; }, PATIENCE);
    model.send(message, undefined, buffers);
  }
  function answered() {
    clearTimeout(late);
    if (done.textContent === SILENT) done.textContent = "";
  }

  const wrong = (name) => h("p", { class: "bk-salah", id: `${prefix}-${name}-pesan`, "data-error": name });
  const hinted = (hint) => (hint ? h("p", { class: "bk-kecil-teks" }, hint) : null);
  function field(name, label, options = {}, hint = "") {
    const input = h(options.rows ? "textarea" : "input", { id: `${prefix}-${name}`, autocomplete: "off", value: form[name], "aria-describedby": `${prefix}-${name}-pesan`, ...options,
      oninput: () => { form[name] = input.value; ask(); } });
    return h("div", { class: "bk-kolom" }, h("label", { for: `${prefix}-${name}` }, label), hinted(hint), input, wrong(name));
  }
  const money = (name, label, options = {}, hint = "") => field(name, label, { inputmode: "decimal", ...options }, hint);
  function options(type, name, label, list, hint, chosen, change) {
    return h("fieldset", { class: "bk-kolom" }, h("legend", {}, label), hinted(hint), h("div", { class: "bk-pilih" }, list.map(([value, text]) =>
      h("label", {}, h("input", { type, name: `${prefix}-${name}`, value, checked: chosen(value), onchange: (event) => { change(value, event.target.checked); ask(0); } }), h("span", {}, text)))), wrong(name));
  }
  const choose = (name, label, list, hint = "") => options("radio", name, label, list, hint, (value) => form[name] === value, (value) => { form[name] = value; });
  const tick = (name, label, list, hint = "") => options("checkbox", name, label, list, hint, (value) => form[name].includes(value),
    (value, on) => { form[name] = list.map(([one]) => one).filter((one) => (one === value ? on : form[name].includes(one))); });

  const told = h("p", { class: "bk-salah", role: "alert" });
  const done = h("p", { class: "bk-gema", role: "status" });
  function refresh() {
    answered();
    const said = model.get("result");
    const bad = said.ok === false;
    let placed = false;
    el.querySelectorAll("[data-error]").forEach((line) => {
      const mine = bad && said.field === line.dataset.error;
      placed = placed || mine;
      line.textContent = mine ? said.message : "";
      if (mine && said.choices) {
        line.append(h("span", { class: "bk-pilihan" }, said.choices.map((choice) => h("button", { type: "button", class: "bk-kecil",
          onclick: () => { form[said.field] = choice; el.querySelector(`#${prefix}-${said.field}`).value = choice; ask(0); } }, choice))));
      }
      const input = el.querySelector(`#${prefix}-${line.dataset.error}`);
      if (input) input.toggleAttribute("aria-invalid", mine);
    });
    told.textContent = bad && !placed ? said.message : "";
    if (said.ok) shown(said);
  }
  function receive(content, buffers) {
    if (content.type !== "file") return;
    answered();
    download(el, content, buffers);
    done.textContent = `Berkas ${content.name} diunduh. Cari di folder Unduhan.`;
  }
  /** Show the desk for the first time; gives what ends it. */
  function begin(...parts) {
    el.replaceChildren(h("div", { class: "umkm-buku hj" }, parts, told, done));
    model.on("change:result", refresh);
    model.on("msg:custom", receive);
    refresh();
    return () => { clearTimeout(timer); clearTimeout(late); };
  }
  return { form, ask, make, take, field, money, choose, tick, begin };
}

const put = (node, ...parts) => node.replaceChildren(...parts.flat(9).filter(Boolean));
const rows = (list) => h("dl", { class: "bk-langkah" }, list.map(([label, value], place) => h("div", { class: place === list.length - 1 ? "bk-jumlah" : undefined }, h("dt", {}, label), h("dd", {}, value))));
const cited = (said) => h("p", { class: "bk-kecil-teks qr-sumber" }, `Sejak ${said.since}. Sumber: ${said.source}. Diperiksa ${said.checked}.`, said.note ? [h("br"), said.note] : null);
