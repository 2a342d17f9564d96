// Which module of Python's widgets is drawn by what; what a page does not use is not loaded.

import * as base from "@jupyter-widgets/base";
import { once } from "./once.js";
import { addStyle } from "./style.js";
import { AnyModel, AnyView } from "./widgets/anywidget.js";

const CONTROLS = "@jupyter-widgets/controls";
const EXTRA =
  /^(Audio|Video|Controller|ColorPicker|Date|Naive|Time|ColorsInput|TagsInput|FloatsInput|IntsInput|NumbersInput)/;

const controls = once(async () => {
  const main = await import("./widgets/controls.js");
  addStyle("controls", main.styleSheet);
  return main;
});
const extra = once(() => import("./widgets/controls-extra.js"));
const output = once(() => import("./widgets/output.js"));

const anywidget = { AnyModel, AnyView };

async function moduleOf(className, moduleName) {
  if (moduleName === "@jupyter-widgets/base") return base;
  if (moduleName === "anywidget") return anywidget;
  if (moduleName === "@jupyter-widgets/output") return output();
  if (moduleName === CONTROLS) {
    const main = await controls();
    return className in main || !EXTRA.test(className) ? main : extra();
  }
  return {};
}

/** The class of a model or view; throws when there is none. */
export async function loadClass(className, moduleName) {
  const found = (await moduleOf(className, moduleName))[className];
  if (!found) throw new Error(`no ${className} of ${moduleName} on this page`);
  return found;
}
