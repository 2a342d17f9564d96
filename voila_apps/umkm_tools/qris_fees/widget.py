"""QRIS fees as a widget: cost and benefit of QRIS, by dated rates from the server."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from umkm.calendar import long_day
from umkm.errors import InputError
from umkm_tools.base.clock import today_in_serang
from umkm_tools.base.form_tool import FormTool
from umkm_tools.base.scripts import script
from umkm_tools.qris_fees.calculation import calculate
from umkm_tools.qris_fees.rates import CLASSES, Rates


class QrisFees(FormTool):
    """Calculates fees of payments by QRIS.

    Args:
        rates: from a course's `facts.toml`; None where this laptop has none.
        today: returns the present day.
    """

    _esm = script(Path(__file__).parent)

    def __init__(
        self, rates: Rates | None = None, today: Callable[[], date] = today_in_serang
    ) -> None:
        super().__init__(
            {
                "known": rates is not None,
                "classes": [[name, label] for name, (label, _) in CLASSES.items()],
                "facts": list(rates.facts) if rates else [],
                "today": long_day(today()),
            }
        )
        self._rates = rates
        self._today = today

    def calculate(self, form: Mapping[str, Any]) -> dict[str, Any]:
        """Return one payment, a month, and the rates of the class over time."""
        if self._rates is None:
            raise InputError("Tarif QRIS belum ada di laptop ini. Beri tahu pelatih Anda.")
        return calculate(form, self._rates, self._today())
