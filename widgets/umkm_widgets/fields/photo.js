import { button, h } from "../parts.js";
import { photoPost, photoWords, shrinkPhoto } from "../photo_upload.js";
import { makeRubric } from "../rubric.js";
import "./photo.css";

// Photos as an answer: the list of their names. On a served page a photo goes to the trainees' server by
// itself; elsewhere Python takes it in.
export function makeField(question, ids, onInput, model) {
  const post = photoPost();
  const place = `${document.body.dataset.sheet || ""} ${question.id}`;
  let answer = [];
  let locked = false;
  const jobs = new Map();
  const list = h("ul", { class: "umkm-photos" });
  const status = h("p", { class: "umkm-photo-told", role: "status", "aria-live": "polite" });
  const bar = h("progress", { class: "umkm-photo-bar", max: 1, value: 0, "aria-label": "Foto terkirim" });
  const input = h("input", {
    type: "file",
    id: ids.field,
    accept: "image/*",
    class: "umkm-unseen",
    "aria-describedby": `${ids.field}-hint ${ids.feedback}`,
  });
  const pickText = h("span");
  const pick = h("label", { class: "umkm-button umkm-pick" }, input, pickText);
  let replaced = "";

  const most = question.most || 1;
  const room = () => most - answer.length - jobs.size;
  const change = (next) => {
    answer = next;
    draw();
    onInput(true);
  };

  function draw() {
    list.replaceChildren(...answer.map(item), ...[...jobs.values()].filter(({ preview }) => preview).map(itemUnderWay));
    list.hidden = !list.children.length;
    pickText.textContent = answer.length ? "Tambah foto" : "Ambil atau pilih foto";
    pick.hidden = locked || room() < 1;
  }

  function itemUnderWay({ preview }) {
    const picture = h("img", { src: preview, alt: "Foto yang sedang dikirim", class: "umkm-under-way" });
    picture.addEventListener("error", () => picture.remove());
    return h("li", {}, picture);
  }

  function item(name, at) {
    const label = most > 1 ? `Foto ${at + 1}` : "Foto Anda";
    const row = h("li", {});
    const addresses = [shown.get(name), post && `${post.baseUrl}foto/${name}.jpg`].filter(Boolean);
    if (addresses.length) {
      const picture = h("img", { src: addresses.shift(), alt: label });
      // A browser cannot show every file that it can send; the laptop's own picture it can.
      picture.addEventListener("error", () => {
        if (addresses.length) picture.src = addresses.shift();
        else
          picture.replaceWith(
            h("p", { class: "umkm-rule", text: `${label} tersimpan. Gambarnya belum bisa ditampilkan di sini.` }),
          );
      });
      row.append(picture);
    } else {
      row.append(h("p", { class: "umkm-rule", text: `${label} tersimpan.` }));
    }
    if (locked) return row;
    const replace = button("Ganti foto", "umkm-quiet");
    const remove = button("Hapus foto", "umkm-quiet");
    if (most > 1) {
      replace.setAttribute("aria-label", `Ganti foto ${at + 1}`);
      remove.setAttribute("aria-label", `Hapus foto ${at + 1}`);
    }
    replace.addEventListener("click", () => {
      replaced = name;
      input.click();
    });
    remove.addEventListener("click", () => {
      change(answer.filter((one) => one !== name));
      tell("Foto dihapus dari jawaban ini.");
      input.focus();
    });
    row.append(h("div", { class: "umkm-actions" }, replace, remove));
    return row;
  }

  function tell(words, part) {
    if (status.textContent !== words) status.textContent = words;
    bar.hidden = part == null;
    if (part != null) bar.value = part;
    cancel.hidden = !jobs.size;
  }

  const cancel = button("Batalkan", "umkm-quiet");
  cancel.addEventListener("click", () => {
    jobs.forEach((job) => job.cancel());
    jobs.clear();
    tell("Dibatalkan. Foto tidak dikirim.");
    draw();
  });

  // Pictures this page itself has sent need not come back over the line.
  const shown = new Map();

  function put(name, old, preview) {
    shown.set(name, preview);
    const others = answer.filter((one) => one !== name);
    if (others.includes(old)) change(others.map((one) => (one === old ? name : one)));
    else if (others.length < most) change([...others, name]);
    else change(answer);
  }

  function hear(key, old, preview) {
    return (told) => {
      if (!jobs.has(key)) return;
      const isOver = told.what === "done" || told.what === "failed";
      if (isOver) jobs.delete(key);
      tell(told.what === "done" ? "Foto terkirim." : photoWords(told), isOver ? null : told.part || 0);
      if (told.what === "done") put(told.photo.name, old, preview);
      else if (isOver) draw();
    };
  }

  async function take(file) {
    const key = {};
    const old = replaced;
    replaced = "";
    const preview = URL.createObjectURL(file);
    jobs.set(key, { preview, cancel: () => {} });
    tell("Menyiapkan foto…", 0);
    draw();
    const way = post || kernelPost(model);
    const job = await way.send(place, file, hear(key, old, preview));
    // Called off while it was being made small.
    if (jobs.has(key)) jobs.set(key, { preview, cancel: job.cancel });
    else if (!job.over) job.cancel();
  }

  input.addEventListener("change", () => {
    const [file] = input.files || [];
    input.value = "";
    if (file) take(file);
  });
  if (post) {
    post
      .resume(place, (row) => {
        const preview = URL.createObjectURL(new Blob([row.content]));
        jobs.set(row.name, { preview, cancel: () => {} });
        return hear(row.name, "", preview);
      })
      .then((begun) => {
        begun.forEach(({ row, cancel: end }) => {
          if (jobs.has(row.name)) jobs.get(row.name).cancel = end;
        });
        draw();
      });
  }

  const legend = h("legend", { class: "umkm-prompt", text: question.prompt });
  const hint = h("p", { class: "umkm-rule", id: `${ids.field}-hint`, text: HINT });
  tell("");
  draw();
  return {
    body: h(
      "fieldset",
      {},
      legend,
      ...makeRubric(question),
      hint,
      list,
      h("div", { class: "umkm-actions" }, pick, cancel),
      bar,
      status,
    ),
    read: () => (answer.length ? answer : null),
    write: (kept) => {
      answer = Array.isArray(kept) ? [...kept] : [];
      draw();
    },
    lock: (now) => {
      locked = now;
      input.disabled = now;
      draw();
    },
    mark: () => {},
    showParts: () => {},
    focus: () => input.focus(),
  };
}

const HINT = "Foto dilihat pengajar. Jangan ada wajah orang, KTP, atau nomor rekening.";

// JupyterLab and the gallery: Python makes the photo, and tells its name.
function kernelPost(model) {
  return {
    send: async (_place, file, tell) => {
      const name = `p${Date.now().toString(36)}${Math.random().toString(36).slice(2, 10)}`;
      const listen = (content) => {
        if (content.type !== "photo" || content.name !== name) return;
        model.off("msg:custom", listen);
        tell(
          content.photo
            ? { what: "done", photo: { name: content.photo } }
            : { what: "failed", message: content.message },
        );
      };
      model.on("msg:custom", listen);
      model.send({ type: "photo", name }, undefined, [await (await shrinkPhoto(file)).arrayBuffer()]);
      return { cancel: () => model.off("msg:custom", listen) };
    },
  };
}
