// Ours in place of @jupyter-widgets/base-manager, which adds 67 KB to a first visit (gzipped; all may take 90 KB).
// The page's widgets: models that mirror Python's, and views of them.

import { DOMWidgetModel, put_buffers } from "@jupyter-widgets/base";
import { loadClass } from "./classes.js";
import { drawWithin } from "./formulas.js";
import { newId } from "./kernel.js";
import { drawMarkdown } from "./markdown.js";
import { sanitize } from "./sanitize.js";

const CONTROL = "jupyter.widget.control";
const WIDGETS = "jupyter.widget";
const UNKNOWN_LIMIT = 10000;
const ASK_AGAIN = 400;

function withBuffers(state, paths, buffers) {
  put_buffers(state, paths, buffers);
  return state;
}

/** Stands in for a widget that this page cannot draw. */
class BrokenModel extends DOMWidgetModel {}

export class Manager {
  /** @param {boolean} isOld whether the seeds in the page may have been overtaken by the kernel. */
  constructor(kernel, captures, isOld = false) {
    this.kernel = kernel;
    this.captures = captures;
    // Where ipywidgets' labels look for whoever draws formulas.
    this._rendermime = { latexTypesetter: { typeset: drawWithin } };
    this.models = new Map(); // id -> promise of a model
    this.wanted = new Map(); // id -> who waits for a model that is not here yet
    this.alive = false;
    this.asking = null;
    this.isOld = isOld;
    /** @type {(place: HTMLElement) => void} */
    this.mount = () => {};
    /** @type {Promise<void>} */
    this.renewed = new Promise((resolve) => {
      this.beRenewed = resolve;
    });
  }

  // ---- what ipywidgets' models and views call

  get_model(id) {
    return this.models.get(id) || this.await(id, UNKNOWN_LIMIT);
  }
  has_model(id) {
    return this.models.has(id);
  }
  callbacks() {
    return {};
  }
  inline_sanitize(html) {
    return sanitize(html);
  }
  resolveUrl(url) {
    return Promise.resolve(url);
  }
  loadClass(className, moduleName) {
    return loadClass(className, moduleName);
  }

  // ---- what outputs need of the page

  drawFormulas(element) {
    drawWithin(element);
  }
  drawMarkdown(element, source) {
    drawMarkdown(element, source);
  }

  // ---- views

  create_view(model, options = {}) {
    const id = newId();
    const making = model.state_change.then(() => this.makeView(model, options, id));
    model.state_change = making;
    if (model.views) model.views[id] = making;
    return making;
  }

  async makeView(model, options, id) {
    let view;
    try {
      const View = await loadClass(model.get("_view_name"), model.get("_view_module"));
      view = new View({ model, options });
      view.listenTo(model, "destroy", view.remove);
      await view.render();
    } catch (error) {
      console.error(`no view for ${model.get("_view_module")} ${model.get("_view_name")}`, error);
      const { BrokenView } = await import("./widgets/broken.js");
      view = new BrokenView({ model, options });
      view.render();
    }
    view.once("remove", () => {
      if (model.views) delete model.views[id];
    });
    return view;
  }

  // ---- models

  /** A promise of a model that may come later; without a limit it waits as long as the page lives. */
  await(id, limit) {
    return new Promise((resolve, reject) => {
      if (this.models.has(id)) {
        resolve(this.models.get(id));
        return;
      }
      const waiting = this.wanted.get(id) || [];
      this.wanted.set(id, [...waiting, resolve]);
      if (limit) setTimeout(() => reject(new Error(`no widget ${id}`)), limit);
    });
  }

  newModel(id, comm, state) {
    const making = this.makeModel(id, comm, state);
    this.models.set(id, making);
    const waiting = this.wanted.get(id) || [];
    this.wanted.delete(id);
    waiting.forEach((resolve) => resolve(making));
    return making;
  }

  async makeModel(id, comm, state) {
    const options = { model_id: id, comm, widget_manager: this };
    let model;
    try {
      const Model = await loadClass(state._model_name, state._model_module);
      const attributes = await Model._deserialize_state(state, this);
      model = new Model(attributes, options);
    } catch (error) {
      console.error(`no model for ${state._model_module} ${state._model_name}`, error);
      const { layout: _, style: __, ...rest } = state;
      model = new BrokenModel(rest, options);
    }
    model.name = state._model_name;
    model.module = state._model_module;
    model.once("comm:close", () => this.models.delete(id));
    return model;
  }

