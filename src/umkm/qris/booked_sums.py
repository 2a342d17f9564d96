"""Entries of a cash book that stand for several payments: a day's sum, or that of some days.

Many shops book their QRIS sales once a day or once a week, that evening or the next morning. What such
a sum says is found by its amount. Where it does not agree, nothing of its days may be booked a second time.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import accumulate
from typing import Final, TypeVar

from umkm.money import format_rupiah
from umkm.qris.compared import (
    BookEntry,
    Item,
    Outcome,
    SettlementLine,
    Terms,
    fee_complaint,
    plain_reference,
)

#: The days that one sum may stand for, its own among them: a week, booked on the day after.
LONGEST_SUM: Final = timedelta(days=7)
_DAY: Final = timedelta(days=1)
#: What a sum may differ from its payments, in parts of a hundred, where fees or typing make it differ.
_ABOUT: Final = 5

_Row = TypeVar("_Row", BookEntry, SettlementLine)
_Left = tuple[list[Item], list[BookEntry], list[SettlementLine]]


def whole_days(
    sales: Sequence[BookEntry], payments: Sequence[SettlementLine], terms: Terms
) -> _Left:
    """Return results of the days that agree as a sum, then the entries and the lines left over.

    A day with as many entries as lines is left to be compared one by one, and so is one whose entries
    bear references.

    Raises:
        InputError: a fee is to be checked on a day for which no rate is known.
    """
    booked, settled = _by_day(sales), _by_day(payments)
    agreed = {
        on
        for on, entries in booked.items()
        if 0 < len(settled.get(on, ())) != len(entries)
        and not any(plain_reference(entry.reference) for entry in entries)
        and _sum(entries) == _sum(settled[on])
    }
    items: list[Item] = []
    for on in sorted(agreed):
        items += _agreed(booked[on], settled[on], "sehari", terms)
    return (
        items,
        [entry for entry in sales if entry.on not in agreed],
        [line for line in payments if line.on not in agreed],
    )


def some_days(
    sales: Sequence[BookEntry],
    payments: Sequence[SettlementLine],
    terms: Terms,
    booked: Collection[date],
) -> _Left:
    """Return results of sums that agree with other days than their own, then what is left over.

    Args:
        sales: entries that nothing was found for.
        payments: lines that nothing was found for.
        terms: by which fees are checked.
        booked: the days on which the book has sales, found or not.

    Raises:
        InputError: a fee is to be checked on a day for which no rate is known.
    """
    items: list[Item] = []
    left = _Days(payments)
    done: set[int] = set()
    for on, entries in sorted(_by_day(sales).items()):
        if any(plain_reference(entry.reference) for entry in entries):
            continue
        for chosen in (entries, *([one] for one in entries if len(entries) > 1)):
            if any(id(entry) in done for entry in chosen):
                continue
            if found := left.extract(_sum(chosen), _windows(on, booked)):
                length = "sehari" if found[0].on == found[-1].on else "beberapa hari"
                items += _agreed(chosen, found, length, terms)
                done |= {id(row) for row in (*chosen, *found)}
    return (
        items,
        [entry for entry in sales if id(entry) not in done],
        [line for line in payments if id(line) not in done],
    )


def unclear_days(
    missing: Sequence[BookEntry],
    unbooked: Sequence[SettlementLine],
    covered: tuple[date, date],
    booked: Collection[date],
) -> set[date]:
    """Return the days whose payments may stand in the book already, in a sum that does not agree.

    An entry of the days that the list covers makes unclear all that its sum may stand for. One from
    before or after belongs to another list, unless it comes to about the sum of what is not booked.

    Args:
        missing: entries that nothing was found for.
        unbooked: lines that nothing was found for.
        covered: the first and the last day of the list.
        booked: the days on which the book has sales.
    """
    found: set[date] = set()
    first, last = covered
    left = _Days(unbooked)
    for entry in missing:
        if first <= entry.on <= last:
            found |= set(_days(_earliest(entry.on, booked), entry.on + _DAY))
            continue
        for start, end in _windows(entry.on, booked):
            total = left.total(start, end)
            if total and abs(entry.amount - total) * 100 <= total * _ABOUT:
                found |= set(_days(start, end))
    return found


def _windows(on: date, booked: Collection[date]) -> Iterator[tuple[date, date]]:
    """Return the first and last days that a sum may stand for, the nearest first."""
    earliest = _earliest(on, booked)
    for end in (on, on - _DAY, on + _DAY):
        start = end
        while start >= earliest:
            yield start, end
            start -= _DAY


def _earliest(on: date, booked: Collection[date]) -> date:
    """Return the first day a sum booked on a day may stand for: when something was booked last."""
    day = on - _DAY
    while day not in booked and on - day < LONGEST_SUM:
        day -= _DAY
    return day


class _Days:
    """Lines by their days, whose sums are asked for again and again."""

    def __init__(self, lines: Sequence[SettlementLine]) -> None:
        self._lines = _by_day(lines)
        self._add_up()

    def _add_up(self) -> None:
        self._on = sorted(self._lines)
        # Before each day the sum of all earlier ones, then of all.
        self._sums = list(accumulate((_sum(self._lines[on]) for on in self._on), initial=0))

    def total(self, start: date, end: date) -> int:
        """Return the sum from a day to another, both among them, in Rupiah."""
        return self._sums[bisect_right(self._on, end)] - self._sums[bisect_left(self._on, start)]

    def extract(self, total: int, windows: Iterable[tuple[date, date]]) -> list[SettlementLine]:
        """Return the first lines that come to a sum, by day, and take them out; none if none do."""
        for start, end in windows:
            if not total or self.total(start, end) != total:
                continue
            days = self._on[bisect_left(self._on, start) : bisect_right(self._on, end)]
            found = [line for on in days for line in self._lines[on]]
            # One line of the same amount, days away, is another sale.
            if len(found) > 1:
                for on in days:
                    del self._lines[on]
                self._add_up()
                return found
        return []


def _days(start: date, end: date) -> Iterator[date]:
    while start <= end:
        yield start
        start += _DAY


def _agreed(
    entries: Sequence[BookEntry], lines: Sequence[SettlementLine], length: str, terms: Terms
) -> list[Item]:
    message = f"Cocok sebagai jumlah {length}: {format_rupiah(_sum(entries))}."
    items = [Item(Outcome.MATCHED, entry, None, message) for entry in entries]
    for line in lines:
        complaint = fee_complaint(line, terms)
        outcome = Outcome.FEE_WRONG if complaint else Outcome.MATCHED
        items.append(Item(outcome, None, line, complaint or message))
    return items


def _by_day(rows: Sequence[_Row]) -> dict[date, list[_Row]]:
    found: dict[date, list[_Row]] = defaultdict(list)
    for row in rows:
        found[row.on].append(row)
    return dict(found)


def _sum(rows: Sequence[BookEntry] | Sequence[SettlementLine]) -> int:
    return sum(row.amount for row in rows)
