"""A page in a real browser that shows real widgets: their own ESM and CSS, their own Python side.

Only the transport is ours: what `model.send` gives goes to the widget's message handler, and what
the widget syncs goes to the page, both when `Page.until` turns the crank. So a test decides when
messages travel.
"""

import json
from datetime import UTC, datetime, timedelta

import anywidget
from tests.support.patience import PATIENCE_MS

from umkm_widgets.front import module_of, style_of

NOW = datetime(2026, 6, 1, 3, tzinfo=UTC)
ADDRESS = "http://latihan.test/"
SHELL = """<!doctype html><html lang="id"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Latihan</title>
<link rel="icon" href="data:,"><body style="margin: 1rem"></body></html>"""
MODEL = """
window.models = {};
window.mount = async (id, state, module) => {
  const listeners = {};
  const model = models[id] = {
    get: (name) => state[name],
    on: (event, call) => (listeners[event] ??= new Set()).add(call),
    off: (event, call) => listeners[event]?.delete(call),
    send: (content) => { window.toPython(id, JSON.stringify(content)); },
    hear: (content) => { (listeners["msg:custom"] || []).forEach((call) => call(content, [])); },
    receive: (update) => {
      const changed = Object.keys(update).filter((k) => JSON.stringify(state[k]) !== JSON.stringify(update[k]));
      Object.assign(state, update);
      changed.forEach((name) => (listeners[`change:${name}`] || []).forEach((call) => call()));
    },
  };
  const { default: { render } } = await import(`/${module}.js`);
  if (!document.querySelector(`link[href="/${module}.css"]`)) {
    const style = document.head.appendChild(document.createElement("link"));
    await new Promise((done) => Object.assign(style, { onload: done, rel: "stylesheet", href: `/${module}.css` }));
  }
  const el = document.body.appendChild(document.createElement("div"));
  model.leave = render({ model, el });
};
"""
TYPES = {"js": "text/javascript", "css": "text/css"}


class Page:
    """Widgets on a page; `connected` set to False keeps messages from arriving."""

    def __init__(self, browser, width):
        self.tab = browser.new_page(viewport={"width": width, "height": 740}, locale="id-ID")
        self.tab.set_default_timeout(PATIENCE_MS)
        self.errors = []
        self._modules = {}
        self.tab.on("pageerror", lambda error: self.errors.append(str(error)))
        self.tab.route("**/*", self._serve)
        self.tab.expose_function("toPython", lambda *message: self._sent.append(message))
        # Installed alone, the clock also runs by itself: a slow machine would send too early.
        self.tab.clock.install(time=NOW)
        self.tab.goto(ADDRESS)
        self.tab.clock.pause_at(NOW + timedelta(minutes=1))
        self.tab.add_script_tag(content=MODEL)
        self.connected = True
        self.messages = []
        self._widgets = {}
        self._sent = []
        self._synced = []
        self._told = []

    def show(self, widget):
        """Put a question on the page and give its card."""
        name, kind = widget.question["id"], widget.question["kind"]
        self._mount(name, widget, kind, module_of(kind), style_of(kind))
        return self.tab.locator(f"[data-question={name}]")

    def show_tool(self, widget):
        """Put a tool on the page and give what it is drawn in."""
        name = type(widget).__name__.lower()
        widget.send = lambda content, buffers=None: self._told.append((name, content))
        self._mount(name, widget, name, widget._esm, widget._css)
        return self.tab.locator("body > div").last

    def _mount(self, name, widget, module, script, style):
        self._widgets[name] = widget
        self._modules[module] = {"js": str(script), "css": str(style)}
        traits = [
            key
            for key in widget.keys
            if not key.startswith("_") and key not in anywidget.AnyWidget.class_trait_names()
        ]
        widget.send_state = lambda key=None: self._synced.append(
            (
                name,
                {
                    one: getattr(widget, one)
                    for one in ([key] if isinstance(key, str) else key or traits)
                },
            )
        )
        widget.observe(
            lambda change: self._synced.append((name, {change["name"]: change["new"]})), traits
        )
        self.tab.evaluate(
            "([id, state, module]) => mount(id, state, module)",
            [name, {one: getattr(widget, one) for one in traits}, module],
        )

    def until(self, true, turns=100):
        """Carry messages both ways until `true()`; the page's clock runs 50 ms a turn."""
        for _ in range(turns):
            self.tab.clock.run_for(50)
            self._carry()
            if true():
                return
        raise AssertionError("it did not come true")

    def pass_time(self, milliseconds):
        """Let the page's clock run, and carry what was sent meanwhile."""
        self.tab.clock.run_for(milliseconds)
        self.tab.evaluate("1")
        self._carry()

    def _carry(self):
        if not self.connected:
            self._sent.clear()
            return
        while self._sent:
            name, content = self._sent.pop(0)
            self.messages.append(json.loads(content))
            self._widgets[name]._handle_custom_msg(json.loads(content), [])
        while self._synced:
            name, update = self._synced.pop(0)
            self.tab.evaluate("([id, update]) => models[id].receive(update)", [name, update])
        while self._told:
            name, content = self._told.pop(0)
            self.tab.evaluate("([id, content]) => models[id].hear(content)", [name, content])

    def _serve(self, route):
        module, _, suffix = route.request.url.removeprefix(ADDRESS).partition(".")
        body = self._modules[module][suffix] if module in self._modules else SHELL
        route.fulfill(body=body, content_type=TYPES.get(suffix, "text/html"))
