"""A transaction as it was written down, and whether it makes sense by itself."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from umkm.bookkeeping.accounts import Chart
from umkm.bookkeeping.errors import (
    BookError,
    MissingName,
    UnknownChoice,
    WrongAmount,
    WrongDay,
)
from umkm.bookkeeping.kinds import KINDS, STOCKS, UNDO, Kind
from umkm.bookkeeping.stock_taking import Counted, count_value
from umkm.errors import InputError
from umkm.identity import check_name

LARGEST: Final = 10**12 - 1
"""A thousand miliar: more than the yearly sales of twenty medium businesses together."""
EARLIEST: Final = date(2000, 1, 1)
LONGEST_LIFE: Final = 50 * 12
MAX_NOTE: Final = 200
MAX_ID: Final = 40
MOST_THINGS: Final = 300

_MONEY: Final = ("kas", "bank")


@dataclass(frozen=True)
class Transaction:
    """One thing that happened, in whole Rupiah.

    Attributes:
        id: given where it was written down, so that sending it twice adds it once.
        kind: a key of `KINDS`, or `UNDO`.
        on: the day it happened.
        amount: the whole amount; for a stock count the value that is still there.
        person: who owes or is owed.
        category: a key of the kind's categories.
        money: `kas` or `bank`.
        fee: what somebody kept of `amount` before it arrived.
        interest: which part of an instalment is interest.
        months: how long an asset will be of use.
        undoes: the id of the transaction that an `UNDO` takes back.
        counted: what a stock count found, thing by thing; then `amount` is what it is worth.
    """

    id: str
    kind: str
    on: date
    amount: int = 0
    person: str = ""
    note: str = ""
    category: str = ""
    money: str = "kas"
    fee: int = 0
    interest: int = 0
    months: int = 0
    undoes: str = ""
    counted: tuple[Counted, ...] = ()

    @property
    def label(self) -> str:
        """Return what it is, with whom: `Jual bon · Bu Ani`."""
        name = KINDS[self.kind].label if self.kind in KINDS else "Dibatalkan"
        return f"{name} · {self.person}" if self.person else name


def checked(transaction: Transaction, chart: Chart, today: date) -> Transaction:
    """Return a transaction tidied (blanks in names, fields its kind does not have).

    Raises:
        WrongDay, WrongAmount, MissingName, UnknownChoice: what is wrong with it, in words.
    """
    if not 0 < len(transaction.id) <= MAX_ID or not transaction.id.isprintable():
        raise BookError("Catatan ini tidak bisa disimpan. Muat ulang halaman, lalu coba lagi.")
    if transaction.kind == UNDO:
        return Transaction(transaction.id, UNDO, transaction.on, undoes=transaction.undoes)
    kind = kind_of(transaction.kind)
    check_day(transaction.on, today)
    counting = transaction.kind == "hitung-stok"
    counted = _counted(transaction.counted) if counting else ()
    amount = count_value(counted) if counted else transaction.amount
    _check_amount(amount, 0 if counting else 1, "amount")
    asked = {name: _asked(transaction, kind, name) for name in kind.asks}
    tidied = Transaction(
        transaction.id,
        transaction.kind,
        transaction.on,
        amount,
        note=tidy(transaction.note)[:MAX_NOTE],
        counted=counted,
        **asked,
    )
    if kind.categories is STOCKS and tidied.category == "kemasan":
        chart.account(STOCKS["kemasan"][0])
    return tidied


def kind_of(name: str) -> Kind:
    """Return the kind of a name.

    Raises:
        UnknownChoice: there is none.
    """
    if (kind := KINDS.get(name)) is None:
        raise UnknownChoice("Pilih jenis catatan dari daftar.", "kind")
    return kind


def check_day(on: date, today: date) -> None:
    """Raise for a day that has not come, or that lies before any book of today.

    Raises:
        WrongDay: with what to write instead.
    """
    if on.year < 100:
        raise WrongDay(f"Tahun {on.year:04} belum benar. Maksud Anda {2000 + on.year}?")
    if on < EARLIEST:
        raise WrongDay("Tanggal ini terlalu lama. Buku ini mulai dari tahun 2000.")
    if on > today:
        raise WrongDay("Tanggal ini belum tiba. Pilih hari ini atau hari sebelumnya.")


def person_key(name: str) -> str:
    """Return what two spellings of one name have in common: `Bu  ANI` and `bu Ani`."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _asked(transaction: Transaction, kind: Kind, name: str) -> Any:
    match name:
        case "person":
            return _person(transaction.person, kind)
        case "category":
            return _category(transaction.category, kind.categories or {})
        case "money":
            if transaction.money not in _MONEY:
                raise UnknownChoice("Pilih kas atau bank.", "money")
            return transaction.money
        case "months":
            return _months(transaction.months)
        case "fee":
            _check_part(transaction.fee, transaction.amount, "fee", "Potongan")
            return transaction.fee
        case _:
            _check_part(transaction.interest, transaction.amount, "interest", "Bunga")
            return transaction.interest


def _counted(lines: tuple[Counted, ...]) -> tuple[Counted, ...]:
    if len(lines) > MOST_THINGS:
        raise WrongAmount(f"Hitung paling banyak {MOST_THINGS} macam barang sekaligus.", "counted")
    return tuple(replace(line, name=tidy(line.name)[:80] or "Barang") for line in lines)


def _person(name: str, kind: Kind) -> str:
    try:
        return check_name(name, "person")
    except InputError as error:
        raise MissingName(f"{kind.person_label} {error.message}") from None


def _category(category: str, known: Mapping[str, tuple[str, str]]) -> str:
    if known is STOCKS and not category:
        return "barang"
    if category not in known:
        choices = ", ".join(label for _, label in known.values())
        raise UnknownChoice(f"Pilih salah satu: {choices}.", "category")
    return category


def _months(months: int) -> int:
    if not 1 <= months <= LONGEST_LIFE:
        raise WrongAmount("Tulis berapa bulan alat ini akan dipakai, misalnya 48.", "months")
    return months


def _check_amount(amount: int, least: int, field: str) -> None:
    if amount < least:
        raise WrongAmount("Tulis jumlah uang yang lebih dari nol.", field)
    if amount > LARGEST:
        raise WrongAmount("Jumlah ini terlalu besar. Periksa lagi banyaknya nol.", field)


def _check_part(part: int, whole: int, field: str, label: str) -> None:
    if part < 0:
        raise WrongAmount(f"{label} tidak boleh kurang dari nol.", field)
    if part > whole:
        raise WrongAmount(f"{label} tidak boleh lebih besar dari jumlahnya.", field)


def tidy(note: str) -> str:
    """Return a note on one line, without signs that no one can see."""
    # "Co": private use; an emoji is "So" and stays, with the "Cf" that joins its parts.
    kept = (
        char for char in note if unicodedata.category(char) not in {"Cc", "Cs", "Co", "Cn"}
        or char in "\n\t"
    )  # fmt: skip
    return " ".join(unicodedata.normalize("NFC", "".join(kept)).split())
