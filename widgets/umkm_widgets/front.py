"""The browser's half of a widget: the shell all kinds share, and the field of one kind.

A page gets the text of each module with the state of its widgets, so a module holds what its kind
needs and nothing of the others.
"""

import re
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

from umkm.exercise import KINDS

_HERE: Final = Path(__file__).parent


def field_of(kind: str) -> str:
    """Give the name of the field that shows a kind of question."""
    return KINDS[kind].script or kind


@cache
def module_of(kind: str) -> str:
    """Give the JavaScript module of a kind."""
    shared = [_HERE / f"{name}.js" for name in KINDS[kind].shared_scripts]
    own = _fields_of(kind) / f"{field_of(kind)}.js"
    return _join([_HERE / "parts.js", *shared, own, _HERE / "question.js"])


@cache
def style_of(kind: str) -> str:
    """Give the style sheet of a kind."""
    shared = [_HERE / f"{name}.css" for name in KINDS[kind].shared_scripts]
    return _join([_HERE / "question.css", *shared, _fields_of(kind) / f"{field_of(kind)}.css"])


def _fields_of(kind: str) -> Path:
    """Return the folder of a kind's script and style sheet: ours, or that of a module outside."""
    module = KINDS[kind].__module__
    if module.startswith("umkm.exercise."):
        return _HERE / "fields"
    return Path(str(sys.modules[module].__file__)).parent


def _join(files: Iterable[Path]) -> str:
    """Give files as one text without imports of each other, indents and comment lines."""
    text = "\n".join(file.read_text(encoding="utf-8") for file in files if file.exists())
    text = re.sub(r"^import .* from \"\.[^\"]*\";$", "", text, flags=re.MULTILINE)
    text = re.sub(r"^export (?=const|function|class)", "", text, flags=re.MULTILINE)
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith(("//", "/*")))
