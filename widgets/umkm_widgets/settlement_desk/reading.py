"""A list as lines to compare: which column is what, and what each row says."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any, Final

from umkm.errors import InputError
from umkm.qris import BookEntry, SettlementLine
from umkm_widgets.settlement_desk.cells import amount_of, hour_of, moment_of, month_comes_first
from umkm_widgets.table_files import MOST_ROWS, cell_text, read_rows

FIELDS: Final[Mapping[str, str]] = {
    "on": "Tanggal bayar",
    "amount": "Jumlah yang dibayar pembeli",
    "fee": "Biaya (MDR)",
    "net": "Jumlah yang diterima",
    "reference": "Nomor referensi",
    "time": "Jam",
    "status": "Status atau jenis",
}
_WORDS: Final[Mapping[str, tuple[str, ...]]] = {
    "on": ("tanggal transaksi", "tanggal bayar", "transaction date", "tgl transaksi", "tanggal",
           "tgl", "date", "waktu transaksi", "transaction time", "created at", "waktu"),
    "amount": ("jumlah transaksi", "nilai transaksi", "nominal transaksi", "gross amount", "gross",
               "jumlah bayar", "transaction amount", "nominal", "amount", "jumlah", "bruto",
               "total", "masuk", "nilai", "rupiah"),
    "fee": ("biaya mdr", "nilai mdr", "mdr amount", "mdr", "fee", "potongan", "biaya admin",
            "biaya layanan", "biaya"),
    "net": ("jumlah diterima", "dana diterima", "net amount", "nett amount", "settlement amount",
            "jumlah cair", "netto", "neto", "nett", "net", "diterima"),
    "reference": ("nomor referensi", "no referensi", "reference number", "reference no",
                  "reference id", "rrn", "id transaksi", "transaction id", "no transaksi",
                  "order id", "invoice", "referensi", "reference", "nota"),
    "time": ("jam transaksi", "jam", "time", "pukul"),
    "status": ("status transaksi", "status", "jenis transaksi", "transaction type", "jenis",
               "tipe", "type", "keterangan"),
}  # fmt: skip
_REFUND: Final = re.compile(r"refund|retur|pengembalian|dikembalikan|reversal|void", re.IGNORECASE)
_FAILED: Final = re.compile(
    r"gagal|fail|pending|menunggu|expired|kedaluwarsa|dibatalkan|cancel|ditolak|reject",
    re.IGNORECASE,
)
_SUM: Final = re.compile(r"(sub|grand )?\s*total|jumlah|saldo", re.IGNORECASE)
_MOST_HEADING: Final = 40


@dataclass(frozen=True)
class Listed:
    """A file with its heading found: what its columns are called and which is probably what.

    `signature` tells lists of the same make, so that a phone may remember their columns.
    """

    rows: tuple[Sequence[Any], ...]
    start: int
    headings: tuple[str, ...]
    guess: Mapping[str, int]
    signature: str


@dataclass
class Lines:
    """What the rows said: lines, rows refused with the reason, and what was passed over."""

    lines: list[SettlementLine] = field(default_factory=list)
    refused: list[tuple[int, str]] = field(default_factory=list)
    failed: int = 0
    filled: int = 0
    month_first: bool = False


def open_list(content: bytes) -> Listed:
    """Find a file's heading: of the first rows, the one with most columns that are known.

    Raises:
        InputError: it is no list, or has no row that could be a heading.
    """
    rows = read_rows(content)
    best: dict[str, int] = {}
    start = -1
    for number, row in enumerate(rows[:_MOST_HEADING]):
        found = _guess([cell_text(cell) for cell in row])
        if len(found) > len(best):
            best, start = found, number
    if start < 0:
        start = next(
            (n for n, row in enumerate(rows) if sum(map(bool, map(cell_text, row))) > 1), -1
        )
    if start < 0:
        raise InputError("Berkas ini tidak berisi daftar. Pilih daftar dari penyedia QRIS Anda.")
    headings = tuple(
        cell_text(cell)[:60] or f"Kolom {place}" for place, cell in enumerate(rows[start], 1)
    )
    mark = hashlib.sha256("|".join(headings).casefold().encode()).hexdigest()[:16]
    return Listed(tuple(rows), start, headings, best, mark)


def usable(listed: Listed, told: object) -> dict[str, int]:
    """Give the columns that a phone chose, as far as there are such."""
    chosen = told if isinstance(told, Mapping) else {}
    return {
        name: place
        for name in FIELDS
        if type(place := chosen.get(name)) is int and 0 <= place < len(listed.headings)
    }


def lines_of(listed: Listed, columns: Mapping[str, int]) -> Lines:
    """Read the rows below the heading.

    A row without a day has that of the row above it: cells that were joined hold a value once.

    Raises:
        InputError: no column for the day or for the amount is named.
    """
    if not {"on", "amount"} <= columns.keys():
        raise InputError("Pilih dulu kolom tanggal dan kolom jumlah.", "columns")
    read = Lines(month_first=month_comes_first(_column(listed, columns["on"])))
    last: date | None = None
    for number, row in enumerate(listed.rows[listed.start + 1 :], listed.start + 2):
        cells = {name: row[place] for name, place in columns.items() if place < len(row)}
        if not any(map(cell_text, cells.values())) or _is_sum(row, cells):
            continue
        if len(read.lines) >= MOST_ROWS:
            read.refused.append((number, f"Paling banyak {MOST_ROWS} baris sekali baca."))
            break
        try:
            line = _line(cells, number, last, read)
        except InputError as error:
            read.refused.append((number, error.message))
            continue
        if line is not None:
            last = line.on
            read.lines.append(line)
    return read


def entries_of(lines: Sequence[SettlementLine]) -> list[BookEntry]:
    """Give the rows of a person's own list as what is compared with a provider's."""
    return [
        BookEntry(
            line.id, line.on, -abs(line.amount) if line.is_refund else line.amount, line.reference
        )
        for line in lines
    ]


def _guess(headings: Sequence[str]) -> dict[str, int]:
    plain = [" ".join(re.sub(r"[^a-z ]", " ", text.lower()).split()) for text in headings]
    found: dict[str, int] = {}
    for alike in (str.__eq__, str.__contains__):
        for name, words in _WORDS.items():
            if name in found:
                continue
            for word in words:
                place = next(
                    (n for n, text in enumerate(plain)
                     if text and n not in found.values() and len(text) <= 40 and alike(text, word)),
                    None,
                )  # fmt: skip
                if place is not None:
                    found[name] = place
                    break
    return found if {"on", "amount"} <= found.keys() else {}


def _column(listed: Listed, place: int) -> list[Any]:
    return [row[place] for row in listed.rows[listed.start + 1 :] if place < len(row)]


def _is_sum(row: Sequence[Any], cells: Mapping[str, Any]) -> bool:
    return (
        not cell_text(cells.get("on"))
        and any(isinstance(cell, str) and _SUM.match(cell.strip()) for cell in row)
    ) or bool(isinstance(cells.get("on"), str) and _SUM.match(cells["on"].strip()))


def _line(
    cells: Mapping[str, Any], number: int, last: date | None, read: Lines
) -> SettlementLine | None:
    amount = amount_of(cells.get("amount"))
    status = cell_text(cells.get("status"))
    if _FAILED.search(status) and not _REFUND.search(status):
        read.failed += 1
        return None
    if amount is None or amount == 0:
        raise InputError("Jumlahnya kosong atau nol.")
    on, at = _moment(cells, last, read)
    fee, net = amount_of(cells.get("fee")), amount_of(cells.get("net"))
    return SettlementLine(
        id=str(number),
        on=on,
        amount=amount,
        fee=None if fee is None else abs(fee),
        net=net,
        reference=cell_text(cells.get("reference"))[:60],
        at=hour_of(cells.get("time")) or at,
        refund=bool(_REFUND.search(status)),
    )


def _moment(cells: Mapping[str, Any], last: date | None, read: Lines) -> tuple[date, time | None]:
    if cell_text(cells.get("on")) or last is None:
        return moment_of(cells.get("on"), month_first=read.month_first)
    read.filled += 1
    return last, None
