"""A fictional list and book to try the comparison with: one of each thing that goes wrong."""

from datetime import date, timedelta

from umkm.qris import BookEntry

# Days before today, hour, amount, fee, reference, status; a micro business pays no fee up to
# Rp500.000, so the fee of the third is wrong.
_LIST = (
    (4, "09.12", 25_000, 0, "CTH0001", "Berhasil"),
    (4, "10.40", 18_000, 0, "CTH0002", "Berhasil"),
    (3, "08.05", 45_000, 315, "CTH0003", "Berhasil"),
    (3, "11.31", 12_000, 0, "CTH0004", "Berhasil"),
    (3, "11.31", 12_000, 0, "CTH0004", "Berhasil"),
    (2, "09.50", 30_000, 0, "CTH0005", "Berhasil"),
    (2, "13.20", 30_000, 0, "CTH0006", "Refund"),
    (1, "16.45", 60_000, 0, "CTH0007", "Berhasil"),
    (1, "17.02", 15_000, 0, "CTH0008", "Gagal"),
)
_BOOK = ((4, 25_000), (4, 18_000), (3, 45_000), (3, 12_000), (2, 30_000), (1, 75_000))


def sample_list(today: date) -> bytes:
    """Return the list as a provider's file."""
    rows = [
        f"{today - timedelta(days=ago):%d/%m/%Y} {hour};{amount};{fee};{amount - fee};{name};{status}"
        for ago, hour, amount, fee, name, status in _LIST
    ]
    heading = "Tanggal Transaksi;Jumlah Transaksi;MDR;Jumlah Diterima;No Referensi;Status"
    return "\n".join([heading, *rows]).encode()


def sample_book(today: date) -> list[BookEntry]:
    """Return the QRIS sales of a shop's book for the same days."""
    return [
        BookEntry(f"contoh-{number}", today - timedelta(days=ago), amount)
        for number, (ago, amount) in enumerate(_BOOK)
    ]
