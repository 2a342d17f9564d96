"""Reads the course's table of misunderstandings from beside or above a notebook."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

FILE_NAME: Final = "misunderstandings.toml"
#: A lesson stands one folder below it, an assignment's source two; a release has it beside itself.
_MOST_LEVELS: Final = 2


def find_misunderstandings(folder: Path) -> Mapping[str, str]:
    """Return name -> sentence of help; empty where no table is near or it cannot be read.

    `make check` refuses a course whose table is wrong; a page shows its questions without it.
    """
    return _read(folder.absolute())


@cache
def _read(folder: Path) -> Mapping[str, str]:
    for place in (folder, *folder.parents[:_MOST_LEVELS]):
        try:
            table = tomllib.loads((place / FILE_NAME).read_text(encoding="utf-8"))
        except FileNotFoundError:
            continue
        except (OSError, ValueError):
            return {}
        return {name: sentence for name, sentence in table.items() if isinstance(sentence, str)}
    return {}
