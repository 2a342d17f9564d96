"""The chart of accounts for a shop (dagang), a food business (kuliner) and a service (jasa).

The standard prescribes no codes and no order (SAK EMKM ¶4.2-4.6 names what a statement may
contain); codes and the choice of accounts are this kit's proposal.

>>> chart("kuliner").account("1302").name
'Persediaan bahan baku'
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Final, Literal

from umkm.bookkeeping.errors import UnknownChoice

Business = Literal["dagang", "kuliner", "jasa"]
BUSINESSES: Final[Mapping[Business, str]] = {
    "dagang": "Dagang (beli lalu jual lagi)",
    "kuliner": "Makanan dan minuman",
    "jasa": "Jasa",
}


class Group(Enum):
    """Where an account stands in the statements; the value is the statement's heading."""

    CURRENT_ASSETS = "Aset lancar"
    FIXED_ASSETS = "Aset tetap"
    LIABILITIES = "Liabilitas"
    EQUITY = "Ekuitas"
    INCOME = "Pendapatan"
    COST_OF_SALES = "Harga pokok penjualan"
    EXPENSES = "Beban usaha"
    INTEREST = "Beban bunga"
    TAX = "Beban pajak"

    @property
    def debit(self) -> bool:
        """Return whether its accounts grow on the debit side."""
        return self not in {Group.LIABILITIES, Group.EQUITY, Group.INCOME}

    @property
    def in_position(self) -> bool:
        """Return whether it belongs to laporan posisi keuangan; the others make the profit."""
        return self in _POSITION


_POSITION: Final = {
    Group.CURRENT_ASSETS,
    Group.FIXED_ASSETS,
    Group.LIABILITIES,
    Group.EQUITY,
}


@dataclass(frozen=True)
class Account:
    """One account: its code, its name and where it stands."""

    code: str
    name: str
    group: Group


@dataclass(frozen=True)
class Chart:
    """The accounts of one kind of business, and which of them play the parts that differ."""

    business: Business
    accounts: Mapping[str, Account]
    sales: str
    stock: str
    usage: str
    """Where used-up stock goes: HPP, or for a service the cost of its supplies."""

    def account(self, code: str) -> Account:
        """Return the account of a code.

        Raises:
            UnknownChoice: this business has no such account.
        """
        if (found := self.accounts.get(code)) is None:
            raise UnknownChoice("Jenis usaha ini tidak memakai pos itu. Pilih yang lain.")
        return found


CASH: Final = "1101"
BANK: Final = "1102"
QRIS_PENDING: Final = "1103"
MARKET_PENDING: Final = "1104"
RECEIVABLES: Final = "1201"
PACKAGING: Final = "1303"
ACCUMULATED: Final = "1409"
PAYABLES: Final = "2101"
LOANS: Final = "2102"
ADVANCES: Final = "2103"
TAX_OWED: Final = "2104"
CAPITAL: Final = "3101"
DRAWINGS: Final = "3102"
RETURNS: Final = "4109"
MARKET_FEES: Final = "6106"
MDR: Final = "6107"
DEPRECIATION: Final = "6108"
LOSSES: Final = "6109"
INTEREST: Final = "7101"
FINAL_TAX: Final = "8101"

_COMMON: Final = (
    (CASH, "Kas", Group.CURRENT_ASSETS),
    (BANK, "Bank", Group.CURRENT_ASSETS),
    (QRIS_PENDING, "Saldo QRIS belum cair", Group.CURRENT_ASSETS),
    (MARKET_PENDING, "Saldo marketplace belum cair", Group.CURRENT_ASSETS),
    (RECEIVABLES, "Piutang usaha (bon pelanggan)", Group.CURRENT_ASSETS),
    ("1401", "Peralatan", Group.FIXED_ASSETS),
    ("1402", "Kendaraan", Group.FIXED_ASSETS),
    (ACCUMULATED, "Akumulasi penyusutan", Group.FIXED_ASSETS),
    (PAYABLES, "Utang usaha", Group.LIABILITIES),
    (LOANS, "Utang bank", Group.LIABILITIES),
    (ADVANCES, "Uang muka pelanggan", Group.LIABILITIES),
    (TAX_OWED, "Utang pajak", Group.LIABILITIES),
    (CAPITAL, "Modal pemilik", Group.EQUITY),
    (DRAWINGS, "Ambilan pribadi (prive)", Group.EQUITY),
    (RETURNS, "Retur dan potongan penjualan", Group.INCOME),
    ("6101", "Beban gaji", Group.EXPENSES),
    ("6102", "Beban sewa", Group.EXPENSES),
    ("6103", "Beban listrik, air, internet", Group.EXPENSES),
    ("6104", "Beban transport dan ongkos kirim", Group.EXPENSES),
    ("6105", "Beban iklan", Group.EXPENSES),
    (MARKET_FEES, "Biaya marketplace", Group.EXPENSES),
    (MDR, "Biaya MDR QRIS", Group.EXPENSES),
    (DEPRECIATION, "Beban penyusutan", Group.EXPENSES),
    (LOSSES, "Kerugian barang rusak dan bon macet", Group.EXPENSES),
    ("6199", "Beban lain", Group.EXPENSES),
    (INTEREST, "Beban bunga", Group.INTEREST),
    (FINAL_TAX, "Beban PPh final", Group.TAX),
)
_SALES: Final = ("4101", "Penjualan", Group.INCOME)
_COST: Final = ("5101", "Harga pokok penjualan (HPP)", Group.COST_OF_SALES)
_PACKAGING: Final = (PACKAGING, "Persediaan kemasan", Group.CURRENT_ASSETS)
_OWN: Final[Mapping[Business, tuple[tuple[str, str, Group], ...]]] = {
    "dagang": (
        ("1301", "Persediaan barang dagang", Group.CURRENT_ASSETS),
        _PACKAGING,
        _SALES,
        _COST,
    ),
    "kuliner": (
        ("1302", "Persediaan bahan baku", Group.CURRENT_ASSETS),
        _PACKAGING,
        _SALES,
        _COST,
    ),
    "jasa": (
        ("1304", "Perlengkapan", Group.CURRENT_ASSETS),
        ("4102", "Pendapatan jasa", Group.INCOME),
        ("6110", "Beban perlengkapan terpakai", Group.EXPENSES),
    ),
}
_PARTS: Final[Mapping[Business, tuple[str, str, str]]] = {
    "dagang": ("4101", "1301", "5101"),
    "kuliner": ("4101", "1302", "5101"),
    "jasa": ("4102", "1304", "6110"),
}


@cache
def chart(business: Business) -> Chart:
    """Return the chart of accounts of a kind of business.

    Raises:
        UnknownChoice: no kind of business has this name.
    """
    if business not in _OWN:
        raise UnknownChoice("Pilih jenis usaha: dagang, kuliner, atau jasa.", "business")
    rows = sorted((*_COMMON, *_OWN[business]))
    sales, stock, usage = _PARTS[business]
    accounts = {code: Account(code, name, group) for code, name, group in rows}
    return Chart(business, accounts, sales, stock, usage)
