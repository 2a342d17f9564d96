// The Output widget: what Python prints inside `with output:` lands here. Its list of outputs
// belongs to the browser while it catches, and to Python when `append_stdout` and friends set it.

import { DOMWidgetModel, DOMWidgetView } from "@jupyter-widgets/base";
import { drawOutput, outputOf } from "../outputs.js";

const TOLD_EVERY = 60;
const VERSION = "1.0.0";
const MODULE = "@jupyter-widgets/output";

export class OutputModel extends DOMWidgetModel {
  defaults() {
    return {
      ...super.defaults(),
      _model_name: "OutputModel",
      _view_name: "OutputView",
      _model_module: MODULE,
      _view_module: MODULE,
      _model_module_version: VERSION,
      _view_module_version: VERSION,
      msg_id: "",
      outputs: [],
    };
  }

  catch(message) {
    if (message.header.msg_type === "clear_output") {
      this.clearNext = message.content.wait;
      if (!message.content.wait) this.hold([]);
      return;
    }
    const output = outputOf(message);
    if (!output) return;
    const held = this.clearNext ? [] : [...this.get("outputs")];
    this.clearNext = false;
    const last = held[held.length - 1];
    if (output.output_type === "stream" && last && last.output_type === "stream" && last.name === output.name) {
      held[held.length - 1] = { ...last, text: last.text + output.text };
    } else held.push(output);
    this.hold(held);
  }

  /** Show at once; tell Python now and then. */
  hold(outputs) {
    this.set("outputs", outputs);
    this.telling =
      this.telling ||
      setTimeout(() => {
        this.telling = 0;
        this.save_changes();
      }, TOLD_EVERY);
  }
}

export class OutputView extends DOMWidgetView {
  render() {
    super.render();
    this.el.classList.add("jupyter-widgets", "widget-output");
    this.drawn = [];
    this.listenTo(this.model, "change:outputs", () => this.draw());
    this.draw();
  }
  draw() {
    const outputs = this.model.get("outputs");
    const texts = outputs.map((output) => JSON.stringify(output));
    let same = 0;
    while (same < texts.length && texts[same] === this.drawn[same]) same += 1;
    while (this.el.childNodes.length > same) this.el.lastChild?.remove();
    for (const output of outputs.slice(same)) this.el.append(drawOutput(output, this.model.widget_manager));
    this.drawn = texts;
  }
}
