"""An old list of a shop's money, as CSV or XLSX, read row by row into transactions.

Total over any bytes: what cannot be read is refused with its row and what to do. Columns are found
by their headings; what a row means is taken from a column *Jenis*, or from its words (`meaning`), and
shown before anything is written. What the words do not tell is asked.

A row is the same as one that was taken before if day, kind, amount and words are the same, and it is the
n-th such: where it stands in its file does not matter.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

from umkm.bookkeeping import BookError, Transaction
from umkm.bookkeeping.kinds import EXPENSES, KINDS
from umkm.bookkeeping.transactions import check_day, person_key, tidy
from umkm.errors import InputError
from umkm.money import Ambiguous, Amount, parse_rupiah
from umkm_tools.base.spreadsheet_import.cells import moment_of, month_comes_first
from umkm_tools.base.spreadsheet_import.files import MOST_ROWS, cell_text, read_rows
from umkm_tools.cash_book.found_rows import Found, Row
from umkm_tools.cash_book.meaning import ByHand, Choice, Known, Question, meaning

_HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "on": ("tanggal", "tgl", "hari tanggal", "tanggal transaksi", "waktu", "date"),
    "kind": ("jenis", "jenis catatan", "jenis transaksi"),
    "note": ("keterangan", "uraian", "catatan", "rincian", "deskripsi"),
    "in": ("masuk", "uang masuk", "pemasukan", "penerimaan"),
    "out": ("keluar", "uang keluar", "pengeluaran"),
    "debit": ("debit", "debet"),
    "credit": ("kredit", "credit"),
    "amount": ("jumlah", "nominal", "nilai", "total", "rupiah", "harga"),
    "person": ("nama", "pelanggan", "pembeli", "pemasok", "dari kepada"),
    "category": ("kategori",),
    "money": ("tempat uang", "kas bank"),
    "status": ("status",),
}
_SIDES: Final = ("kas", "bank")
_WEEKDAY: Final = re.compile(
    r"^(senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad)\s*[,/ ]\s*", re.IGNORECASE
)
_SUM: Final = re.compile(r"(sub|grand )?\s*(total|jumlah)\b", re.IGNORECASE)


class SideUnknown(InputError):
    """Raised for columns *Debit* and *Kredit*, which mean the opposite in a bank's list and a cash book."""


def read_list(content: bytes, today: date, side: str = "") -> Found:
    """Return the rows of a file; `side` is `kas` or `bank` where the columns do not tell.

    Raises:
        SideUnknown: it must be asked whose list this is.
        InputError: it is no list at all; the message says what to choose instead.
    """
    rows = read_rows(content)
    start, columns = _heading(rows)
    if {"debit", "credit"} & columns.keys():
        if side not in _SIDES:
            raise SideUnknown("Ini buku kas Anda, atau mutasi rekening dari bank?")
        # A bank writes what it owes its customer: what comes in stands under Kredit.
        came, went = ("debit", "credit") if side == "kas" else ("credit", "debit")
        columns = {{came: "in", went: "out"}.get(name, name): at for name, at in columns.items()}
    found = Found()
    below = [
        (number, {name: row[place] for name, place in columns.items() if place < len(row)})
        for number, row in enumerate(rows[start + 1 :], start + 2)
    ]
    found.month_first = month_comes_first(cells.get("on") for _, cells in below)
    last: Any = None
    for number, cells in below:
        if not any(map(cell_text, cells.values())) or _is_sum(cells):
            continue
        if cell_text(cells.get("status")).lower() == "dibatalkan":
            continue
        if len(found.rows) + len(found.refused) >= MOST_ROWS:
            found.refused.append((number, f"Paling banyak {MOST_ROWS} baris sekali ambil."))
            break
        # Cells that were joined, or a day written once, hold for the rows below too.
        last = cells["on"] = cells["on"] if cell_text(cells.get("on")) else last
        try:
            found.rows.append(
                _row(cells, number, today, bank=side == "bank", month_first=found.month_first)
            )
        except InputError as error:
            found.refused.append((number, error.message))
    if not found.rows and not found.refused:
        raise InputError("Berkas ini tidak berisi catatan. Isi dulu baris di bawah judul kolomnya.")
    if found.rows and found.rows[0].transaction.on > found.rows[-1].transaction.on:
        # Newest first: within a day too, what stands lower happened earlier.
        found.rows.reverse()
    found.rows = _named(found.rows)
    return found


