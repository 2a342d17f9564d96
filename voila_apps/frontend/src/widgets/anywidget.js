// Any widget that brings its own module (anywidget's front-end contract: `initialize`, `render`).
// No time limit on loading it: a slow phone may need more than a few seconds. Those of this repository are part of the
// bundle or files beside it (fields.mjs), and a widget holds their name instead of their text.

import { fields, style } from "widgets:fields";
import { DOMWidgetModel, DOMWidgetView } from "@jupyter-widgets/base";
import { addStyle } from "../style.js";

const INVOKE_LIMIT = 30000;
/** What the server names in place of a text it has a file of (umkm_widgets/front.py). */
const NAMED = "slim:";
const modules = new Map(); // a module's text or name -> its import, shared by all widgets of a class
const sheets = new Map(); // the name of a style sheet -> when it is there

const addressOf = (name) => new URL(name.slice(NAMED.length), import.meta.url).href;

/** Wait before the next try; a network that comes back ends it. */
const rest = (milliseconds) =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
    window.addEventListener("online", resolve, { once: true });
  });

/** Ask for a file until it is there: a weak signal must not leave a hole in the page. */
async function insist(ask) {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await ask(attempt ? `?${attempt}` : ""); // some browsers remember a failure by its address
    } catch (error) {
      console.warn(error);
      await rest(Math.min(30000, 1000 * 2 ** attempt));
    }
  }
}

function importModule(text) {
  if (text.startsWith(NAMED)) {
    const field = fields[text.slice(NAMED.length)];
    return field ? Promise.resolve({ default: field }) : insist((again) => import(addressOf(text) + again));
  }
  return import(/^https?:\/\//.test(text) ? text : URL.createObjectURL(new Blob([text], { type: "text/javascript" })));
}

function loadModule(text) {
  if (!modules.has(text)) {
    const loading = importModule(text).then(definition);
    loading.catch(() => modules.delete(text));
    modules.set(text, loading);
  }
  return modules.get(text);
}

function loadSheet(name) {
  if (!sheets.has(name)) {
    const ask = (again) =>
      new Promise((resolve, reject) => {
        const link = document.createElement("link");
        link.rel = "stylesheet";
        link.href = addressOf(name) + again;
        link.onload = resolve;
        link.onerror = () => {
          link.remove();
          reject(new Error(`${name} did not come`));
        };
        document.head.prepend(link);
      });
    sheets.set(name, insist(ask));
  }
  return sheets.get(name);
}

async function definition(module) {
  if (module.default === undefined) return { render: module.render }; // the contract's first form
  return typeof module.default === "function" ? module.default() : module.default;
}

/** A copy for the line that keeps binary parts, which JSON would lose. */
function copyOf(value) {
  if (value === null || typeof value !== "object") return value;
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return value;
  if (typeof value.toJSON === "function") return value.toJSON();
  if (Array.isArray(value)) return value.map(copyOf);
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, copyOf(part)]));
}

/** What a widget's module sees of its model; its listeners go when its part ends. */
function modelFor(model, owner) {
  return {
    get: (name) => model.get(name),
    set: (name, value) => {
      model.set(name, value);
    },
    save_changes: () => model.save_changes(),
    send: (content, callbacks, buffers) => model.send(content, callbacks, buffers),
    take: (state) => model.set_state(state),
    on: (name, call) => model.on(name, call, owner),
    off: (name, call) => model.off(name || null, call || null, owner),
    widget_manager: model.widget_manager,
  };
}

function makeInvoke(model) {
  /**
   * @param {string} name
   * @param {unknown} message
   * @param {{buffers?: ArrayBuffer[], signal?: AbortSignal}} [options]
   */
  return (name, message, { buffers = [], signal } = {}) =>
    new Promise((resolve, reject) => {
      const id = `${Date.now()}-${Math.random()}`;
      const stop = () => model.off("msg:custom", hear);
      const hear = (content, answered) => {
        if (!content || content.id !== id) return;
        stop();
        resolve([content.response, answered]);
      };
      const limit = signal || AbortSignalAfter(INVOKE_LIMIT);
      limit.addEventListener("abort", () => {
        stop();
        reject(limit.reason || new Error("no answer"));
      });
      model.on("msg:custom", hear);
      model.send({ id, kind: "anywidget-command", name, msg: message }, undefined, buffers);
    });
}

function AbortSignalAfter(milliseconds) {
  const control = new AbortController();
  setTimeout(() => control.abort(), milliseconds);
  return control.signal;
}

async function run(part, props, owner, model) {
  const control = new AbortController();
  const experimental = { invoke: makeInvoke(model) };
  const cleanup = part
    ? await part({ ...props, model: modelFor(model, owner), signal: control.signal, experimental })
    : null;
  return async () => {
    control.abort();
    model.off(null, null, owner);
    if (typeof cleanup === "function") await cleanup();
  };
}

export class AnyModel extends DOMWidgetModel {
  initialize(attributes, options) {
    super.initialize(attributes, options);
    this.on("change:_css", () => this.wearStyle());
    this.on("change:_esm", () => this.begin());
    this.once("destroy", () => this.end());
    this.wearStyle();
    this.begin();
  }
  begin() {
    const before = this.life;
    const owner = {};
    this.life = (async () => {
      if (before)
        await before.then(
          (life) => life.end(),
          () => {},
        );
      const [widget] = await Promise.all([loadModule(this.get("_esm")), this.styled]);
      return { widget, end: await run(widget.initialize, {}, owner, this) };
    })();
    this.life.catch((error) => console.error(error));
  }
  end() {
    if (this.life)
      this.life.then(
        (life) => life.end(),
        () => {},
      );
  }
  wearStyle() {
    const css = this.get("_css");
    if (css?.startsWith(NAMED)) this.styled = loadSheet(css);
    else if (css) addStyle(`anywidget-${this.get("_anywidget_id")}`, css);
    else if (this.get("_esm").startsWith(NAMED)) addStyle("fields", style);
  }
  serialize(state) {
    const serializers = /** @type {typeof DOMWidgetModel} */ (this.constructor).serializers || {};
    for (const name of Object.keys(state)) {
      const own = serializers[name]?.serialize;
      state[name] = own ? own(state[name], this) : copyOf(state[name]);
    }
    return state;
  }
}

export class AnyView extends DOMWidgetView {
  async render() {
    this.el.classList.add("jupyter-widgets", "anywidget");
    this.listenTo(this.model, "change:_esm", () => this.draw());
    await this.draw();
  }
  async draw() {
    const { widget } = await /** @type {any} */ (this.model).life;
    if (this.end) await this.end();
    this.el.replaceChildren();
    const owner = {};
    this.end = await run(widget.render, { el: this.el }, owner, this.model);
  }
  remove() {
    if (this.end) this.end();
    return super.remove();
  }
}
