"""The browser's half of a tool: one module of shared parts and its own `widget.js`."""

from pathlib import Path
from typing import Final

import umkm_widgets

_HERE: Final = Path(__file__).parent
_WIDGETS: Final = Path(str(umkm_widgets.__file__)).parent
#: The style sheet of every tool.
STYLE: Final = _HERE / "tool.css"


def script(folder: Path, *parts: str, last: str = "widget.js") -> str:
    """Return the JavaScript module of the tool in `folder`: parts, then its own script.

    A part is a file of the tool, of `umkm_tools.base` or of `umkm_widgets`, looked for in this order.
    """
    return "\n".join(_find(folder, part).read_text(encoding="utf-8") for part in (*parts, last))


def _find(folder: Path, part: str) -> Path:
    for place in (folder, _HERE, _WIDGETS):
        if (file := place / part).is_file():
            return file
    raise FileNotFoundError(part)
