"""Two lists laid beside each other, as what a phone shows of it."""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from umkm.bookkeeping import Ledger, Transaction
from umkm.calendar import long_day
from umkm.money import format_rupiah
from umkm.qris import (
    BookEntry,
    Item,
    Outcome,
    Reconciliation,
    SettlementLine,
    Terms,
    reconcile,
)

SALE: Final = "jual-qris"
_SHOWN: Final = 60
_GROUPS: Final = (
    (Outcome.UNBOOKED, "Belum ada di buku"),
    (Outcome.MISSING, "Belum ada di daftar penyedia"),
    (Outcome.AMOUNT_WRONG, "Jumlahnya beda"),
    (Outcome.FEE_WRONG, "Biayanya tidak cocok"),
    (Outcome.DOUBLE, "Tertulis dua kali"),
    (Outcome.REFUNDED, "Uang kembali"),
    (Outcome.MATCHED, "Cocok"),
)


@dataclass(frozen=True)
class Compared:
    """The results, and for lines that are not booked the transactions that would book them."""

    result: Reconciliation
    missing: tuple[Transaction, ...]


def book_entries(ledger: Ledger) -> list[BookEntry]:
    """Give the QRIS sales of a cash book that were not undone."""
    return [
        BookEntry(one.id, one.on, one.amount)
        for one in ledger.transactions
        if one.kind == SALE and one.id not in ledger.undone
    ]


def compare(book: Iterable[BookEntry], lines: Sequence[SettlementLine], terms: Terms) -> Compared:
    """Compare the days that the list covers, and a day more on both sides.

    What is booked on those outer days and finds nothing belongs to another list: it is left out.

    Raises:
        InputError: a fee is to be checked on a day for which no rate is known.
    """
    days = [line.on for line in lines]
    first, last = min(days), max(days)
    near = timedelta(days=terms.days)
    entries = [entry for entry in book if first - near <= entry.on <= last + near]
    found = reconcile(entries, lines, terms)
    kept = tuple(
        item
        for item in found.items
        if not (
            item.outcome is Outcome.MISSING
            and item.entry is not None
            and not first <= item.entry.on <= last
        )
    )
    result = Reconciliation(kept)
    return Compared(result, _bookable(result))


def open_days(result: Reconciliation) -> set[date]:
    """Return the days on which the book has sales that the list does not show.

    They may be the very payments of the list under another amount, as where a day is booked as one sum:
    nothing of these days is booked.
    """
    unclear = (*result.of(Outcome.MISSING), *result.of(Outcome.AMOUNT_WRONG))
    return {item.entry.on for item in unclear if item.entry is not None}


def _bookable(result: Reconciliation) -> tuple[Transaction, ...]:
    seen: Counter[str] = Counter()
    found = []
    unclear = open_days(result)
    for item in result.of(Outcome.UNBOOKED):
        line = item.line
        if line is None or line.on in unclear:
            continue
        said = f"{line.on} {line.at} {line.amount} {line.reference}"
        seen[said] += 1
        # The same list taken twice gives the same ids, so nothing is booked twice.
        name = hashlib.sha256(f"{said} {seen[said]}".encode()).hexdigest()[:24]
        note = f"QRIS {line.reference}".strip() if line.reference else "QRIS, dari daftar penyedia"
        found.append(Transaction(f"cocok-{name}", SALE, line.on, line.amount, note=note))
    return tuple(found)


def shown(compared: Compared, lines: Sequence[SettlementLine]) -> dict[str, Any]:
    """Give the results as plain data, what needs doing first."""
    fees = [line.taken for line in lines if line.taken is not None and not line.is_refund]
    sold = [line.amount for line in lines if not line.is_refund]
    matched = sum(item.line is not None for item in compared.result.of(Outcome.MATCHED))
    unclear = open_days(compared.result)
    held = sum(
        item.line is not None and item.line.on in unclear
        for item in compared.result.of(Outcome.UNBOOKED)
    )
    return {
        "facts": [
            ["Pembayaran di daftar", str(len(sold))],
            ["Jumlahnya", format_rupiah(sum(sold))],
            ["Biaya dipotong", format_rupiah(sum(fees)) if fees else "Tidak tertulis"],
            ["Cocok", str(matched)],
        ],
        "span": _span(lines),
        "groups": [
            {
                "name": outcome.value,
                "title": title,
                "count": len(items),
                "total": format_rupiah(_total(outcome, items)),
                "rows": [_row(item, unclear) for item in items[:_SHOWN]],
                "more": max(0, len(items) - _SHOWN),
            }
            for outcome, title in _GROUPS
            if (items := compared.result.of(outcome))
        ],
        "bookable": len(compared.missing),
        "held": f"{held} pembayaran belum bisa dimasukkan: di hari yang sama ada catatan buku yang belum "
        "cocok. Mungkin itu jumlah sehari. Betulkan dulu, supaya penjualan tidak tercatat dua kali."
        if held
        else "",
        "clean": all(item.outcome is Outcome.MATCHED for item in compared.result.items),
    }


def _span(lines: Sequence[SettlementLine]) -> str:
    first, last = min(line.on for line in lines), max(line.on for line in lines)
    return long_day(first) if first == last else f"{long_day(first)} sampai {long_day(last)}"


def _total(outcome: Outcome, items: Sequence[Item]) -> int:
    # Where a day agrees as a sum, its entries and its lines stand there both.
    counted = [item for item in items if item.line or outcome is not Outcome.MATCHED]
    return sum(map(_amount, counted))


def _row(item: Item, unclear: Collection[date]) -> list[str]:
    one = item.line or item.entry
    assert one is not None  # noqa: S101  # every result is about something
    where = f"baris {item.line.id}" if item.line else "buku"
    at = f" {item.line.at:%H.%M}" if item.line and item.line.at else ""
    about = " · ".join(part for part in (f"{long_day(one.on)}{at}", one.reference, where) if part)
    message = item.message
    if item.outcome is Outcome.UNBOOKED and one.on in unclear:
        message = "Belum ada di buku. Cocokkan dulu catatan lain di hari itu."
    return [format_rupiah(_amount(item)), about, message]


def _amount(item: Item) -> int:
    one = item.line or item.entry
    return one.amount if one else 0
