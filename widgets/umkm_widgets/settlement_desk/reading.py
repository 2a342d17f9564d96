"""A list as lines to compare: which column is what, and what each row says."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any, Final

from umkm.errors import InputError
from umkm.qris import BookEntry, SettlementLine
from umkm_widgets.table_cells import amount_of, hour_of, moment_of, month_comes_first
from umkm_widgets.table_files import MOST_ROWS, cell_text, read_rows
from umkm_widgets.table_headings import Fields, Listed, find_heading

_LABELS: Final[Mapping[str, str]] = {
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
FIELDS: Final = Fields(_LABELS, _WORDS, frozenset({"on", "amount"}))
_NO_LIST: Final = "Berkas ini tidak berisi daftar. Pilih daftar dari penyedia QRIS Anda."


@dataclass
class Lines:
    """What the rows said: lines, rows refused with the reason, and what was passed over."""

    lines: list[SettlementLine] = field(default_factory=list)
    refused: list[tuple[int, str]] = field(default_factory=list)
    failed: int = 0
    filled: int = 0
    month_first: bool = False


def open_list(content: bytes) -> Listed:
    """Read a file and find its heading.

    Raises:
        InputError: it is no list, or has no row that could be a heading.
    """
    return find_heading(read_rows(content), FIELDS, _NO_LIST)


def lines_of(listed: Listed, columns: Mapping[str, int]) -> Lines:
    """Read the rows below the heading.

    A row without a day has that of the row above it: cells that were joined hold a value once.

    Raises:
        InputError: no column for the day or for the amount is named.
    """
    if not {"on", "amount"} <= columns.keys():
        raise InputError("Pilih dulu kolom tanggal dan kolom jumlah.", "columns")
    read = Lines(month_first=month_comes_first(listed.column(columns["on"])))
    last: date | None = None
    for number, cells in listed.entries(columns):
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
