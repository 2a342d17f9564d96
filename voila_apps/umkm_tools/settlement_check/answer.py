"""What comes of the lists that a person brought: work for a worker process where they are long."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from umkm.bookkeeping import Transaction
from umkm.errors import InputError
from umkm.qris import BookEntry, SettlementLine, Terms
from umkm_tools.base.spreadsheet_import.packed import SMALL_ROWS, PackedList, pack_list
from umkm_tools.qris_fees.rates import CLASSES, Rates, applied
from umkm_tools.settlement_check.comparing import compare, shown
from umkm_tools.settlement_check.reading import (
    Lines,
    entries_of,
    is_payout_day,
    lines_of,
    open_list,
)


@dataclass(frozen=True)
class Brought:
    """What is compared: the lists with their columns by side, and how.

    `book` holds the entries of a cash book or of the example; where it is None, those of the list `mine`
    are compared. Fees are checked by `rates` where a class of business is named.
    """

    lists: Mapping[str, PackedList]
    columns: Mapping[str, Mapping[str, int]]
    book: Sequence[BookEntry] | None = None
    rates: Rates | None = None
    business_class: str = ""

    @property
    def is_small(self) -> bool:
        """Return whether it is answered in place; another process answers what is larger."""
        rows = sum(one.rows for one in self.lists.values())
        return rows <= SMALL_ROWS and len(self.book or ()) <= SMALL_ROWS * 10


@dataclass(frozen=True)
class Answer:
    """What a person sees of it as plain data, and the transactions that would book what is missing."""

    sides: dict[str, dict[str, Any]]
    compared: dict[str, Any] | None = None
    problem: str = ""
    rates: list[dict[str, str]] = field(default_factory=list)
    missing: tuple[Transaction, ...] = ()


def take_list(content: bytes) -> PackedList:
    """Return a file as a list whose heading was found.

    Raises:
        InputError: it is no list.
    """
    return pack_list(open_list(content))


def answer(brought: Brought) -> Answer:
    """Return what comes of the lists."""
    sides = {
        side: _side(packed, brought.columns[side], own=side == "mine")
        for side, packed in brought.lists.items()
    }
    replies = {side: reply for side, (reply, _) in sides.items()}
    theirs = sides["provider"][1] if "provider" in sides else None
    ours = brought.book
    if ours is None and (mine := sides["mine"][1] if "mine" in sides else None) is not None:
        ours = entries_of(mine.lines) if mine.lines else None
    if theirs is None or not theirs.lines or ours is None:
        return Answer(replies)
    try:
        compared = compare(
            ours,
            theirs.lines,
            _terms(brought),
            by_payout=bool(replies["provider"].get("byPayout")),
        )
    except InputError as error:
        # A fee is to be checked on a day that no rate is known for.
        return Answer(replies, problem=error.message)
    return Answer(
        replies,
        shown(compared, theirs.lines),
        rates=_rates_of(brought, theirs.lines),
        missing=compared.missing,
    )


def _terms(brought: Brought) -> Terms:
    if brought.rates is None or brought.business_class not in CLASSES:
        return Terms()
    return Terms(brought.rates.tariff, CLASSES[brought.business_class][1])


def _rates_of(brought: Brought, lines: Sequence[SettlementLine]) -> list[dict[str, str]]:
    """Return what fees were checked by, with its day and source."""
    if brought.rates is None or brought.business_class not in CLASSES:
        return []
    group = CLASSES[brought.business_class][1]
    return applied(brought.rates, group, (line.on for line in lines))


def _side(
    packed: PackedList, columns: Mapping[str, int], *, own: bool
) -> tuple[dict[str, Any], Lines | None]:
    reply: dict[str, Any] = {
        "headings": list(packed.headings),
        "columns": dict(columns),
        "signature": packed.signature,
        "example": list(packed.example),
        "missing": not {"on", "amount"} <= columns.keys(),
    }
    if reply["missing"]:
        return reply, None
    listed = packed.opened()
    read = lines_of(listed, columns, own=own)
    reply["byPayout"] = is_payout_day(listed.heading(columns["on"]))
    notes = [
        f"{read.failed} baris dilewati: pembayarannya gagal atau belum selesai."
        if read.failed
        else "",
        f"{read.no_payment} baris tidak dihitung: pencairan, biaya, pajak, atau cicilan."
        if read.no_payment
        else "",
        f"{read.filled} baris tanpa tanggal memakai tanggal baris di atasnya."
        if read.filled
        else "",
        "Tanggal dibaca bulan dulu, baru hari." if read.month_first else "",
    ]
    reply |= {
        "count": len(read.lines),
        "refused": [[f"Baris {row}", reason] for row, reason in read.refused[:100]],
        "refusedCount": len(read.refused),
        "notes": [note for note in notes if note],
    }
    return reply, read
