"""Errors of offline transfer, in words for a trainer."""

from __future__ import annotations

from umkm import UmkmError


class TransferError(UmkmError):
    """The root of this package's errors."""


class Unreadable(TransferError):
    """Not made by a page of ours, or damaged beyond reading."""


class Incomplete(TransferError):
    """Some codes of a sequence are missing or torn."""


class NotGenuine(TransferError):
    """The page token does not fit the participant and sheet that the bundle names."""

    def __init__(self) -> None:
        super().__init__(
            "Tanda pengenal jawaban ini tidak cocok, jadi tidak dimasukkan. "
            "Mungkin dari kelas di laptop lain, atau isinya diubah."
        )
