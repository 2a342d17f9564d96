"""The browser's half of a widget: one module a kind, made of the shared card and the kind's field.

esbuild makes the module of a kind or tool of this repository (`make bundle`), beside its script. What
lies outside needs no build: its script imports the shared parts by the name of our package, and
`module_beside` hands both to the browser as one module.
"""

import hashlib
import json
import re
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from umkm.exercise import KINDS

_HERE: Final = Path(__file__).parent
_SHARED: Final = _HERE / "shared.min.js"

#: A browser resolves no bare name without an import map, which the oldest ones do not know: the
#: shared module gets an address first, then the script that imports it.
_TOGETHER: Final = """\
const addressOf = (text) => URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
const shared = addressOf(%(shared)s);
const own = addressOf(%(own)s.split(%(name)s).join(JSON.stringify(shared)));
const loaded = Promise.all([import(shared), import(own)]).then(([parts, script]) => parts.widgetOf(script));
export default {
  initialize: async (context) => (await loaded).initialize?.(context),
  render: async (context) => (await loaded).render(context),
};
"""


def field_of(kind: str) -> str:
    """Return the name of the field that shows a kind of question."""
    return KINDS[kind].script or kind


#: What a page holds in place of a text, by the SHA-256 of the text (see `use_addresses`).
_addresses: dict[str, str] = {}


def use_addresses(addresses: Mapping[str, str]) -> None:
    """Set what widgets of this process hold in place of modules and style sheets that have an address.

    A served page asks for those once a year, instead of with the state of each widget. Without
    addresses, as in JupyterLab and nbclient, widgets hold the texts.

    Args:
        addresses: by the SHA-256 of a text, in hexadecimal digits.
    """
    _addresses.clear()
    _addresses.update(addresses)


def address_or_text(text: str) -> str:
    """Return the address of a module or style sheet on a page, or the text where it has none."""
    return _addresses.get(_digest(text), text)


@cache
def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@cache
def module_of(kind: str) -> str:
    """Return the JavaScript module of a kind."""
    return module_beside(_script_of(kind), "umkm_widgets", _SHARED)


@cache
def style_of(kind: str) -> str:
    """Return the style sheet of a kind."""
    script = _script_of(kind)
    if (built := script.with_suffix(".min.css")).is_file():
        return built.read_text(encoding="utf-8")
    own = script.with_suffix(".css")
    sheets = [_SHARED.with_suffix(".css"), *([own] if own.is_file() else [])]
    return "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets)


def module_beside(script: Path, name: str, shared: Path) -> str:
    """Return the module that was built of a script, or else the script and the shared parts.

    Args:
        script: `*.js` of a kind or tool; `*.min.js` beside it is what was built of it.
        name: what the script imports the shared parts as.
        shared: the module of these parts, as it was built.

    Raises:
        FileNotFoundError: the script imports files beside it, so it has to be built.
    """
    if (built := script.with_suffix(".min.js")).is_file():
        return built.read_text(encoding="utf-8")
    own = script.read_text(encoding="utf-8")
    if re.search(r"""\bfrom ["']\.""", own):
        raise FileNotFoundError(f"{built}: build it with `make bundle`")
    texts = {"shared": shared.read_text(encoding="utf-8"), "own": own, "name": json.dumps(name)}
    return _TOGETHER % {key: json.dumps(text) for key, text in texts.items()}


def _script_of(kind: str) -> Path:
    """Return the script of a kind: ours, or that beside a module outside."""
    module = KINDS[kind].__module__
    is_ours = module.startswith("umkm.exercise.")
    folder = _HERE / "fields" if is_ours else Path(str(sys.modules[module].__file__)).parent
    return folder / f"{field_of(kind)}.js"
