"""The states of widgets, written into the page that shows them."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any

#: Texts this long stand once, however many widgets hold them: the module of a widget class.
LONG = 200
#: What an Output widget holds belongs to whoever catches it, and changes without a word to us.
LEFT_OUT = "@jupyter-widgets/output"

States = Mapping[str, Mapping[str, Any]]


def states_as_text(states: States, buffers: States, told: Collection[str]) -> str:
    """Return the states of new widgets as JSON that may stand inside a script element; "" for none.

    Args:
        states: Every widget's state, by its id.
        buffers: The binary parts of states, as nbclient keeps them.
        told: Widgets the page has been told of.
    """
    fresh = {name: dict(states[name]) for name in _drawable(states) if name not in told}
    if not fresh:
        return ""
    texts: dict[str, int] = {}
    long: dict[str, dict[str, int]] = {}
    for name, state in fresh.items():
        for key in [k for k, v in state.items() if isinstance(v, str) and len(v) > LONG]:
            long.setdefault(name, {})[key] = texts.setdefault(state.pop(key), len(texts))
    binary = {
        name: [[part["path"], part["data"]] for part in buffers[name].values()]
        for name in fresh
        if name in buffers
    }
    told_now = {"states": fresh, "long": long, "texts": list(texts), "buffers": binary}
    # Nothing in it may end the element it stands in.
    return json.dumps(told_now, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _drawable(states: States) -> list[str]:
    """Return widgets whose state is complete here: neither they nor those they name are Output widgets."""
    out = {name for name, state in states.items() if state.get("_model_module") == LEFT_OUT}
    written = {name: json.dumps(state) for name, state in states.items()} if out else {}
    while more := {
        name
        for name, text in written.items()
        if name not in out and any(f"IPY_MODEL_{other}" in text for other in out)
    }:
        out |= more
    return [name for name in states if name not in out]
