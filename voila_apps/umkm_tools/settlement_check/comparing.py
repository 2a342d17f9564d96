"""Compare two lists, and return the result as plain data."""

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
    LONGEST_SUM,
    BookEntry,
    Item,
    Outcome,
    Reconciliation,
    SettlementLine,
    Terms,
    reconcile,
    unclear_days,
)

SALE: Final = "jual-qris"
_SHOWN: Final = 60
_UNCLEAR: Final = (
    "Di hari itu, atau sesudahnya, ada catatan buku yang belum cocok. Mungkin itu jumlah sehari atau "
    "beberapa hari. Betulkan dulu, supaya penjualan tidak tercatat dua kali."
)
_BY_PAYOUT: Final = (
    "Tanggal di daftar ini tanggal uang cair, bukan tanggal pembeli membayar. Pakai daftar transaksi "
    "dari aplikasi penyedia, atau pilih kolom tanggal bayar."
)
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
    """The results, and for lines that are surely not booked the transactions that would book them."""

    result: Reconciliation
    missing: tuple[Transaction, ...]
    #: Days whose payments may be in the book already, under another amount or as a sum.
    unclear: frozenset[date]
    #: Why nothing of these days is booked.
    why_held: str


def book_entries(ledger: Ledger) -> list[BookEntry]:
    """Return the QRIS sales of a cash book that were not undone."""
    return [
        BookEntry(one.id, one.on, one.amount)
        for one in ledger.transactions
        if one.kind == SALE and one.id not in ledger.undone
    ]


def compare(
    book: Iterable[BookEntry],
    lines: Sequence[SettlementLine],
    terms: Terms,
    *,
    by_payout: bool = False,
) -> Compared:
    """Compare the days that the list covers, and those whose sums may belong to it.

    What is booked on the other days and finds nothing belongs to another list: it is left out.

    Args:
        book: the sales of a cash book, or of a list of one's own.
        lines: the provider's list.
        terms: how to compare.
        by_payout: the list's days are those on which the money arrived; nothing of it is booked then.

    Raises:
        InputError: a fee is to be checked on a day for which no rate is known.
    """
    days = [line.on for line in lines]
    first, last = min(days), max(days)
    before, after = first - timedelta(days=terms.days), last + LONGEST_SUM
    entries = [entry for entry in book if before <= entry.on <= after]
    found = reconcile(entries, lines, terms)
    missing = [item.entry for item in found.of(Outcome.MISSING) if item.entry is not None]
    unbooked = [item.line for item in found.of(Outcome.UNBOOKED) if item.line is not None]
    if by_payout:
        unclear = set(days)
    else:
        unclear = unclear_days(missing, unbooked, (first, last), {entry.on for entry in entries})
        # The very payment under another amount; or a day of which more is wrong.
        unclear |= {item.entry.on for item in found.of(Outcome.AMOUNT_WRONG) if item.entry}
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
    held = _BY_PAYOUT if by_payout else _UNCLEAR
    return Compared(result, _bookable(result, unclear), frozenset(unclear), held)


def _bookable(result: Reconciliation, unclear: Collection[date]) -> tuple[Transaction, ...]:
    seen: Counter[str] = Counter()
    found = []
    for item in result.of(Outcome.UNBOOKED):
        line = item.line
        if line is None or line.on in unclear:
            continue
        identity = f"{line.on} {line.at} {line.amount} {line.reference}"
        seen[identity] += 1
        # The same list taken twice gives the same ids, so nothing is booked twice.
        name = hashlib.sha256(f"{identity} {seen[identity]}".encode()).hexdigest()[:24]
        note = f"QRIS {line.reference}".strip() if line.reference else "QRIS, dari daftar penyedia"
        found.append(Transaction(f"cocok-{name}", SALE, line.on, line.amount, note=note))
    return tuple(found)


def shown(compared: Compared, lines: Sequence[SettlementLine]) -> dict[str, Any]:
    """Return the results as plain data, what needs doing first."""
    fees = [line.taken for line in lines if line.taken is not None and not line.is_refund]
    sold = [line.amount for line in lines if not line.is_refund]
    matched = sum(item.line is not None for item in compared.result.of(Outcome.MATCHED))
    unclear = compared.unclear
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
        "held": f"{held} pembayaran belum bisa dimasukkan. {compared.why_held}" if held else "",
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
        message = "Mungkin sudah ada di buku, dalam jumlah lain. Cocokkan dulu."
    return [format_rupiah(_amount(item)), about, message]


def _amount(item: Item) -> int:
    one = item.line or item.entry
    return one.amount if one else 0
