"""The browser's half of a widget: the shell all kinds share, and the field of one kind.

A page gets the text of each module with the state of its widgets, so a module holds what its kind
needs and nothing of the others.
"""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

_HERE: Final = Path(__file__).parent
_FIELDS: Final = {
    "single_choice": "choices",
    "several_choices": "choices",
    "rupiah": "typed",
    "number": "typed",
    "short_text": "typed",
    "long_text": "typed",
    "match_pairs": "pairs",
    "put_in_order": "order",
    "sort_into_bins": "bins",
    "table_entry": "table",
    "fill_statement": "statement",
    "spot_it": "spots",
    "photo": "photo",
}
#: What a field needs besides `parts.js`.
_NEEDS: Final = {"photo": ("rubric", "photo_upload"), "typed": ("rubric",)}
#: Every kind of question there is a field for.
KINDS: Final = tuple(_FIELDS)


def field_of(kind: str) -> str:
    """Give the name of the field that shows a kind of question."""
    return _FIELDS[kind]


@cache
def module_of(kind: str) -> str:
    """Give the JavaScript module of a kind."""
    field = field_of(kind)
    needs = [_HERE / f"{name}.js" for name in _NEEDS.get(field, ())]
    own = _HERE / "fields" / f"{field}.js"
    return _join([_HERE / "parts.js", *needs, own, _HERE / "question.js"])


@cache
def style_of(kind: str) -> str:
    """Give the style sheet of a kind."""
    field = field_of(kind)
    needs = [_HERE / f"{name}.css" for name in _NEEDS.get(field, ())]
    return _join([_HERE / "question.css", *needs, _HERE / "fields" / f"{field}.css"])


def _join(files: Iterable[Path]) -> str:
    """Give files as one text without imports of each other, indents and comment lines."""
    text = "\n".join(file.read_text(encoding="utf-8") for file in files if file.exists())
    text = re.sub(r"^import .* from \"\.[^\"]*\";$", "", text, flags=re.MULTILINE)
    text = re.sub(r"^export (?=const|function|class)", "", text, flags=re.MULTILINE)
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith(("//", "/*")))
