"""The browser's half of a tool: the module that its `widget.js` is built into, or is part of."""

from pathlib import Path
from typing import Final

from umkm_widgets.front import address_or_text, module_beside

_HERE: Final = Path(__file__).parent


class BrowserText:
    """A module or style sheet; `str` gives its address on a page that has one, or its text."""

    def __init__(self, text: str) -> None:
        self.text = text

    def __str__(self) -> str:
        # anywidget asks when a widget is made, which is after the page's kernel was set up.
        return address_or_text(self.text)


#: The style sheet of every tool.
STYLE: Final = BrowserText((_HERE / "tool.css").read_text(encoding="utf-8"))


def script(folder: Path) -> BrowserText:
    """Return the JavaScript module of the tool in `folder`.

    Raises:
        FileNotFoundError: its `widget.js` imports files beside it and was not built.
    """
    return BrowserText(module_beside(folder / "widget.js", "umkm_tools", _HERE / "shared.min.js"))
