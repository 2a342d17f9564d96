"""A fictional shop's sales to try the groups with. Its links name no number: it may be somebody's."""

from datetime import date, timedelta
from typing import Final

_NUMBERS: Final = {
    "Bu Ratna": "0812-0000-0101",
    "Pak Hendra": "+62 812 0000 0102",
    "Teh Lilis": "62812 0000 0103",
    "Mas Dodi": "0812.0000.0104",
    "Bu Aminah": "081200000105",
    "Kang Asep": "",
}
# Days before today, who, amount as a person writes it.
_SALES: Final = (
    (2, "Bu Ratna", "45.000"), (9, "Bu Ratna", "60.000"), (17, "Bu Ratna", "45.000"),
    (4, "Pak Hendra", "Rp 120.000"), (32, "Pak Hendra", "90rb"),
    (6, "Teh Lilis", "35.000"), (11, "Mas Dodi", "25,000"),
    (75, "Bu Aminah", "80.000"), (90, "Bu Aminah", "75.000"), (120, "Kang Asep", "30.000"),
)  # fmt: skip


def sample_sales(today: date) -> bytes:
    """Return the list as a file."""
    rows = [
        f"{today - timedelta(days=ago):%d/%m/%Y};{name};{_NUMBERS[name]};{amount}"
        for ago, name, amount in _SALES
    ]
    return "\n".join(["Tanggal;Nama pembeli;Nomor HP;Jumlah belanja", *rows]).encode()
