// Builds the front end into the template's static folder: node build.mjs [folder]
// The same sources and lock file give the same bytes. After build_widgets.mjs, whose files it takes along.

import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import zopfli from "@gfx/zopfli";
import * as esbuild from "esbuild";
import { fieldsPlugin, servedFiles } from "./fields.mjs";
import { SUPPORTED, TARGET } from "./floor.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const OUT = resolve(process.argv[2] || join(HERE, "../umkm_apps/share/jupyter/voila/templates/umkm/static/slim"));
const shim = (name) => join(HERE, "src/shims", name);
const gzip = promisify(zopfli.gzip.bind(zopfli));

// KaTeX names each font three times; every browser we build for takes the smallest.
const oneFontFormat = {
  name: "one-font-format",
  setup(build) {
    build.onLoad({ filter: /katex[^/]*\.css$/ }, ({ path }) => ({
      contents: readFileSync(path, "utf8").replace(/, *url\([^)]*\.(woff|ttf)\) format\("\w+"\)/g, ""),
      loader: "css",
    }));
  },
};

// Where to report a fault of marked's is no address for a trainee's page.
const noAddress = {
  name: "no-address",
  setup(build) {
    build.onLoad({ filter: /marked\.esm\.js$/ }, ({ path }) => ({
      contents: readFileSync(path, "utf8").replace(/\s*Please report this to https:[\w./]+/, ""),
      loader: "js",
    }));
  },
};

// `import text from "css:./file.css"` gives the sheet with its imports, small, as a string; fonts that it
// names are files beside the scripts.
const fonts = new Map();
const cssAsText = {
  name: "css-as-text",
  setup(build) {
    build.onResolve({ filter: /^css:/ }, ({ path, resolveDir }) => ({
      // Names carry a hash of the paths too: they must not tell where this folder stands.
      path: relative(HERE, join(resolveDir, path.slice(4))),
      namespace: "css-as-text",
    }));
    build.onLoad({ filter: /.*/, namespace: "css-as-text" }, async ({ path }) => {
      const { outputFiles } = await esbuild.build({
        absWorkingDir: HERE,
        entryPoints: [path],
        bundle: true,
        minify: true,
        write: false,
        target: TARGET,
        supported: SUPPORTED,
        legalComments: "none",
        loader: { ".svg": "dataurl", ".woff2": "file" },
        outdir: OUT,
        assetNames: "font-[hash]",
        plugins: [oneFontFormat],
      });
      const sheet = outputFiles.find((file) => file.path.endsWith(".css"));
      for (const file of outputFiles) if (file !== sheet) fonts.set(file.path, file);
      return { contents: `export default ${JSON.stringify(sheet.text.trim())};`, loader: "js" };
    });
  },
};

// ipywidgets' controls take more of Lumino's widgets than its base. Of three packages a little is used; a
// bundler can drop the rest of their sources, and nothing of their built files.
const luminoSources = {
  name: "lumino-sources",
  setup(build) {
    build.onResolve({ filter: /^@lumino\/(algorithm|coreutils|domutils)$/ }, ({ path }) => ({
      path: join(HERE, "node_modules", path, "src/index.ts"),
      sideEffects: false,
    }));
    build.onResolve({ filter: /^@lumino\/widgets$/ }, ({ importer }) => ({
      path: shim(/@jupyter-widgets\/controls/.test(importer) ? "lumino-widgets-controls.js" : "lumino-widgets.js"),
    }));
  },
};

const build = (entryPoints) =>
  esbuild.build({
    absWorkingDir: HERE,
    entryPoints,
    bundle: true,
    splitting: true,
    format: "esm",
    minify: true,
    target: TARGET,
    supported: SUPPORTED,
    charset: "utf8",
    legalComments: "none",
    metafile: true,
    write: false,
    outdir: OUT,
    entryNames: "[name]-[hash]",
    chunkNames: "part-[hash]",
    plugins: [fieldsPlugin, cssAsText, noAddress, luminoSources],
    define: { "process.env.NODE_ENV": '"production"' },
    alias: {
      jquery: shim("jquery.js"),
      underscore: shim("underscore.js"),
      "lodash/isEqual": shim("is-equal.js"),
      "@lumino/dragdrop": shim("lumino-dragdrop.js"),
    },
  });

