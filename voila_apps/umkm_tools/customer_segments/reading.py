"""A list of sales as rows: who bought when, for how much; pasted or brought as a file."""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from umkm.errors import InputError
from umkm.identity import parse_phone
from umkm.money import Amount, NotAnAmount, parse_rupiah
from umkm_tools.base.spreadsheet_import.cells import amount_of, moment_of, month_comes_first
from umkm_tools.base.spreadsheet_import.files import MOST_ROWS, cell_text, read_rows
from umkm_tools.base.spreadsheet_import.headings import Fields, Listed, find_heading, listed_from

_LABELS: Final[Mapping[str, str]] = {
    "on": "Tanggal beli",
    "name": "Nama pembeli",
    "phone": "Nomor HP pembeli",
    "amount": "Jumlah belanja",
    "status": "Status pesanan",
    "order": "Nomor pesanan",
}
_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "on": ("tanggal beli", "tanggal transaksi", "tanggal pesanan", "waktu pesanan dibuat", "tanggal",
           "tgl", "date", "waktu", "created at", "order date"),
    "name": ("username pembeli", "buyer username", "username",
             "nama pembeli", "nama pelanggan", "nama customer", "nama penerima", "pembeli",
             "pelanggan", "customer", "buyer", "nama", "name", "penerima"),
    "phone": ("nomor hp", "no hp", "nomor whatsapp", "no whatsapp", "nomor telepon", "no telepon",
              "no telp", "whatsapp", "telepon", "telp", "handphone", "phone", "nomor wa", "no wa",
              "wa", "hp", "kontak"),
    "amount": ("jumlah belanja", "total belanja", "total pembayaran", "total harga", "total bayar",
               "jumlah bayar", "nilai transaksi", "nominal", "total", "jumlah", "amount", "harga",
               "bayar", "rupiah"),
    "status": ("status pesanan", "status transaksi", "order status", "status"),
    "order": ("no pesanan", "nomor pesanan", "id pesanan", "order id", "order no", "order number", "no order",
              "nomor order", "no invoice", "nomor invoice", "invoice"),
}  # fmt: skip
FIELDS: Final = Fields(_LABELS, _WORDS, frozenset({"on", "amount"}))

