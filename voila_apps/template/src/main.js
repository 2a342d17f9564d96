// The front end of a page: text is on screen already; this brings its widgets to life.

import css from "css:./slim.css";
import { Widget } from "@lumino/widgets";
import { makeBanner } from "./banner.js";
import { Captures } from "./captures.js";
import { preload } from "./classes.js";
import { Kernel } from "./kernel.js";
import { CLOSED, GONE, OPEN } from "./line.js";
import { Manager } from "./manager.js";
import { fillSlots, whenConfigured, whenMountPoint } from "./page.js";
import { addStyle } from "./style.js";

function makeMount(manager) {
  const mounted = new WeakSet();
  return async (place) => {
    if (mounted.has(place)) return;
    mounted.add(place);
    place.setAttribute("aria-busy", "true");
    try {
      const model = await manager.await(place.dataset.widgetModel);
      const view = await manager.create_view(model);
      if (!place.isConnected) return;
      place.replaceChildren();
      Widget.attach(view.luminoWidget, place);
    } catch (error) {
      console.error(error);
    }
    place.removeAttribute("aria-busy");
  };
}

function start(config) {
  const banner = makeBanner();
  const captures = new Captures();
  let asked = false;
  const ask = () => {
    asked = true;
    manager.ask();
  };
  const kernel = new Kernel(config, {
    onOpen: () => { if (asked) ask(); },
    onState: (state) => {
      if (state === OPEN) banner.opened();
      if (state === CLOSED) banner.closed();
      if (state === GONE) {
        banner.gone();
        document.documentElement.classList.add("slim-gone");
      }
    },
    onCommOpen: (message) => manager.onCommOpen(message),
    beforeComm: (comm, message) => manager.beforeComm(comm, message),
    onOutput: (message) => {
      const catcher = captures.catcher(message.parent_header.msg_id);
      if (catcher && manager.has_model(catcher)) {
        manager.get_model(catcher).then((model) => model.catch && model.catch(message));
      }
    },
    onTooBig: () => banner.tooBig(),
  });
  const manager = new Manager(kernel, captures);
  const mount = makeMount(manager);
  manager.mount = mount;
  preload(config.preload);
  kernel.line.open();
  whenMountPoint((place) => {
    // ipywidgets is imported once a widget stands on the page, and not much earlier.
    if (!asked) ask();
    mount(place);
  });
  window.umkmPage = Object.freeze({ line: kernel.line });
}

addStyle("slim", css);
fillSlots();
whenConfigured(start);
document.documentElement.classList.add("slim-hidup");
