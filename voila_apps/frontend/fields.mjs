// How a page gets the scripts of widgets: the fields of questions are part of its bundle, since every page shows some
// and each file of its own would be one request more; the photo field and each tool are files of their own.

import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { SUPPORTED, TARGET } from "./floor.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = resolve(HERE, "../..");
const WIDGETS = join(ROOT, "widgets/umkm_widgets");
const TOOLS = join(ROOT, "voila_apps/umkm_tools");

/** Fields that few pages show, and that are large. */
const APART = ["photo"];

const fields = readdirSync(join(WIDGETS, "fields"))
  .filter((name) => name.endsWith(".js") && !name.endsWith(".min.js"))
  .map((name) => basename(name, ".js"))
  .sort();
const bundled = fields.filter((name) => !APART.includes(name));

const SOURCE = [
  'import { makeQuestion } from "./question.js";',
  ...bundled.map((name) => `import { makeField as ${name} } from "./fields/${name}.js";`),
  `export const fields = { ${bundled.map((name) => `${name}: makeQuestion(${name})`).join(", ")} };`,
].join("\n");

/** The sheets of the bundled fields in the order in which their scripts name them. */
async function sheets() {
  const { outputFiles } = await esbuild.build({
    absWorkingDir: ROOT,
    stdin: { contents: SOURCE, resolveDir: WIDGETS },
    bundle: true,
    minify: true,
    write: false,
    target: TARGET,
    supported: SUPPORTED,
    legalComments: "none",
    outfile: join(HERE, "fields.js"),
  });
  return outputFiles.find((file) => file.path.endsWith(".css")).text.trim();
}

/** `import { fields, style } from "widgets:fields"`: widgets by the name of their field, and their style as text. */
export const fieldsPlugin = {
  name: "widget-fields",
  setup(build) {
    build.onResolve({ filter: /^widgets:fields$/ }, () => ({ path: "fields", namespace: "widgets" }));
    build.onLoad({ filter: /^fields$/, namespace: "widgets" }, async () => ({
      contents: `${SOURCE}\nexport const style = ${JSON.stringify(await sheets())};`,
      resolveDir: WIDGETS,
      loader: "js",
    }));
    build.onLoad({ filter: /umkm_widgets\/.*\.css$/ }, () => ({ contents: "", loader: "empty" }));
  },
};

const digest = (contents) => createHash("sha256").update(contents).digest();
/** A name like those that esbuild gives: the hash in it changes with the content. */
function hashed(name, suffix, contents) {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const hash = [...digest(contents).subarray(0, 8)].map((byte) => letters[byte % 32]).join("");
  return `${name}-${hash}.${suffix}`;
}

/**
 * What a page's widgets hold in place of a text, by the SHA-256 of that text (umkm_widgets/front.py), and the files that
 * are named so. "slim:NAME" is a field of the bundle, "slim:FILE" a file beside it; "" is a style of the bundle's.
 */
export function servedFiles() {
  const addresses = {};
  const served = [];
  const read = (path) => readFileSync(path);
  const key = (text) => digest(text).toString("hex");
  const serve = (name, suffix, text, contents = text) => {
    const file = hashed(name, suffix, contents);
    addresses[key(text)] = `slim:${file}`;
    served.push({ name: file, contents });
  };
  for (const name of bundled) {
    addresses[key(read(join(WIDGETS, "fields", `${name}.min.js`)))] = `slim:${name}`;
    addresses[key(read(join(WIDGETS, "fields", `${name}.min.css`)))] = "";
  }
  for (const name of APART) {
    serve("field", "js", read(join(WIDGETS, "fields", `${name}.min.js`)));
    serve("field", "css", read(join(WIDGETS, "fields", `${name}.min.css`)));
  }
  const tools = readdirSync(TOOLS, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  for (const { name } of tools.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const files = readdirSync(join(TOOLS, name));
    if (files.includes("widget.min.js")) serve("tool", "js", read(join(TOOLS, name, "widget.min.js")));
  }
  const sheet = read(join(TOOLS, "base/tool.css"));
  const { code } = esbuild.transformSync(sheet.toString(), { loader: "css", minify: true, target: TARGET });
  serve("tool", "css", sheet, Buffer.from(code));
  return { addresses: Object.fromEntries(Object.entries(addresses).sort()), served };
}
