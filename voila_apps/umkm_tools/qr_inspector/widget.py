"""The QR inspector as a widget: the phone reads the picture, Python explains the text.

A code that was read is kept nowhere: the answer goes out as a message and is no part of the
widget's state. What a person remembers of their own code stays on their phone.
"""

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import anywidget
import traitlets

from umkm.qris import PracticeShop, build
from umkm_tools.base.scripts import STYLE, script
from umkm_tools.qr_inspector.report import own_code, report

_BROKEN: Final = "Ada yang tidak beres. Pindai sekali lagi."
_SAMPLE: Final = build(PracticeShop("Warung Bu Siti"))

_log = logging.getLogger(__name__)


class QrInspector(anywidget.AnyWidget):
    """Shows what a payment code says, and compares it with one's own.

    Args:
        token: tells what several people on one phone remember apart.
    """

    _esm = script(Path(__file__).parent)
    _css = STYLE

    setup = traitlets.Dict().tag(sync=True)

    def __init__(self, token: str = "latihan") -> None:  # noqa: S107
        super().__init__()
        self.setup = {"token": token}
        self.on_msg(lambda _, message, buffers: self.on_message(message))

    def on_message(self, message: object) -> None:
        """Respond to a phone that has read a code, or wants to see one."""
        if not isinstance(message, Mapping) or message.get("type") not in {"read", "sample"}:
            return
        number = message.get("number")
        reply: dict[str, Any] = {"type": "report", "number": number if type(number) is int else 0}
        text = _SAMPLE if message["type"] == "sample" else message.get("text")
        try:
            reply |= report(text, own_code(message.get("own")))
        except Exception:
            # Never with the text: a real code says whose shop it is.
            _log.exception("code reader")
            reply |= {"broken": _BROKEN}
        self.send(reply)
