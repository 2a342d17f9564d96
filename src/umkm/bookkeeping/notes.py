"""Catatan atas laporan keuangan (CALK): what the two statements rest on, and what is behind them."""

from collections.abc import Iterable
from dataclasses import dataclass

from umkm.bookkeeping.accounts import BUSINESSES
from umkm.bookkeeping.assets import assets
from umkm.bookkeeping.debts import Debt, loans, payables, receivables, total_by_age
from umkm.bookkeeping.ledger import Ledger
from umkm.bookkeeping.statements import Statements
from umkm.calendar import long_day
from umkm.money import format_rupiah


@dataclass(frozen=True)
class Note:
    """One note: its heading and its sentences."""

    title: str
    lines: tuple[str, ...]


def notes(
    ledger: Ledger, made: Statements, business_name: str, *, named: bool = True
) -> tuple[Note, ...]:
    """Return the notes that belong to statements.

    With `named` off, what leaves the shop for a bank: customers' debts as sums by age, without a name.
    What they owe is between them and the shop.
    """
    at = made.position.at
    period = f"{long_day(made.income.since)} sampai {long_day(at)}"
    found = [
        Note(
            "Umum",
            (
                f"{business_name}. Jenis usaha: {BUSINESSES[ledger.chart.business]}.",
                f"Laporan ini untuk {period}, dalam Rupiah.",
            ),
        ),
        Note(
            "Dasar penyusunan",
            (
                "Disusun oleh pemilik mengikuti SAK EMKM, belum diperiksa akuntan.",
                "Penjualan dan belanja dicatat saat terjadi, juga bila belum dibayar.",
                "Barang dan alat dinilai menurut harga saat dibeli.",
                "Uang usaha dipisahkan dari uang pribadi. Ambilan pribadi bukan beban.",
            ),
        ),
        Note(
            "Cara menghitung",
            (
                "Persediaan dihitung berkala menurut harga beli.",
                "Alat disusutkan sama besar tiap bulan tanpa nilai sisa, mulai bulan dibeli.",
            ),
        ),
    ]
    owed = receivables(ledger, at)
    found += _detail("Bon pelanggan", owed) if named else _by_age("Bon pelanggan", owed)
    found += _detail("Utang ke pemasok", payables(ledger, at))
    found += _detail("Pinjaman", loans(ledger, at))
    if owned := assets(ledger, at):
        lines = tuple(
            f"{asset.name}: dibeli {format_rupiah(asset.cost)}, "
            f"sisa nilai {format_rupiah(asset.book_value(at))}."
            for asset in owned
        )
        found.append(Note("Alat", lines))
    if made.notices:
        found.append(Note("Perlu diperhatikan", made.notices))
    return tuple(found)


def _detail(title: str, debts: Iterable[Debt]) -> list[Note]:
    lines = tuple(
        f"{debt.person}: {format_rupiah(debt.amount)}, sejak {long_day(debt.since)}."
        for debt in debts
    )
    return [Note(title, lines)] if lines else []


def _by_age(title: str, debts: list[Debt]) -> list[Note]:
    lines = tuple(
        f"{age}: {format_rupiah(sum_)}." for age, sum_ in total_by_age(debts).items() if sum_
    )
    people = (f"Dari {len(debts)} pelanggan.",)
    return [Note(title, people + lines)] if lines else []
