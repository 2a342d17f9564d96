"""An old list of a shop's money, as CSV or XLSX, read row by row into transactions.

Total over any bytes: what cannot be read is refused with its row and what to do. Columns are found
by their headings; what a row means is taken from a column *Jenis*, or guessed from its words and
shown before anything is written.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from umkm.bookkeeping import BookError, Transaction
from umkm.bookkeeping.kinds import EXPENSES, KINDS
from umkm.bookkeeping.transactions import check_day
from umkm.calendar import parse_day
from umkm.errors import InputError
from umkm.money import Ambiguous, Amount, parse_rupiah
from umkm_widgets.table_files import MOST_ROWS, cell_text, read_rows

_HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "on": ("tanggal", "tgl", "hari/tanggal", "waktu", "date"),
    "kind": ("jenis", "jenis catatan", "transaksi"),
    "note": ("keterangan", "uraian", "catatan", "rincian", "deskripsi"),
    "in": ("masuk", "uang masuk", "pemasukan", "penerimaan", "debit", "debet"),
    "out": ("keluar", "uang keluar", "pengeluaran", "kredit"),
    "amount": ("jumlah", "nominal", "nilai", "total", "rupiah", "harga"),
    "person": ("nama", "pelanggan", "pembeli", "pemasok", "dari/kepada"),
    "category": ("kategori",),
    "money": ("tempat uang", "kas/bank"),
    "status": ("status",),
}
_CAME: Final = (
    (("modal",), "setor-modal", ""),
    (("qris",), "jual-qris", ""),
    (("shopee", "tokopedia", "marketplace", "tiktok"), "jual-marketplace", ""),
)
_WENT: Final = (
    (("gaji", "upah"), "bayar-beban", "gaji"),
    (("sewa", "kontrakan"), "bayar-beban", "sewa"),
    (("listrik", "token", "air ", "pdam", "internet", "wifi", "kuota"), "bayar-beban", "listrik"),
    (("ongkir", "ongkos", "bensin", "transport", "parkir"), "bayar-beban", "transport"),
    (("iklan", "spanduk", "brosur"), "bayar-beban", "iklan"),
    (("pribadi", "rumah", "sekolah", "arisan", "jajan"), "ambil-pribadi", ""),
    (("kemasan", "plastik", "kardus"), "beli-stok", "kemasan"),
    (("beli", "belanja", "kulak", "stok", "bahan"), "beli-stok", "barang"),
)


@dataclass
class Found:
    """What a list holds: transactions, and rows that could not be read with the reason."""

    transactions: list[Transaction] = field(default_factory=list)
    refused: list[tuple[int, str]] = field(default_factory=list)
    row_of: dict[str, int] = field(default_factory=dict)


def read_list(content: bytes, today: date) -> Found:
    """Give the transactions of a file.

    Raises:
        InputError: it is no list at all; the message says what to choose instead.
    """
    rows = read_rows(content)
    start, columns = _heading(rows)
    found = Found()
    for number, row in enumerate(rows[start + 1 :], start + 2):
        cells = {name: row[place] for name, place in columns.items() if place < len(row)}
        if not any(cell_text(cell) for cell in cells.values()):
            continue
        if cell_text(cells.get("status")).lower() == "dibatalkan":
            continue
        if len(found.transactions) + len(found.refused) >= MOST_ROWS:
            found.refused.append((number, f"Paling banyak {MOST_ROWS} baris sekali ambil."))
            break
        try:
            transaction = _transaction(cells, number, today)
        except InputError as error:
            found.refused.append((number, error.message))
        else:
            found.transactions.append(transaction)
            found.row_of[transaction.id] = number
    if not found.transactions and not found.refused:
        raise InputError("Berkas ini tidak berisi catatan. Isi dulu baris di bawah judul kolomnya.")
    days = [transaction.on for transaction in found.transactions]
    if days and days[0] > days[-1]:
        # Newest first: within a day too, what stands lower happened earlier.
        found.transactions.reverse()
    return found


def _heading(rows: Iterable[Sequence[Any]]) -> tuple[int, dict[str, int]]:
    for number, row in enumerate(rows):
        if number > 20:
            break
        words = [cell_text(cell).lower() for cell in row]
        columns = {
            name: words.index(word)
            for name, known in _HEADINGS.items()
            for word in known[::-1]
            if word in words
        }
        if "on" in columns and columns.keys() & {"in", "out", "amount"}:
            return number, columns
    raise InputError(
        "Judul kolom tidak ditemukan. Baris pertama harus berisi Tanggal, Keterangan, Masuk, "
        "Keluar; atau Tanggal, Jenis, Jumlah."
    )


def _transaction(cells: Mapping[str, Any], number: int, today: date) -> Transaction:
    on = _day(cells.get("on"))
    check_day(on, today)
    came, went = _money(cells.get("in")), _money(cells.get("out"))
    amount = _money(cells.get("amount")) or came or went
    if came and went:
        raise InputError("Masuk dan keluar terisi dua-duanya. Pisahkan menjadi dua baris.")
    if amount <= 0:
        raise InputError("Jumlah uangnya kosong atau nol.")
    note, person = cell_text(cells.get("note")), cell_text(cells.get("person"))
    kind, category = _meaning(cells, note, came=bool(came), went=bool(went))
    asks = KINDS[kind].asks
    if {"months", "interest"} & set(asks):
        raise InputError("Jenis ini perlu keterangan lain. Catat lewat halaman Catat.")
    money = "bank" if "bank" in cell_text(cells.get("money")).lower() else "kas"
    said = f"{number}|{on}|{kind}|{category}|{amount}|{person}|{note}"
    name = "daftar-" + hashlib.sha256(said.encode()).hexdigest()[:24]
    return Transaction(
        name, kind, on, amount, person if "person" in asks else "", note, category, money
    )


def _meaning(cells: Mapping[str, Any], note: str, *, came: bool, went: bool) -> tuple[str, str]:
    said = cell_text(cells.get("kind")).lower()
    category = cell_text(cells.get("category")).lower()
    for name, kind in KINDS.items():
        if said and said in {name, kind.label.lower()}:
            known = kind.categories or {}
            named = next(
                (k for k, (_, label) in known.items() if category in {k, label.lower()}), ""
            )
            if known is EXPENSES:
                return name, named or "lain"
            return name, named or ("barang" if "barang" in known else next(iter(known), ""))
    words = f"{said} {note} ".lower()
    if said and not came and not went:
        raise InputError(f"Jenis “{said[:40]}” belum dikenal. Tulis misalnya Jual tunai.")
    if not came and not went:
        raise InputError("Tidak jelas uang masuk atau keluar. Isi kolom Masuk, Keluar, atau Jenis.")
    for known_words, name, named in _CAME if came else _WENT:
        if any(word in words for word in known_words):
            return name, named
    return ("jual-tunai", "") if came else ("bayar-beban", "lain")


def _day(cell: Any) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    return parse_day(cell_text(cell))


def _money(cell: Any) -> int:
    if isinstance(cell, bool):
        raise InputError("Jumlah uangnya belum bisa dibaca.")
    if isinstance(cell, int | float):
        if cell != cell or abs(cell) > 10**15:  # noqa: PLR0124  # NaN is not equal to itself
            raise InputError("Jumlah ini terlalu besar. Periksa lagi banyaknya nol.")
        return round(cell)
    text = cell_text(cell)
    if not text or text in {"-", "0", "Rp0", "Rp 0"}:
        return 0
    if text.isdecimal():
        # In a list "500" is 500; nobody is there to be asked.
        return int(text[:16])
    match parse_rupiah(text):
        case Amount(value):
            return value
        case Ambiguous() as unclear:
            raise InputError(f"Jumlah “{text[:30]}” bisa dua arti. {unclear.message}")
        case refused:
            raise BookError(f"“{text[:30]}”: {refused.message}")
