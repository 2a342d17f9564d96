// The QR inspector: parts of its answer.

import { h } from "../base/dom.js";

const TONES = { good: "bk-pesan qr-putusan", warn: "bk-awas qr-putusan", bad: "bk-pesan bk-buruk qr-putusan" };

export const rows = (list) =>
  h(
    "dl",
    { class: "bk-angka" },
    list.map(([label, value]) =>
      h(
        "div",
        { class: ["Nama toko", "Nama penerima", "NMID"].includes(label) ? "qr-utuh" : undefined },
        h("dt", {}, label),
        h("dd", {}, value),
      ),
    ),
  );

export const banner = (tone, title, more) =>
  h(
    "div",
    { class: TONES[tone], role: tone === "bad" ? "alert" : "status" },
    h("p", {}, h("strong", {}, title), h("br"), more),
  );
