"""Types of a reconciliation: entries of the cash book, settlement lines, results."""

import re
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import Final

from umkm.money import format_rupiah
from umkm.qris.mdr import FeeGroup, Tariff

# A reference number that a spreadsheet rounded ("6,33E+11"), or a word for none.
_NO_REFERENCE: Final = re.compile(r"[\d.,]+e\+?\d+|0+(\.0+)?|n/?a|nan|null|none|tidak ada")


class Outcome(StrEnum):
    """What a line turned out to be."""

    MATCHED = "matched"
    FEE_WRONG = "fee-wrong"
    AMOUNT_WRONG = "amount-wrong"
    MISSING = "missing"
    UNBOOKED = "unbooked"
    DOUBLE = "double"
    REFUNDED = "refunded"


@dataclass(frozen=True)
class BookEntry:
    """A QRIS sale in the cash book; below zero where money was given back. `id` is its own."""

    id: str
    on: date
    amount: int
    reference: str = ""


@dataclass(frozen=True)
class SettlementLine:
    """A line of the provider's list: the payment's day (WIB), gross amount, fee and net.

    Either of `fee` and `net` may be None where the list does not have it. A refund has
    `refund` set or an amount below zero.
    """

    id: str
    on: date
    amount: int
    fee: int | None = None
    net: int | None = None
    reference: str = ""
    at: time | None = None
    refund: bool = False

    @property
    def is_refund(self) -> bool:
        """Return whether money went back to the buyer."""
        return self.refund or self.amount < 0

    @property
    def fee_taken(self) -> int | None:
        """Return the fee as stated, or as the difference to what arrived."""
        if self.fee is not None:
            return self.fee
        return None if self.net is None else self.amount - self.net


@dataclass(frozen=True)
class Item:
    """One result: the entry and the line it is about, and what to do, for a shopkeeper."""

    outcome: Outcome
    entry: BookEntry | None
    line: SettlementLine | None
    message: str


@dataclass(frozen=True)
class Terms:
    """How to compare: by which tariff fees are checked, how many days and Rupiah may differ."""

    tariff: Tariff | None = None
    group: FeeGroup = FeeGroup.MICRO
    days: int = 1
    rupiah: int = 1


@dataclass(frozen=True)
class Reconciliation:
    """All results; every entry and every line given stands in exactly one of them."""

    items: tuple[Item, ...]

    def of(self, outcome: Outcome) -> tuple[Item, ...]:
        """Return the results of one kind."""
        return tuple(item for item in self.items if item.outcome is outcome)


def plain_reference(reference: str) -> str:
    """Return a reference to compare; empty for what stands where there is none, or was rounded."""
    bare = reference.strip().casefold()
    is_one = any(map(str.isalnum, bare)) and not _NO_REFERENCE.fullmatch(bare)
    return bare if is_one else ""


def fee_complaint(line: SettlementLine, terms: Terms) -> str:
    """Return what is wrong with the fee of a line, in words; empty where nothing is, or none is stated.

    Raises:
        InputError: a fee is to be checked on a day for which no rate is known.
    """
    taken = line.fee_taken
    if taken is None:
        return ""
    if line.net is not None and abs(line.amount - taken - line.net) > terms.rupiah:
        return (
            f"{format_rupiah(line.amount)} dikurangi biaya {format_rupiah(taken)} bukan "
            f"{format_rupiah(line.net)}. Selisihnya bisa PPN, promo, sewa alat, atau cicilan: "
            "lihat rinciannya di aplikasi penyedia."
        )
    if terms.tariff is None:
        return ""
    expected = terms.tariff.fee(line.amount, terms.group, line.on).fee
    if abs(taken - expected) <= terms.rupiah:
        return ""
    return (
        f"Biaya dipotong {format_rupiah(taken)}, menurut aturan {format_rupiah(expected)}. "
        "Tanyakan ke penyedia."
    )
