"""The fee desk as a widget: what QRIS takes and brings, by dated rates that a server tells it.

Nothing typed here is kept.
"""

import logging
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

import anywidget
import traitlets

from umkm.calendar import long_day
from umkm.errors import InputError
from umkm_widgets.cash_book.widget import today_in_serang
from umkm_widgets.fee_desk.rates import CLASSES, Rates
from umkm_widgets.fee_desk.reckoning import reckoned
from umkm_widgets.typed_amounts import UnclearAmount

_HERE: Final = Path(__file__).parent
_PARTS: Final = ("../elements", "fee_desk")
_BROKEN: Final = "Ada yang tidak beres. Periksa isian, lalu coba lagi."

_log = logging.getLogger(__name__)


class FeeDesk(anywidget.AnyWidget):
    """Reckons payments by QRIS.

    Args:
        rates: from a course's `facts.toml`; None says that this laptop knows none.
        today: gives the present day.
    """

    _esm = "\n".join((_HERE / f"{part}.js").read_text(encoding="utf-8") for part in _PARTS)
    _css = _HERE.parent / "tool.css"

    setup = traitlets.Dict().tag(sync=True)
    result = traitlets.Dict().tag(sync=True)

    def __init__(
        self, rates: Rates | None = None, today: Callable[[], date] = today_in_serang
    ) -> None:
        super().__init__()
        self._rates = rates
        self._today = today
        self.setup = {
            "known": rates is not None,
            "classes": [[name, label] for name, (label, _) in CLASSES.items()],
            "facts": list(rates.facts) if rates else [],
            "today": long_day(today()),
        }
        self.on_msg(lambda _, message, buffers: self.hear(message))

    def hear(self, message: object) -> None:
        """Reckon what a phone asks for, and set what it is told back."""
        if not isinstance(message, Mapping) or message.get("type") != "reckon" or not self._rates:
            return
        number, form = message.get("number"), message.get("form")
        told: dict[str, Any] = {"number": number if type(number) is int else 0}
        try:
            filled = form if isinstance(form, Mapping) else {}
            told |= {"ok": True} | reckoned(filled, self._rates, self._today())
        except InputError as error:
            told |= {"ok": False, "message": error.message, "field": error.field}
            if isinstance(error, UnclearAmount):
                told["choices"] = error.choices
        except Exception:
            _log.exception("fee desk")
            told |= {"ok": False, "message": _BROKEN}
        self.result = told
