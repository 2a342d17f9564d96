"""What can happen in a small shop, in its owner's words, and which accounts each thing moves.

A row says: debit this, credit that, with which part of the amount. An account is written as its
code or as a part it plays: `money` (cash or bank, as chosen), `stock`, `usage` and `sales` (they
differ by kind of business), `chosen` (what the category names). Nobody who keeps a book sees any
of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from umkm.bookkeeping import accounts as code

Section = Literal["masuk", "keluar", "stok", "lain"]
Part = Literal["amount", "net", "fee", "principal", "interest"]
Field = Literal["person", "category", "fee", "interest", "months", "money"]


@dataclass(frozen=True)
class Move:
    """One line of an entry: an account, or the part it plays, and which part of the amount."""

    account: str
    part: Part = "amount"


@dataclass(frozen=True)
class Kind:
    """One thing that can happen.

    Attributes:
        label: what the owner taps.
        hint: one sentence that tells it from its neighbours.
        section: where it stands among the choices.
        debit, credit: the lines of its entry.
        asks: what must be said besides day and amount.
        categories: what `category` may be, by id: account and label.
        person_label: how the question for the name is put.
        stock: whether it touches goods, which a service has only as supplies.
    """

    label: str
    hint: str
    section: Section
    debit: tuple[Move, ...] = ()
    credit: tuple[Move, ...] = ()
    asks: tuple[Field, ...] = ()
    categories: Mapping[str, tuple[str, str]] | None = None
    person_label: str = ""


EXPENSES: Final[Mapping[str, tuple[str, str]]] = {
    "gaji": ("6101", "Gaji dan upah karyawan"),
    "sewa": ("6102", "Sewa tempat"),
    "listrik": ("6103", "Listrik, air, internet"),
    "transport": ("6104", "Transport dan ongkos kirim"),
    "iklan": ("6105", "Iklan"),
    "marketplace": (code.MARKET_FEES, "Biaya marketplace"),
    "pajak": (code.FINAL_TAX, "PPh final"),
    "lain": ("6199", "Beban lain"),
}
ASSETS: Final[Mapping[str, tuple[str, str]]] = {
    "peralatan": ("1401", "Peralatan"),
    "kendaraan": ("1402", "Kendaraan"),
}
STOCKS: Final[Mapping[str, tuple[str, str]]] = {
    "barang": ("stock", "Barang atau bahan"),
    "kemasan": (code.PACKAGING, "Kemasan"),
}

_CUSTOMER: Final = "Siapa pembelinya?"
_SUPPLIER: Final = "Siapa penjualnya?"
_MONEY: Final = (Move("money"),)
_STOCK: Final = (Move("chosen"),)
_CAPITAL: Final = (Move(code.CAPITAL),)
_SALES: Final = (Move("sales"),)


def _settlement(label: str, hint: str, pending: str, fee: str) -> Kind:
    """Return the kind for money that arrives later, less what somebody keeps of it."""
    into = (Move(code.BANK, "net"), Move(fee, "fee"))
    return Kind(label, hint, "masuk", into, (Move(pending),), ("fee",))


KINDS: Final[Mapping[str, Kind]] = {
    "jual-tunai": Kind(
        "Jual tunai", "Pembeli bayar sekarang.", "masuk", _MONEY, _SALES, ("money",)
    ),
    "jual-bon": Kind(
        "Jual bon", "Pembeli bayar nanti.", "masuk",
        (Move(code.RECEIVABLES),), _SALES, ("person",), person_label=_CUSTOMER,
    ),
    "jual-qris": Kind(
        "Jual QRIS", "Uangnya cair belakangan. Tulis jumlah yang dibayar pembeli.", "masuk",
        (Move(code.QRIS_PENDING),), _SALES,
    ),
    "jual-marketplace": Kind(
        "Jual lewat marketplace", "Uangnya masih di saldo toko.", "masuk",
        (Move(code.MARKET_PENDING),), _SALES,
    ),
    "terima-bon": Kind(
        "Bon dibayar", "Pembeli melunasi atau mencicil bonnya.", "masuk",
        _MONEY, (Move(code.RECEIVABLES),), ("person", "money"), person_label="Siapa yang membayar?",
    ),
    "qris-cair": _settlement(
        "QRIS cair", "Uang QRIS masuk ke bank. Potongannya adalah biaya MDR.",
        code.QRIS_PENDING, code.MDR,
    ),
    "marketplace-cair": _settlement(
        "Saldo marketplace cair", "Uang masuk ke bank. Potongannya adalah biaya marketplace.",
        code.MARKET_PENDING, code.MARKET_FEES,
    ),
    "terima-dp": Kind(
        "Terima uang muka", "Pembeli membayar sebelum barang jadi.", "masuk",
        _MONEY, (Move(code.ADVANCES),), ("person", "money"), person_label=_CUSTOMER,
    ),
    "dp-jadi": Kind(
        "Pesanan jadi dari uang muka", "Barang sudah diserahkan, dibayar dari uang mukanya.",
        "masuk", (Move(code.ADVANCES),), _SALES, ("person",), person_label=_CUSTOMER,
    ),
    "setor-modal": Kind(
        "Setor modal", "Uang Anda sendiri masuk ke usaha.", "masuk", _MONEY, _CAPITAL, ("money",)
    ),
    "pinjaman-masuk": Kind(
        "Pinjaman masuk", "Uang dari bank, KUR, atau koperasi.", "masuk",
        _MONEY, (Move(code.LOANS),), ("person", "money"), person_label="Pinjam dari siapa?",
    ),
    "beli-stok": Kind(
        "Beli stok tunai", "Barang atau bahan untuk dijual, dibayar sekarang.", "keluar",
        _STOCK, _MONEY, ("category", "money"), STOCKS,
    ),
    "beli-stok-utang": Kind(
        "Beli stok, bayar nanti", "Barang sudah datang, uangnya belum Anda bayar.", "keluar",
        _STOCK, (Move(code.PAYABLES),), ("person", "category"), STOCKS, _SUPPLIER,
    ),
    "ongkir-stok": Kind(
        "Ongkos kirim belanja stok", "Ikut menjadi harga pokok barang.", "keluar",
        _STOCK, _MONEY, ("category", "money"), STOCKS,
    ),
    "bayar-utang": Kind(
        "Bayar utang ke pemasok", "Melunasi atau mencicil belanja yang dulu belum dibayar.",
        "keluar", (Move(code.PAYABLES),), _MONEY, ("person", "money"),
        person_label="Dibayar kepada siapa?",
    ),
    "bayar-beban": Kind(
        "Bayar biaya usaha", "Gaji, sewa, listrik, ongkos, iklan.", "keluar",
        _STOCK, _MONEY, ("category", "money"), EXPENSES,
    ),
    "ambil-pribadi": Kind(
        "Ambil uang pribadi", "Uang usaha untuk rumah. Ini bukan biaya usaha.", "keluar",
        (Move(code.DRAWINGS),), _MONEY, ("money",),
    ),
    "angsuran": Kind(
        "Bayar angsuran pinjaman", "Pokok mengurangi utang, bunga menjadi biaya.", "keluar",
        (Move(code.LOANS, "principal"), Move(code.INTEREST, "interest")), _MONEY,
        ("person", "interest", "money"), person_label="Angsuran kepada siapa?",
    ),
    "beli-alat": Kind(
        "Beli alat", "Dipakai lama: kompor, etalase, motor.", "keluar",
        _STOCK, _MONEY, ("category", "months", "money"), ASSETS,
    ),
    "retur-jual": Kind(
        "Pembeli mengembalikan barang", "Uangnya Anda kembalikan.", "keluar",
        (Move(code.RETURNS),), _MONEY, ("money",),
    ),
    "retur-bon": Kind(
        "Potong bon", "Barang bon dikembalikan, atau bonnya Anda beri potongan.", "lain",
        (Move(code.RETURNS),), (Move(code.RECEIVABLES),), ("person",), person_label=_CUSTOMER,
    ),
    "retur-beli": Kind(
        "Kembalikan stok, uang kembali", "Barang dikembalikan ke penjualnya.", "stok",
        _MONEY, _STOCK, ("category", "money"), STOCKS,
    ),
    "retur-beli-utang": Kind(
        "Kembalikan stok, utang berkurang", "Barang dikembalikan ke penjualnya.", "stok",
        (Move(code.PAYABLES),), _STOCK, ("person", "category"), STOCKS, _SUPPLIER,
    ),
    "hitung-stok": Kind(
        "Hitung stok", "Nilai barang yang masih ada, menurut harga belinya.", "stok",
        asks=("category",), categories=STOCKS,
    ),
    "stok-rusak": Kind(
        "Stok rusak atau hilang", "Tulis nilainya menurut harga beli.", "stok",
        (Move(code.LOSSES),), _STOCK, ("category",), STOCKS,
    ),
    "stok-pribadi": Kind(
        "Ambil barang untuk rumah", "Tulis nilainya menurut harga beli.", "stok",
        (Move(code.DRAWINGS),), _STOCK, ("category",), STOCKS,
    ),
    "ke-bank": Kind(
        "Setor kas ke bank", "Uang pindah tempat, tidak bertambah.", "lain",
        (Move(code.BANK),), (Move(code.CASH),),
    ),
    "dari-bank": Kind(
        "Tarik tunai dari bank", "Uang pindah tempat, tidak berkurang.", "lain",
        (Move(code.CASH),), (Move(code.BANK),),
    ),
    "bon-macet": Kind(
        "Bon tidak akan dibayar", "Relakan, dan catat sebagai kerugian.", "lain",
        (Move(code.LOSSES),), (Move(code.RECEIVABLES),), ("person",), person_label=_CUSTOMER,
    ),
    "pajak-terutang": Kind(
        "Catat pajak yang harus dibayar", "PPh final bulan ini, dibayar bulan depan.", "lain",
        (Move(code.FINAL_TAX),), (Move(code.TAX_OWED),),
    ),
    "bayar-pajak": Kind(
        "Bayar pajak yang sudah dicatat", "Melunasi pajak bulan lalu.", "lain",
        (Move(code.TAX_OWED),), _MONEY, ("money",),
    ),
    "awal-stok": Kind(
        "Stok awal", "Nilai barang saat mulai mencatat.", "lain",
        _STOCK, _CAPITAL, ("category",), STOCKS,
    ),
    "awal-bon": Kind(
        "Bon lama pelanggan", "Yang belum dibayar saat mulai mencatat.", "lain",
        (Move(code.RECEIVABLES),), _CAPITAL, ("person",), person_label=_CUSTOMER,
    ),
    "awal-utang": Kind(
        "Utang lama ke pemasok", "Yang belum dibayar saat mulai mencatat.", "lain",
        _CAPITAL, (Move(code.PAYABLES),), ("person",), person_label=_SUPPLIER,
    ),
    "awal-alat": Kind(
        "Alat yang sudah ada", "Nilainya sekarang, saat mulai mencatat.", "lain",
        _STOCK, _CAPITAL, ("category", "months"), ASSETS,
    ),
}  # fmt: skip
"""Every kind by its id, which is what a stored transaction names."""

UNDO: Final = "batal"
"""The kind of a transaction that takes another back."""

OPENINGS: Final = frozenset({"awal-stok", "awal-bon", "awal-utang", "awal-alat"})
SALES: Final = frozenset({"jual-tunai", "jual-bon", "jual-qris", "jual-marketplace", "dp-jadi"})