// Apart, so that what both need does not become a file of its own, one request more.
const ENTRIES = {
  slim: "src/main.js",
  steps: "src/steps.js",
  home: "src/home.js",
  queue: "src/queue.js",
  reader: "src/reader.js",
};
const results = [];
for (const [name, source] of Object.entries(ENTRIES)) results.push(await build({ [name]: source }));
const outputFiles = results.flatMap((result) => result.outputFiles);
const inputs = results.flatMap((result) => Object.keys(result.metafile.inputs));
const outputs = Object.assign({}, ...results.map((result) => result.metafile.outputs));

function licences() {
  const packages = new Set();
  for (const path of inputs) {
    const found = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path);
    if (found) packages.add(found[1]);
  }
  // Style sheets come in by a build of their own.
  packages.add("@jupyter-widgets/controls");
  const texts = [...packages].sort().map((name) => {
    const folder = join(HERE, "node_modules", name);
    const about = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const file = readdirSync(folder)
      .filter((entry) => /^licen[cs]e/i.test(entry))
      .sort()[0];
    // Two families name their licence and ship no text of it; it stands in licences/, from their repositories.
    const family = name.startsWith("@lumino/") ? "lumino" : "ipywidgets";
    const text = readFileSync(file ? join(folder, file) : join(HERE, "licences", `${family}.txt`), "utf8").trim();
    if (!file && !/^@(lumino|jupyter-widgets)\//.test(name)) throw new Error(`${name} ships no licence file`);
    return `${name} ${about.version}\nLicence: ${about.license}\n\n${text}\n`;
  });
  return `The scripts in this folder contain parts of these packages.\n\n${texts.join(`\n${"-".repeat(80)}\n\n`)}`;
}

function plan() {
  const base = (path) => path.split("/").pop();
  const made = (source) => Object.entries(outputs).find(([, output]) => output.entryPoint === source);
  const [entry, about] = made("src/main.js");
  const needed = (output) =>
    output.imports
      .filter(({ kind }) => kind === "import-statement")
      .flatMap(({ path }) => [base(path), ...needed(outputs[path])]);
  const apart = ["steps", "home", "queue", "reader"].map((name) => [name, base(made(ENTRIES[name])[0])]);
  return { entry: base(entry), first: [...new Set(needed(about))].sort(), ...Object.fromEntries(apart) };
}

rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });
const files = {};
const sha256 = (contents) => createHash("sha256").update(contents).digest("hex");
for (const { path, contents } of fonts.values()) {
  // Squeezed as they come.
  const name = path.split("/").pop();
  writeFileSync(join(OUT, name), contents);
  files[name] = { sha256: sha256(contents), bytes: contents.length };
}
for (const { path, contents } of outputFiles) {
  const name = path.split("/").pop();
  const small = await gzip(contents, { numiterations: 15 });
  writeFileSync(join(OUT, name), contents);
  writeFileSync(join(OUT, `${name}.gz`), small);
  files[name] = { sha256: sha256(contents), bytes: contents.length, gz: small.length };
}
const { addresses, served } = servedFiles();
for (const { name, contents } of served) {
  const small = await gzip(contents, { numiterations: 15 });
  writeFileSync(join(OUT, name), contents);
  writeFileSync(join(OUT, `${name}.gz`), small);
  files[name] = { sha256: sha256(contents), bytes: contents.length, gz: small.length };
}
const sorted = Object.fromEntries(
  Object.keys(files)
    .sort()
    .map((name) => [name, files[name]]),
);
writeFileSync(
  join(OUT, "manifest.json"),
  `${JSON.stringify({ ...plan(), widgets: addresses, files: sorted }, null, 2)}\n`,
);
writeFileSync(join(OUT, "LICENCES.txt"), licences());
for (const [name, { bytes, gz }] of Object.entries(sorted)) console.log(name, bytes, gz ?? "");
