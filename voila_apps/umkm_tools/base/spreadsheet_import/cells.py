"""Amounts, days and hours as the lists of providers write them."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from fractions import Fraction
from typing import Any, Final

from umkm.calendar import parse_day
from umkm.errors import InputError
from umkm.wib import WIB
from umkm_tools.base.spreadsheet_import.files import cell_text

_HOUR: Final = re.compile(
    r"(?:^|[ T,]+)(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?\s*([ap]m)?(?:\s*wib)?$",
    re.IGNORECASE,
)
_NUMBERED_DAY: Final = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{2,4})(?!\d)")
_AMOUNT: Final = re.compile(r"\d[\d.,]*")
_LARGEST: Final = 10**12
_ZONES: Final = {"UTC": "+00:00", "GMT": "+00:00", "WITA": "+08:00", "WIT": "+09:00"}
_ZONE: Final = re.compile(r"\s+(UTC|GMT|WITA|WIT)$", re.IGNORECASE)


def amount_of(cell: Any) -> int | None:
    """Return a cell's whole Rupiah, rounded half up; None where it is empty.

    Of comma and point the last one counts decimals, unless three digits follow it and nothing else
    in the amount says so: nobody writes thousandths of a Rupiah.

    Raises:
        InputError: it is no amount.
    """
    if cell is None or isinstance(cell, bool):
        return None
    if isinstance(cell, int | float):
        value = Fraction(cell) if cell == cell and abs(cell) < _LARGEST else None  # noqa: PLR0124
    else:
        text = cell_text(cell).replace("\N{MINUS SIGN}", "-").replace(" ", "")
        if text in {"", "-"}:
            return None
        value = _written(text)
    if value is None or abs(value) >= _LARGEST:
        raise InputError(f"Jumlah “{cell_text(cell)[:30]}” belum bisa dibaca.")
    return int(value + Fraction(1, 2)) if value >= 0 else -int(-value + Fraction(1, 2))


def _written(text: str) -> Fraction | None:
    bare = re.sub(r"^(idr|rp\.?)|(idr|,-|\.-)$", "", text.strip("()+-"), flags=re.IGNORECASE)
    bare = bare.strip("+-")
    if not _AMOUNT.fullmatch(bare) or len(bare) > 25:
        return None
    minus = "-" in text.removesuffix(",-").removesuffix(".-") or text.startswith("(")
    whole, decimals = _split(bare)
    value = Fraction(f"{re.sub('[.,]', '', whole) or '0'}.{decimals or '0'}")
    return -value if minus else value


def _split(bare: str) -> tuple[str, str]:
    last = max(bare.rfind(","), bare.rfind("."))
    if last < 0:
        return bare, ""
    mark, decimals = bare[last], bare[last + 1 :]
    both = "," in bare and "." in bare
    if bare.count(mark) > 1 or (len(decimals) == 3 and not both):
        return bare, ""
    return bare[:last], decimals


def month_comes_first(cells: Iterable[Any]) -> bool:
    """Return whether a list writes the month before the day: some day shows it and none denies it."""
    pairs = [
        (int(found[1]), int(found[2]))
        for cell in cells
        if isinstance(cell, str) and (found := _NUMBERED_DAY.match(cell.strip()))
    ]
    return any(second > 12 for _, second in pairs) and all(first <= 12 for first, _ in pairs)


def moment_of(cell: Any, *, month_first: bool = False) -> tuple[date, time | None]:
    """Return the day of a cell, and its hour where it has one, in WIB.

    Raises:
        InputError: it is no day.
    """
    if isinstance(cell, datetime):
        return cell.date(), cell.time().replace(microsecond=0) if cell.time() != time() else None
    if isinstance(cell, date):
        return cell, None
    text = cell_text(cell)
    if (moment := _with_zone(text)) is not None:
        return moment.date(), moment.time().replace(microsecond=0)
    at = hour_of(text)
    bare = _HOUR.sub("", text).strip(" ,T") if at is not None else text
    if month_first and (found := _NUMBERED_DAY.fullmatch(bare)):
        bare = f"{found[2]}/{found[1]}/{found[3]}"
    return parse_day(bare), at


def hour_of(cell: Any) -> time | None:
    """Return the hour at the end of a cell, or None."""
    if isinstance(cell, datetime):
        return cell.time().replace(microsecond=0)
    if isinstance(cell, time):
        return cell.replace(microsecond=0)
    if not (found := _HOUR.search(cell_text(cell))):
        return None
    hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
    if found[4]:
        hour = hour % 12 + (12 if found[4].lower() == "pm" else 0)
    return time(hour, minute, second) if hour < 24 and minute < 60 and second < 60 else None


def _with_zone(text: str) -> datetime | None:
    """Return a moment as machines write it; one in UTC may be another day in Serang."""
    bare, zone = text, ""
    if (found := _ZONE.search(text)) is not None:
        bare, zone = text[: found.start()], _ZONES[found[1].upper()]
    try:
        moment = datetime.fromisoformat(bare + zone)
    except ValueError:
        return None
    if "T" not in text and ":" not in text:
        return None
    if moment.tzinfo is None:
        return moment
    return moment.astimezone(UTC).astimezone(WIB)
