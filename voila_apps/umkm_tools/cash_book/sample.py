"""A fictional shop to try the cash book with: Warung Bu Siti in Kasemen, the last five weeks."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any, Final

from umkm.bookkeeping import Counted, FinalTaxRule, Ledger, Transaction
from umkm_tools.cash_book.book_store import BookOwner, MemoryBookStore

# Days before today, what happened, how much, and with whom.
_PAST: Final[tuple[tuple[int, str, int, dict[str, Any]], ...]] = (
    (36, "setor-modal", 2_000_000, {}),
    (36, "awal-stok", 3_000_000, {"category": "barang"}),
    (36, "beli-alat", 960_000, {"category": "peralatan", "months": 48, "note": "Etalase kaca"}),
    (35, "jual-tunai", 385_000, {}),
    (34, "jual-bon", 120_000, {"person": "Bu Ani", "note": "beras dan minyak"}),
    (33, "beli-stok-utang", 750_000, {"person": "Grosir Pak Haji", "category": "barang"}),
    (30, "jual-tunai", 450_000, {}),
    (28, "bayar-beban", 100_000, {"category": "listrik", "note": "token listrik"}),
    (26, "ambil-pribadi", 150_000, {"note": "belanja rumah"}),
    (24, "jual-qris", 210_000, {}),
    (23, "qris-cair", 210_000, {}),
    (21, "jual-bon", 85_000, {"person": "Pak Dulah", "note": "rokok dan kopi"}),
    (18, "jual-tunai", 520_000, {}),
    (15, "bayar-utang", 400_000, {"person": "Grosir Pak Haji"}),
    (14, "terima-bon", 50_000, {"person": "Bu Ani"}),
    (12, "beli-stok", 600_000, {"category": "barang", "note": "gula, mi, telur"}),
    (10, "jual-tunai", 495_000, {}),
    (8, "stok-rusak", 24_000, {"category": "barang", "note": "telur pecah"}),
    (6, "jual-tunai", 415_000, {}),
    (5, "jual-qris", 180_000, {}),
    (4, "bayar-beban", 60_000, {"category": "transport", "note": "bensin ke Pasar Rau"}),
    (3, "jual-tunai", 365_000, {}),
    (2, "jual-bon", 95_000, {"person": "Neng Ira"}),
    (1, "jual-tunai", 440_000, {}),
    (0, "jual-tunai", 185_000, {}),
)
_COUNTED: Final = (
    Counted("Beras (kg)", Fraction(60), 13_500),
    Counted("Minyak goreng (liter)", Fraction(40), 17_000),
    Counted("Telur (kg)", Fraction(12), 27_000),
    Counted("Mi instan (dus)", Fraction(5), 112_000),
)


def sample_book_store(today: date, tax_rule: FinalTaxRule | None = None) -> MemoryBookStore:
    """Return the sample shop as it would look today; nothing of it is kept."""
    past = [
        Transaction(f"contoh-{number}", kind, today - timedelta(days=days), amount, **more)
        for number, (days, kind, amount, more) in enumerate(_PAST)
    ]
    count = Transaction(
        "contoh-stok", "hitung-stok", today - timedelta(days=1), category="barang",
        counted=_COUNTED,
    )  # fmt: skip
    ledger, _ = Ledger.of("dagang").with_all([*past, count], today)
    return MemoryBookStore(BookOwner("Siti", "Warung Bu Siti (contoh)", "contoh", tax_rule), ledger)
