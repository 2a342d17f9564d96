// The catalogue: the page, what Python is told, what it says back.
// A product half written down stays on this phone until Python has it.

import { download, draftsOnThisPhone, h, newId, put } from "../base/dom.js";
import { makeFormPage } from "./form_page.js";
import { makeListPages } from "./list_pages.js";
import { makePhotos } from "./pieces.js";

const RESEND = 6000;

function render({ model, el }) {
  const setup = model.get("setup");
  const drafts = draftsOnThisPhone(`umkm-katalog-${setup.token}`);
  el.style.scrollMarginTop = "80px"; // the shell's header stays on top
  /** @type {Record<string, any>} */
  const desk = {
    form: null, // { kind: "product" | "seller", fields, errors, choices }
    told: null,
    ask: "", // "agree" or "erase"
    busy: "", // what Python has not answered yet; it goes out again until then
    slow: false,
    making: false, // whether that is a file
    preview: "",
    fetched: "",
  };
  let again = 0;
  let attaching = 0;
  const unattached = new Map();
  let resumed = false;

  const view = () => model.get("view");
  const own = () => view().mode === "own";
  const find = (product) => view().products.find((one) => one.id === product);
  const photos = makePhotos({
    heard(product, name) {
      if (name && desk.form && desk.form.fields.product === product) {
        desk.form.fields.photo = name;
        desk.form.typed();
      }
      if (name) {
        unattached.set(product, name);
        attach();
      }
      const line = el.querySelector(`[data-foto="${product}"]`);
      if (line && !name) line.textContent = photos.words(product);
      else if (line && desk.form) drawPhoto();
      else if (line) draw();
    },
  });

  /** A photo that has arrived belongs to its product once Python says so; until then it is told again. */
  function attach() {
    for (const [product, photo] of unattached) {
      if (find(product)?.photo === photo) unattached.delete(product);
      else if (own() && find(product)) model.send({ type: "attach", id: newId(), product, photo });
    }
    clearTimeout(attaching);
    if (unattached.size) attaching = setTimeout(attach, RESEND);
  }

  const begun = () => (own() ? Object.values(drafts.all()).filter(({ product }) => typeof product === "string") : []);
  function act(message) {
    desk.busy = newId();
    desk.making = message.type === "make";
    desk.slow = false;
    desk.told = null;
    desk.fetched = "";
    desk.ask = "";
    const asked = { ...message, id: desk.busy };
    model.send(asked);
    clearInterval(again);
    again = setInterval(() => {
      if (!desk.slow) {
        desk.slow = true;
        draw();
      }
      model.send(asked);
    }, RESEND);
    draw();
  }
  function open(kind, fields) {
    desk.form = {
      kind,
      fields,
      errors: {},
      choices: null,
      typed() {
        if (kind === "product" && own()) drafts.keep(desk.form.fields.product, desk.form.fields);
      },
      again() {
        send();
      },
    };
    desk.told = null;
    desk.ask = "";
    desk.preview = "";
    draw();
    el.scrollIntoView({ block: "start" });
    el.querySelector("input[type=text], input:not([type])")?.focus({ preventScroll: true });
  }
  const openProduct = (product) =>
    open(
      "product",
      product
        ? begun().find((one) => one.product === product.id) || {
            product: product.id,
            name: product.name,
            price: product.price,
            description: product.description,
            photo: product.photo,
          }
        : begun().find((one) => !find(one.product)) || {
            product: newId(),
            name: "",
            price: "",
            description: "",
            photo: "",
          },
    );
  function send() {
    desk.form.errors = {};
    desk.form.choices = null;
    unattached.delete(desk.form.fields.product);
    act({ ...desk.form.fields, type: desk.form.kind === "product" ? "save" : "describe" });
  }
  function close() {
    if (desk.form.kind === "product") {
      photos.cancel(desk.form.fields.product);
      drafts.drop(desk.form.fields.product);
    }
    desk.form = null;
    draw();
  }
  const button = (label, kind, onclick, more = {}) =>
    h("button", { type: "button", class: kind, disabled: Boolean(desk.busy), onclick, ...more }, label);

  Object.assign(desk, {
    el,
    setup,
    drafts,
    photos,
    view,
    own,
    find,
    begun,
    act,
    open,
    openProduct,
    send,
    close,
    button,
    draw,
  });
  const { formPage, drawPhoto } = makeFormPage(desk);
  const { startPage, listPage } = makeListPages(desk);

  function draw() {
    const held = document.activeElement && el.contains(document.activeElement) ? document.activeElement.id : "";
    if (own() && !resumed) {
      resumed = true;
      photos.resume([...new Set([...view().products.map((one) => one.id), ...begun().map((one) => one.product)])]);
    }
    const body = desk.form ? formPage() : view().mode === "start" ? startPage() : listPage();
    put(
      root,
      body,
      desk.busy
        ? h(
            "p",
            { class: desk.slow ? "bk-awas" : "bk-gema", role: "status" },
            desk.slow
              ? "Menunggu sinyal. Jangan tutup halaman ini; permintaan Anda dikirim lagi sendiri."
              : desk.making
                ? "Sedang dibuat…"
                : "Sebentar…",
          )
        : null,
    );
    /** @type {HTMLElement | null} */
    const again = held ? root.querySelector(`#${CSS.escape(held)}`) : null;
    again?.focus({ preventScroll: true });
  }
  function hear() {
    const now = model.get("outcome");
    // What was not asked from here, such as the look below, ends no deed and closes no form.
    if (!now.id || now.id !== desk.busy) {
      if (!now.id && !now.ok && !desk.form && !desk.busy) {
        desk.told = now;
        draw();
      }
      return;
    }
    desk.busy = "";
    clearInterval(again);
    if (desk.form && now.ok) {
      if (desk.form.kind === "product") drafts.drop(desk.form.fields.product);
      desk.form = null;
    } else if (desk.form) {
      const shown =
        ["name", "price", "description", "phone", "about"].includes(now.field) && now.field in desk.form.fields;
      desk.form.errors = { [shown ? now.field : ""]: now.message };
      desk.form.choices = now.choices;
    }
    if (!desk.form && now.message) desk.told = now;
    draw();
    if (desk.form) el.querySelector("[aria-invalid=true]")?.focus();
    else if (now.message) root.querySelector(".bk-pesan")?.scrollIntoView({ block: "center" });
    if (!desk.form && !now.ok && now.field === "phone") {
      open("seller", { ...view().seller });
      desk.form.errors = { phone: now.message };
      draw();
    }
  }
  function receive(content, buffers) {
    if (content.type === "file") {
      download(el, content, buffers);
      desk.fetched = `Berkas ${content.name} diunduh. Cari di folder Unduhan.`;
      draw();
    } else if (content.type === "preview") {
      desk.preview = new TextDecoder().decode(buffers[0]);
      draw();
      root.querySelector(".kt-hp")?.scrollIntoView({ block: "start" });
    }
  }

  const root = h("div", { class: "umkm-buku hj" });
  el.replaceChildren(root);
  model.on("change:outcome", hear);
  model.on("change:view", () => {
    if (!desk.form) draw();
  }); // a field that is typed in stays as it is
  model.on("msg:custom", receive);
  draw();
  // Another phone may have changed it since this page was made.
  model.send({ type: "look", id: "" });
  return () => {
    clearInterval(again);
    clearTimeout(attaching);
  };
}

export default { render };
