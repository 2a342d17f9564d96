"""What cannot be taken over, in words for a trainer."""

from __future__ import annotations

from umkm import UmkmError


class TransferError(UmkmError):
    """The root of this package's errors."""


class Unreadable(TransferError):
    """Not made by a page of ours, or damaged beyond reading."""


class Incomplete(TransferError):
    """Some codes of a sequence are missing or torn."""


class NotGenuine(TransferError):
    """The page's ticket does not fit the person and sheet it names."""

    def __init__(self) -> None:
        super().__init__(
            "Tanda pengenal jawaban ini tidak cocok, jadi tidak dimasukkan. "
            "Mungkin dari kelas di laptop lain, atau isinya diubah."
        )
