// The catalogue: one product as it is written down, with its photo on its way.

import { photoPost, photoWords } from "../../../widgets/umkm_widgets/photo_upload.js";
import { h } from "../base/dom.js";

/** Photos on their way for products, also those an earlier page of this phone had begun. */
export function makePhotos({ heard }) {
  const post = photoPost();
  const words = new Map(); // product -> how its photo stands
  const jobs = new Map();
  const own = new Map(); // photos this page has sent need not come back over the line
  const place = (product) => `alat/katalog ${product}`;

  function hear(product, file) {
    return (told) => {
      words.set(product, told.what === "done" ? "Foto terkirim." : photoWords(told));
      if (told.what === "done") {
        if (file) own.set(told.photo.name, URL.createObjectURL(file));
        heard(product, told.photo.name);
      } else heard(product, "");
      if (told.what === "done" || told.what === "failed") jobs.delete(product);
    };
  }
  return {
    can: Boolean(post),
    words: (product) => words.get(product) || "",
    busy: (product) => jobs.has(product),
    address: (name) => own.get(name) || (name && post ? `${post.baseUrl}foto/${name}.jpg` : ""),
    async send(product, file) {
      if (!post) return;
      jobs.get(product)?.cancel();
      jobs.set(product, { cancel() {} });
      words.set(product, "Menyiapkan foto…");
      heard(product, "");
      const job = await post.send(place(product), file, hear(product, file));
      if (jobs.has(product)) jobs.set(product, job);
    },
    cancel(product) {
      jobs.get(product)?.cancel();
      jobs.delete(product);
      words.set(product, "");
    },
    resume(products) {
      if (!post) return;
      for (const product of products) {
        if (jobs.has(product)) continue;
        post
          .resume(place(product), (row) => hear(product, new Blob([row.content])))
          .then((begun) =>
            begun.forEach((job) => {
              if (!job.over) jobs.set(product, job);
            }),
          );
      }
    },
  };
}

/** A product's picture, or its first letter where it has none. */
export function thumbnail(photos, product) {
  const address = photos.address(product.photo);
  const letter = () =>
    h("span", { class: "kt-huruf", "aria-hidden": "true" }, (product.name || "?").slice(0, 1).toUpperCase());
  if (!address) return letter();
  const picture = h("img", { class: "kt-foto", src: address, alt: `Foto ${product.name}`, width: 72, height: 72 });
  picture.addEventListener("error", () => picture.replaceWith(letter()));
  return picture;
}

/** The form of a product or of the shop: `fields` holds what was typed, `errors` what is wrong. */
export function typedField(form, name, label, options = {}, hint = "") {
  const wrong = form.errors[name];
  const id = `kt-${name}`;
  const input = h(options.rows ? "textarea" : "input", {
    id,
    autocomplete: "off",
    value: form.fields[name] || "",
    "aria-describedby": `${id}-pesan`,
    "aria-invalid": wrong ? "true" : null,
    ...options,
    oninput: () => {
      form.fields[name] = input.value;
      form.typed();
    },
  });
  return h(
    "div",
    { class: "bk-kolom" },
    h("label", { for: id }, label),
    hint ? h("p", { class: "bk-kecil-teks" }, hint) : null,
    input,
    h(
      "p",
      { class: "bk-salah", id: `${id}-pesan`, role: wrong ? "alert" : null },
      wrong || "",
      wrong && form.choices
        ? h(
            "span",
            { class: "bk-pilihan" },
            form.choices.map((choice) =>
              h(
                "button",
                {
                  type: "button",
                  class: "bk-kecil",
                  onclick: () => {
                    form.fields[name] = choice;
                    form.again();
                  },
                },
                choice,
              ),
            ),
          )
        : null,
    ),
  );
}
