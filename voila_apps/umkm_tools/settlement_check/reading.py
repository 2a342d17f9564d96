"""A list as lines to compare: which column is what, and what each row says."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any, Final

from umkm.errors import InputError
from umkm.qris import BookEntry, SettlementLine
from umkm_tools.base.spreadsheet_import.cells import (
    amount_of,
    hour_of,
    moment_of,
    month_comes_first,
)
from umkm_tools.base.spreadsheet_import.files import MOST_ROWS, cell_text, read_rows
from umkm_tools.base.spreadsheet_import.headings import Fields, Listed, find_heading

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
           "trx date", "txn date", "tgl trx", "tanggal trx", "payment date", "waktu transaksi",
           "transaction time", "waktu pembayaran", "created at", "waktu", "tgl", "date"),
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
    "status": ("line type", "status transaksi", "status", "jenis transaksi", "transaction type", "jenis",
               "tipe", "type"),
}  # fmt: skip
_REFUND: Final = re.compile(r"refund|retur|pengembalian|dikembalikan", re.IGNORECASE)
_FAILED: Final = re.compile(
    r"gagal|fail|pending|menunggu|belum|expire|kedaluwarsa|dibatalkan|batal|cancel|ditolak|tolak|reject"
    r"|deny|denied|void|reversal|reversed|chargeback|unpaid|process|diproses",
    re.IGNORECASE,
)
#: Rows about money that no buyer paid and none got back.
_NO_PAYMENT: Final = re.compile(
    r"\b(pencairan|penarikan|payout|withdraw\w*|disbursement|fee|vat|ppn|wht|tax|pajak|biaya|mdr"
    r"|cicilan|angsuran|sewa|saldo|balance|transfer ke)\b",
    re.IGNORECASE,
)
#: What providers call a payment that was made. Whatever else stands there is asked about.
_PAID: Final = re.compile(
    r"(ok|paid|sudah dibayar|dibayar|lunas|berhasil|sukses|success\w*|succeeded|selesai|complete\w*|settle\w*"
    r"|capture\w*|approved|diterima|received|cair|done|posted|cr|kredit|credit|masuk|transaction|transaksi"
    r"|payment|qr code payment|pembayaran|penjualan|sale|sales|purchase|qris|qr|jual|debit qris|pay)"
    r"([\s:/-]+(qris|qr|transaksi|transaction|payment|pembayaran|berhasil|sukses|success|static|dynamic|statis"
    r"|dinamis|dibayar|paid))*",
    re.IGNORECASE,
)
_PAYOUT_DAY: Final = re.compile(
    r"\b(cair|pencairan|settlement|settled|payout|disbursement|transfer)\b"
)
FIELDS: Final = Fields(_LABELS, _WORDS, frozenset({"on", "amount"}))
_NO_LIST: Final = "Berkas ini tidak berisi daftar. Pilih daftar dari penyedia QRIS Anda."


@dataclass
class Lines:
    """A parsed list: lines, refused rows with the reason, and counts of skipped rows."""

    lines: list[SettlementLine] = field(default_factory=list)
    refused: list[tuple[int, str]] = field(default_factory=list)
    failed: int = 0
    no_payment: int = 0
    filled: int = 0
    month_first: bool = False


def open_list(content: bytes) -> Listed:
    """Read a file and find its heading.

    Raises:
        InputError: it is no list, or has no row that could be a heading.
    """
    return find_heading(read_rows(content), FIELDS, _NO_LIST)


def lines_of(listed: Listed, columns: Mapping[str, int], *, own: bool = False) -> Lines:
    """Read the rows below the heading; `own` says that the list is the person's, not a provider's.

    In a provider's list only what is known to be paid counts as a payment, and only what is called a
    refund as one: a row below zero may be a payout, a fee or an instalment.

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
            line = _line(cells, number, last, read, own=own)
        except InputError as error:
            read.refused.append((number, error.message))
            continue
        if line is not None:
            last = line.on
            read.lines.append(line)
    return read


def is_payout_day(heading: str) -> bool:
    """Return whether a column's heading names the day on which money arrived, not that of the payment."""
    return bool(_PAYOUT_DAY.search(heading.casefold()))


def entries_of(lines: Sequence[SettlementLine]) -> list[BookEntry]:
    """Return the rows of a person's own list as what is compared with a provider's."""
    return [
        BookEntry(
            line.id, line.on, -abs(line.amount) if line.is_refund else line.amount, line.reference
        )
        for line in lines
    ]


def _line(
    cells: Mapping[str, Any], number: int, last: date | None, read: Lines, *, own: bool
) -> SettlementLine | None:
    amount = amount_of(cells.get("amount"))
    status = cell_text(cells.get("status"))
    refund = bool(_REFUND.search(status))
    if _FAILED.search(status) and not refund:
        read.failed += 1
        return None
    if _NO_PAYMENT.search(status) and not refund:
        read.no_payment += 1
        return None
    if not own:
        _check_known(status, amount, refund=refund)
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
        refund=refund,
    )


def _check_known(status: str, amount: int | None, *, refund: bool) -> None:
    """Raise InputError where a provider's row may be something else than a payment or a refund."""
    if status and not refund and not _PAID.fullmatch(status.replace("_", " ").strip()):
        raise InputError(
            f"Status “{status[:30]}” belum dikenal, jadi tidak dihitung. Kalau semua baris memang sudah "
            "dibayar, pilih Ubah kolom, lalu kosongkan kolom Status."
        )
    if amount is not None and amount < 0 and not refund:
        raise InputError(
            "Jumlahnya minus. Mungkin pencairan, biaya, cicilan, atau sewa alat, bukan uang kembali. "
            "Tidak dihitung. Periksa di aplikasi penyedia."
        )


def _moment(cells: Mapping[str, Any], last: date | None, read: Lines) -> tuple[date, time | None]:
    if cell_text(cells.get("on")) or last is None:
        return moment_of(cells.get("on"), month_first=read.month_first)
    read.filled += 1
    return last, None
