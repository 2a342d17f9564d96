// Builds what a widget's Python reads: each question field, each practice tool, and the parts that scripts
// outside this repository share, beside their sources as `*.min.js` and `*.min.css`. node build_widgets.mjs [root]
// The same sources and lock file give the same bytes.

import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { SUPPORTED, TARGET } from "./floor.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = resolve(HERE, "../..");
const OUT = resolve(process.argv[2] || ROOT);
const WIDGETS = join(ROOT, "widgets/umkm_widgets");
const TOOLS = join(ROOT, "voila_apps/umkm_tools");

const filesIn = (folder, pattern) =>
  readdirSync(folder, { recursive: true })
    .filter((name) => pattern.test(name) && !name.endsWith(".min.js"))
    .sort()
    .map((name) => join(folder, name));

/** A field and the card around it: sheets follow each other in this order. */
const questionOf = (field) => `
  import { makeQuestion } from "./question.js";
  import { makeField } from "./fields/${basename(field)}";
  export default makeQuestion(makeField);`;

const entries = [
  ...filesIn(join(WIDGETS, "fields"), /\.js$/).map((path) => ({ path, contents: questionOf(path) })),
  ...[join(WIDGETS, "shared.js"), join(TOOLS, "base/shared.js"), ...filesIn(TOOLS, /^[^/]+\/widget\.js$/)].map(
    (path) => ({ path }),
  ),
];

async function build({ path, contents }) {
  const { outputFiles } = await esbuild.build({
    absWorkingDir: ROOT,
    ...(contents ? { stdin: { contents, resolveDir: WIDGETS } } : { entryPoints: [path] }),
    bundle: true,
    format: "esm",
    minify: true,
    target: TARGET,
    supported: SUPPORTED,
    charset: "utf8",
    legalComments: "none",
    write: false,
    outfile: path.replace(/\.js$/, ".min.js"),
  });
  return outputFiles;
}

const files = (await Promise.all(entries.map(build))).flat();
if (OUT === ROOT) {
  const stale = [WIDGETS, TOOLS].flatMap((folder) =>
    readdirSync(folder, { recursive: true }).map((name) => join(folder, name)),
  );
  for (const path of stale) if (/\.min\.(js|css)$/.test(path)) rmSync(path);
}
for (const { path, contents } of files) {
  const target = join(OUT, relative(ROOT, path));
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, contents);
  console.log(relative(ROOT, path), contents.length);
}
