"""The browser's half of a tool: the module that its `widget.js` is built into, or is part of."""

from pathlib import Path
from typing import Final

from umkm_widgets.front import module_beside

_HERE: Final = Path(__file__).parent
#: The style sheet of every tool.
STYLE: Final = _HERE / "tool.css"


def script(folder: Path) -> str:
    """Return the JavaScript module of the tool in `folder`.

    Raises:
        FileNotFoundError: its `widget.js` imports files beside it and was not built.
    """
    return module_beside(folder / "widget.js", "umkm_tools", _HERE / "shared.min.js")
