// The front end of a page: text is on screen already; this brings its widgets to life.

import "./floor.js";
import css from "css:./slim.css";
import { Widget } from "@lumino/widgets";
import { makeBanner } from "./banner.js";
import { Captures } from "./captures.js";
import { drawMarked, drawWithin } from "./formulas.js";
import { Kernel } from "./kernel.js";
import { CLOSED, GONE, OPEN } from "./line.js";
import { Manager } from "./manager.js";
import { startAnswers } from "./outbox/start.js";
import { fillSlots, whenConfigured, whenFound, whenMountPoint } from "./page.js";
import { addStyle } from "./style.js";

// How long a kept page waits for its kernel before it shows what it has. Answers are put right by the
// outbox in any case, and the rest when the kernel speaks.
const OLD_LIMIT = 6000;

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
      if (manager.isOld) {
        // Drawn from what was true a while ago: in its place, but not to be seen or touched yet.
        place.classList.add("slim-lama");
        await manager.renewed;
        place.classList.remove("slim-lama");
      }
    } catch (error) {
      console.error(error);
    }
    place.removeAttribute("aria-busy");
  };
}

function start(config, seeds) {
  const banner = makeBanner();
  const captures = new Captures();
  let asking = false;
  const kernel = new Kernel(config, {
    onOpen: () => {
      if (asking) manager.ask();
    },
    onState: (state) => {
      if (state === OPEN) banner.opened();
      if (state === CLOSED) banner.closed();
      if (state === GONE) {
        banner.gone(kernel.reason);
        manager.beRenewed(); // by nobody any more
        document.documentElement.classList.add("slim-gone");
      }
      window.dispatchEvent(new Event("umkm-line"));
    },
    onCommOpen: (message) => manager.onCommOpen(message),
    beforeComm: (comm, message) => manager.beforeComm(comm, message),
    onOutput: (message) => {
      const catcher = captures.catcher(message.parent_header.msg_id);
      if (catcher && manager.has_model(catcher)) {
        manager.get_model(catcher).then((model) => model.catch?.(message));
      }
    },
    onTooBig: () => banner.tooBig(),
  });
  const manager = new Manager(kernel, captures, config.isKept);
  if (config.isKept) setTimeout(() => manager.beRenewed(), OLD_LIMIT);
  seeds.tell((states) => manager.seed(states));
  const mount = makeMount(manager);
  manager.mount = mount;
  kernel.line.open();
  whenMountPoint((place) => {
    // ipywidgets is imported once a widget stands on the page, and not much earlier.
    if (!asking && kernel.line.state === OPEN) manager.ask();
    asking = true;
    mount(place);
  });
  window.umkmPage = Object.freeze({
    line: kernel.line,
    /** What was said since a snapshot was asked for is not in it. */
    askAgain: () => {
      if (manager.asking) manager.ask();
    },
  });
}

/** Keeps what comes before anybody listens. */
function makeSeeds() {
  const early = [];
  let hear = (states) => early.push(states);
  return {
    add: (states) => hear(states),
    tell(listener) {
      early.splice(0).forEach(listener);
      hear = listener;
    },
  };
}

const seeds = makeSeeds();
addStyle("slim", css);
startAnswers(whenFound);
fillSlots(seeds.add);
whenFound("[data-formula]", drawMarked);
whenFound(".sel .output_html, .sel .output_latex", drawWithin);
whenConfigured((config) => start(config, seeds));
document.documentElement.classList.add("slim-hidup");