_UNDONE: Final = re.compile(
    r"batal|cancel|gagal|fail|refund|retur|pengembalian|dikembalikan|ditolak|kedaluwarsa|expired",
    re.IGNORECASE,
)
_NOBODY: Final = {"", "-", "umum", "pembeli", "pelanggan", "customer", "anonim", "tanpa nama"}
_SAMPLE_ROWS: Final = 50
#: What a marketplace puts over names and numbers that it does not give away: many people look alike.
_MASKED: Final = re.compile(r"\*{2,}|\*$")
#: Headings of what an order came to, which its every line repeats.
_WHOLE_ORDER: Final = re.compile(r"\b(total|dibayar|pembayaran)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Bought:
    """A row: the day, whole Rupiah, a name as written, and a number as E.164; one may be empty.

    `order` is the number of the order it belongs to, where the list has one.
    """

    on: date
    amount: int
    name: str
    phone: str
    order: str = ""


@dataclass
class Rows:
    """A parsed list: purchases, refused rows with the reason, and counts of skipped rows."""

    bought: list[Bought] = field(default_factory=list)
    refused: list[tuple[int, str]] = field(default_factory=list)
    undone: int = 0
    nameless: int = 0
    later: int = 0
    bad_phones: int = 0
    month_first: bool = False

    @property
    def notes(self) -> list[str]:
        """Return what was skipped, in sentences."""
        counted = (
            (self.undone, "baris dilewati: dibatalkan, dikembalikan, atau jumlahnya tidak lebih dari nol."),
            (self.nameless, "baris dilewati: tidak ada nama atau nomor pembelinya."),
            (self.later, "baris dilewati: tanggalnya belum tiba."),
            (self.bad_phones, "nomor HP belum bisa dibaca. Orangnya tetap dihitung, tanpa tombol WA."),
        )  # fmt: skip
        notes = [f"{count} {what}" for count, what in counted if count]
        return [*notes, "Tanggal dibaca bulan dulu, baru hari."] if self.month_first else notes


def open_sales(content: bytes) -> Listed:
    """Read a list and find its heading; a list without one is known by what its cells hold.

    Raises:
        InputError: it is no list.
    """
    rows = [row for row in read_rows(content) if any(map(cell_text, row))]
    if rows and _day(rows[0]) and len(guess := _by_content(rows)) > 1:
        return listed_from(rows, -1, guess)
    return find_heading(
        rows, FIELDS, "Ini belum berupa daftar. Satu penjualan satu baris: tanggal, nama, jumlah."
    )


def missing(columns: Mapping[str, int]) -> bool:
    """Return whether columns that are needed are not known yet."""
    return not (FIELDS.needed <= columns.keys() and {"name", "phone"} & columns.keys())


def rows_of(listed: Listed, columns: Mapping[str, int], today: date) -> Rows:
    """Read the rows below the heading; what an order came to counts once, by the state of its last row.

    A row without a day has that of the row above it: cells that were joined hold a value once.
    """
    read = Rows(month_first=month_comes_first(listed.column(columns["on"])))
    last: date | None = None
    final: dict[str, int] = {}
    repeats = bool(_WHOLE_ORDER.search(listed.heading(columns["amount"])))
    for number, cells in listed.entries(columns):
        if len(read.bought) >= MOST_ROWS:
            read.refused.append((number, f"Paling banyak {MOST_ROWS} baris sekali baca."))
            break
        try:
            before = len(read.bought)
            last = _take(read, cells, last, today)
            # What stands there last of an order is true; nothing, if it was undone.
            final[_order(cells)] = before if len(read.bought) > before else -1
        except InputError as error:
            read.refused.append((number, error.message))
    if repeats:
        read.bought = [
            one for at, one in enumerate(read.bought) if not one.order or final[one.order] == at
        ]
    return read


def _order(cells: Mapping[str, Any]) -> str:
    return cell_text(cells.get("order")).strip("-")


def _take(read: Rows, cells: Mapping[str, Any], last: date | None, today: date) -> date:
    on = (
        moment_of(cells.get("on"), month_first=read.month_first)[0]
        if cell_text(cells.get("on")) or last is None
        else last
    )
    amount = _amount(cells.get("amount"))
    phone, name = _phone(cells.get("phone")), cell_text(cells.get("name"))[:60]
    named = name.casefold().strip(" .") not in _NOBODY and not _MASKED.search(name)
    if amount <= 0 or _UNDONE.search(cell_text(cells.get("status"))):
        read.undone += 1
    elif on > today:
        read.later += 1
    elif not named and not phone:
        read.nameless += 1
    else:
        read.bad_phones += phone == "" and cell_text(cells.get("phone")).strip("-") != ""
        read.bought.append(Bought(on, amount, name if named else "", phone, _order(cells)))
    return on


def _amount(cell: Any) -> int:
    try:
        return amount_of(cell) or 0
    except InputError:
        # "25rb" and "1,5 jt", as people write by hand.
        match parse_rupiah(cell_text(cell)):
            case Amount(value):
                return value
            case NotAnAmount():
                raise
            case unclear:
                raise InputError(unclear.message) from None


def _phone(cell: Any) -> str:
    """Return a number as E.164; empty where there is none that can be read."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = cell_text(cell).lstrip("'")
    if text:
        with suppress(InputError):
            return parse_phone(text)
    return ""


def _day(row: Sequence[Any]) -> bool:
    return any(_is("on", cell) for cell in row)


def _is(kind: str, cell: Any) -> bool:
    if not cell_text(cell):
        return False
    try:
        match kind:
            case "on":
                moment_of(cell)
            case "phone":
                return bool(_phone(cell))
            case "amount":
                return _amount(cell) > 0
            case _:
                return any(map(str.isalpha, cell_text(cell)))
    except InputError:
        return False
    return True


def _by_content(rows: Sequence[Sequence[Any]]) -> dict[str, int]:
    """Guess columns by what most of their filled cells can be read as, the surest kinds first."""
    some = rows[:_SAMPLE_ROWS]
    columns = {
        place: [row[place] for row in some if place < len(row) and cell_text(row[place])]
        for place in range(max(map(len, some)))
    }
    found: dict[str, int] = {}
    for kind in ("on", "phone", "amount", "name"):
        fits = {
            place: sum(_is(kind, cell) for cell in cells)
            for place, cells in columns.items()
            if place not in found.values()
        }
        best = max(fits, key=lambda place: fits[place], default=None)
        if best is not None and fits[best] * 2 > len(columns[best]):
            found[kind] = best
    return found