  onCommOpen(message) {
    const { comm_id: id, target_name: target, data } = message.content;
    // Until the first snapshot is here, that snapshot will hold it.
    if (target !== WIDGETS || !this.alive || this.models.has(id)) return;
    const comm = this.kernel.newComm(WIDGETS, id);
    this.newModel(id, comm, withBuffers(data.state, data.buffer_paths || [], message.buffers));
  }

  /** Who captures output is known at once, in the order the kernel said it. */
  beforeComm(comm, message) {
    const { data } = message.content;
    if (data.method !== "update" || data.state.msg_id === undefined || !this.models.has(comm.comm_id)) return;
    this.captures.set(comm.comm_id, data.state.msg_id);
  }

  /** Widgets whose state stands in the page: they are drawn without a word from the kernel. */
  seed({ states, long, texts, buffers }) {
    for (const [id, state] of Object.entries(states)) {
      if (this.models.has(id)) continue;
      for (const [name, index] of Object.entries(long[id] || {})) state[name] = texts[index];
      for (const [path, base64] of buffers[id] || []) {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        put_buffers(state, [path], [new DataView(bytes.buffer)]);
      }
      this.newModel(id, this.kernel.newComm(WIDGETS, id), state);
    }
  }

  // ---- the snapshot

  /** Ask Python for every widget's state, now and after each return of the line. */
  ask() {
    const before = this.kernel.pending();
    if (this.asking) {
      clearTimeout(this.asking.timer);
      this.kernel.comms.delete(this.asking.comm.comm_id);
    }
    const comm = this.kernel.newComm(CONTROL);
    const asking = { comm, timer: 0, known: [...this.models.keys()] };
    this.asking = asking;
    comm.on_close(() => {
      // ipywidgets is not imported yet.
      if (this.asking === asking) asking.timer = setTimeout(() => this.ask(), ASK_AGAIN);
    });
    comm.on_msg((message) => {
      if (this.asking !== asking || message.content.data.method !== "update_states") return;
      this.asking = null;
      comm.close();
      this.take(message, before, asking.known);
    });
    comm.open({}, undefined, { version: "1.0.0" });
    comm.send({ method: "request_states" });
  }

  /** `known`: the models there were when it was asked for; what came meanwhile is not in it, and lives. */
  take(message, before, known) {
    const { states, buffer_paths: paths } = message.content.data;
    paths.forEach(([id, ...path], index) => put_buffers(states[id].state, [path], [message.buffers[index]]));
    this.alive = true;
    const renewing = [];
    for (const [id, { state, model_name, model_module }] of Object.entries(states)) {
      if (this.models.has(id)) renewing.push([id, state]);
      else {
        if (model_module === "@jupyter-widgets/output") this.captures.set(id, state.msg_id);
        const named = { ...state, _model_name: model_name, _model_module: model_module };
        this.newModel(id, this.kernel.newComm(WIDGETS, id), named);
      }
    }
    Promise.all(renewing.map(([id, state]) => this.renew(id, state, before))).then(() => {
      this.isOld = false;
      this.beRenewed();
    });
    for (const id of known) {
      const making = this.models.get(id);
      if (making && !(id in states))
        making.then((model) => {
          this.models.delete(id);
          return model.close(true);
        });
    }
    // What was said before the question has been heard: the answer holds it.
    this.kernel.settleAll(before);
  }

  /** Python's state into a model of ours, except where the reader has changed something since. */
  async renew(id, state, before) {
    const model = await this.models.get(id);
    const sentSince = [...model._expectedEchoMsgIds]
      .filter(([, said]) => this.kernel.replies.has(said) && !before.includes(said))
      .map(([name]) => name);
    const mine = new Set([...sentSince, ...Object.keys(model._msg_buffer || {}), ...model._attrsToUpdate]);
    const theirs = Object.fromEntries(Object.entries(state).filter(([name]) => !mine.has(name)));
    model.state_change = model.state_change
      .then(() => model.constructor._deserialize_state(theirs, this))
      .then((ready) => model.set_state(ready))
      .catch((error) => console.error(error));
    await model.state_change;
  }
}