def _named(rows: Sequence[Row]) -> list[Row]:
    """Return each row an id that the same row has in any other file."""
    seen: Counter[str] = Counter()
    named = []
    for row in rows:
        one = row.transaction
        what = "masuk" if row.came else "keluar" if row.choices else one.kind
        stated = (
            f"{one.on}|{what}|{one.amount}|{person_key(one.person)}|{tidy(one.note).casefold()}"
        )
        seen[stated] += 1
        name = hashlib.sha256(f"{stated}|{seen[stated]}".encode()).hexdigest()[:24]
        named.append(replace(row, transaction=replace(one, id=f"daftar-{name}")))
    return named


def _is_sum(cells: Mapping[str, Any]) -> bool:
    texts = [cell_text(cells.get(name)) for name in ("on", "note", "kind")]
    return any(_SUM.match(text) for text in texts) and not re.search(r"\d", texts[0])


def _heading(rows: Iterable[Sequence[Any]]) -> tuple[int, dict[str, int]]:
    for number, row in enumerate(rows):
        if number > 20:
            break
        # "Masuk (Rp)" and "Tgl." are headings too.
        words = [
            " ".join(re.sub(r"[^a-z]+|\brp\b", " ", cell_text(cell).lower()).split())
            for cell in row
        ]
        columns = {
            name: words.index(word)
            for name, known in _HEADINGS.items()
            for word in known[::-1]
            if word in words
        }
        if "on" in columns and columns.keys() & {"in", "out", "amount", "debit", "credit"}:
            return number, columns
    raise InputError(
        "Judul kolom tidak ditemukan. Baris pertama harus berisi Tanggal, Keterangan, Masuk, "
        "Keluar; atau Tanggal, Jenis, Jumlah."
    )


def _row(
    cells: Mapping[str, Any], number: int, today: date, *, bank: bool, month_first: bool
) -> Row:
    on = _day(cells.get("on"), month_first=month_first)
    check_day(on, today)
    came, went = _money(cells.get("in")), _money(cells.get("out"))
    amount = _money(cells.get("amount")) or came or went
    if came and went:
        raise InputError("Masuk dan keluar terisi dua-duanya. Pisahkan menjadi dua baris.")
    if amount <= 0:
        raise InputError("Jumlah uangnya kosong atau nol.")
    note, person = cell_text(cells.get("note")), cell_text(cells.get("person"))
    money = "bank" if bank or "bank" in cell_text(cells.get("money")).lower() else "kas"
    kind, category = "", ""
    choices: tuple[Choice, ...] = ()
    named = _named_kind(cells)
    if named is not None:
        kind, category = named
    else:
        stated = cell_text(cells.get("kind"))
        if not came and not went:
            raise InputError(
                f"Jenis “{stated[:40]}” belum dikenal. Tulis misalnya Jual tunai."
                if stated
                else "Tidak jelas uang masuk atau keluar. Isi kolom Masuk, Keluar, atau Jenis."
            )
        match meaning(f"{stated} {note}", person, came=bool(came), bank=bank):
            case Known(kind, category):
                pass
            case Question(()):
                raise InputError(
                    "Ini saldo atau uang yang pindah tempat, bukan uang masuk atau keluar baru. Tidak dicatat."
                )
            case Question(asked):
                choices = asked
            case ByHand(wanted, lacks):
                raise InputError(
                    f"Ini “{KINDS[wanted].label}”, perlu {lacks}. Catat lewat halaman Catat."
                )
    asks = KINDS[kind].asks if kind else ("person",)
    if {"months", "interest"} & set(asks):
        raise InputError("Jenis ini perlu keterangan lain. Catat lewat halaman Catat.")
    made = Transaction(
        "", kind, on, amount, person if "person" in asks else "", note, category, money
    )
    return Row(number, made, bool(came), choices)


def _named_kind(cells: Mapping[str, Any]) -> Choice | None:
    """Return the kind that a column *Jenis* names, with its category; None where it names none."""
    stated = cell_text(cells.get("kind")).lower()
    category = cell_text(cells.get("category")).lower()
    for name, kind in KINDS.items():
        if stated and stated in {name, kind.label.lower()}:
            known = kind.categories or {}
            named = next(
                (k for k, (_, label) in known.items() if category in {k, label.lower()}), ""
            )
            if known is EXPENSES:
                return name, named or "lain"
            return name, named or ("barang" if "barang" in known else next(iter(known), ""))
    return None


def _day(cell: Any, *, month_first: bool) -> date:
    text = _WEEKDAY.sub("", cell_text(cell)) if isinstance(cell, str) else cell
    return moment_of(text, month_first=month_first)[0]


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
