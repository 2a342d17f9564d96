"""Errors of a book; each message says in plain Bahasa Indonesia what to do."""

from datetime import date

from umkm.calendar import long_day
from umkm.errors import InputError
from umkm.money import format_rupiah


class BookError(InputError):
    """A transaction that cannot be taken into the book; all that is in it stays."""


class WrongDay(BookError):
    """The date is in the future, or in a year no shop of today was open."""

    def __init__(self, message: str) -> None:
        super().__init__(message, "on")


class WrongAmount(BookError):
    """Nothing, less than nothing, or more than any small shop ever held."""

    def __init__(self, message: str, field: str = "amount") -> None:
        super().__init__(message, field)


class MissingName(BookError):
    """Who owes or is owed is not said, so nobody could be reminded or paid."""

    def __init__(self, message: str) -> None:
        super().__init__(message, "person")


class UnknownChoice(BookError):
    """A kind or category that this business does not have."""


class DebtExceeded(BookError):
    """More is paid back than is owed."""

    def __init__(self, whose: str, left: int) -> None:
        owed = f"tinggal {format_rupiah(left)}" if left > 0 else "sudah lunas"
        super().__init__(
            f"{whose} {owed}. Periksa jumlahnya, atau catat dulu yang belum tercatat.", "amount"
        )
        self.left = left


class NotEnoughStock(BookError):
    """More leaves the stock than was ever bought."""

    def __init__(self, left: int, *, counted: bool) -> None:
        if counted:
            text = (
                f"Stok menurut catatan hanya {format_rupiah(left)}. "
                "Mungkin ada belanja atau stok awal yang belum dicatat. Catat dulu, lalu hitung lagi."
            )
        else:
            text = (
                f"Stok yang tercatat tinggal {format_rupiah(left)}. "
                "Periksa jumlahnya, atau catat dulu belanja stok yang belum tercatat."
            )
        super().__init__(text, "amount")
        self.left = left


class ItemShort(BookError):
    """More pieces of a thing leave than there are."""

    def __init__(self, name: str, left: str) -> None:
        super().__init__(f"{name} tinggal {left}. Periksa jumlahnya.", "quantity")


class UnknownTransaction(BookError):
    """What is to be undone is not in the book."""

    def __init__(self) -> None:
        super().__init__("Catatan ini tidak ada di buku. Muat ulang halaman, lalu coba lagi.")


class AlreadyUndone(BookError):
    """It was undone before, perhaps on another phone."""

    def __init__(self) -> None:
        super().__init__("Catatan ini sudah dibatalkan.")


class StillNeeded(BookError):
    """Another transaction builds on the one that is to be undone or on what is missing before it."""

    def __init__(self, other: str, on: date) -> None:
        super().__init__(
            f"Belum bisa, karena ada catatan lain yang bergantung: {other}, {long_day(on)}. "
            "Batalkan dulu catatan itu."
        )
