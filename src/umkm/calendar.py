"""Days as Indonesians write and read them.

>>> long_day(date(2026, 11, 2))
'2 November 2026'
"""

import re
from datetime import date
from typing import Final

from umkm.errors import InputError

MONTHS: Final = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip

_ASK: Final = "Tanggal ini belum bisa dibaca. Tulis misalnya 2/11/2026 atau 2 November 2026."
_MONTH_BY_WORD: Final = {
    **{name.lower(): number for number, name in enumerate(MONTHS, 1)},
    **{name.lower()[:3]: number for number, name in enumerate(MONTHS, 1)},
    "agt": 8,
    "ags": 8,
    "sept": 9,
    "nop": 11,
    "nopember": 11,
    "pebruari": 2,
    "peb": 2,
    # What an English phone or a downloaded list writes.
    "may": 5,
    "aug": 8,
    "oct": 10,
    "dec": 12,
}
_YEAR_FIRST: Final = re.compile(r"(\d{4})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{1,2})(?:[T ].*)?")
_DAY_FIRST: Final = re.compile(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2}|[a-z]+)\s*[-/. ]\s*(\d{2}|\d{4})")


def long_day(day: date) -> str:
    """Return a day as it is written in a sentence: `2 November 2026`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def short_day(day: date) -> str:
    """Return a day as it fits into a list: `2 Nov`."""
    return f"{day.day} {MONTHS[day.month - 1][:3]}"


def month_name(day: date) -> str:
    """Return the month of a day: `November 2026`."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def parse_day(text: object, field: str = "on") -> date:
    """Return the day that was written, day before month as Indonesians do.

    A year of two digits is one of this century: a cash book is no family tree.

    Raises:
        InputError: empty, no day, or one that no calendar has (31 April).
    """
    typed = " ".join(text.lower().split()) if isinstance(text, str) and len(text) <= 40 else ""
    if found := _YEAR_FIRST.fullmatch(typed):
        year, month, day = (int(part) for part in found.groups())
    elif found := _DAY_FIRST.fullmatch(typed):
        month = int(found[2]) if found[2].isdigit() else _MONTH_BY_WORD.get(found[2], 0)
        day, year = int(found[1]), int(found[3]) + (2000 if len(found[3]) == 2 else 0)
    else:
        raise InputError(_ASK, field)
    try:
        return date(year, month, day)
    except ValueError:
        raise InputError(_ASK, field) from None
