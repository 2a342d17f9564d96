"""The view that a browser asks for: tab, period and length of the list."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from umkm.bookkeeping import Ledger, Statements, month_of, statements, week_of

PAGE: Final = 40
_TABS: Final = ("catat", "buku", "bon", "stok", "laporan")
_SPANS: Final = ("hari", "minggu", "bulan")


@dataclass(frozen=True)
class Look:
    """A view of the book: a tab, and for some a period and a length of the list."""

    tab: str = "catat"
    span: str = "hari"
    day: date = date.min
    shown: int = PAGE

    @classmethod
    def wanted(cls, message: Mapping[str, Any], today: date) -> "Look":
        """Return what a browser asks for, or the nearest thing that there is."""
        tab, span = message.get("tab"), message.get("span")
        shown = message.get("shown")
        return cls(
            tab if tab in _TABS else "catat",
            span if span in _SPANS else "hari",
            min(_day(message.get("day"), today), today),
            min(shown, 20_000) if type(shown) is int and shown > 0 else PAGE,
        )


def period(look: Look) -> tuple[date, date]:
    """Return the first and last day of the view."""
    match look.span:
        case "minggu":
            return week_of(look.day)
        case "bulan":
            return month_of(look.day)
        case _:
            return look.day, look.day


def made_up(ledger: Ledger, look: Look, today: date) -> Statements:
    """Return the statements of the month of the view, up to today."""
    since, until = month_of(look.day)
    return statements(ledger, since, max(since, min(until, today)))


def _day(text: object, otherwise: date) -> date:
    try:
        day = date.fromisoformat(text) if isinstance(text, str) else otherwise
    except ValueError:
        return otherwise
    return day if day.year >= 2000 else otherwise
