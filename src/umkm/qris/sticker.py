"""Compares a scanned code with what its owner recorded of their own sticker.

A sticker laid over another is a genuine code of somebody else, with a right checksum: only the
name, the NMID and the code itself tell.
"""

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from umkm.qris.characters import shown
from umkm.qris.merchant import MerchantCode, read_merchant
from umkm.qris.parsing import Parsed
from umkm.qris.tags import root_tag

PROOF: Final = (
    "Nama dan NMID bisa ditiru ke kode lain. Buktinya: bayar Rp1.000 dari HP sendiri, "
    "lalu lihat uangnya masuk di riwayat aplikasi QRIS Anda."
)
"""What tells for certain whose code it is."""

_TYPING_ERRORS: Final = 2
# Letters that people read for digits, and type.
_MISREAD: Final = str.maketrans("OIL", "011")
# As long as any NMID with its label, and far more than a code holds.
_LONGEST: Final = 80


@dataclass(frozen=True)
class OwnCode:
    """What a shopkeeper remembers of their own code; empty where they do not.

    `mark` is what `mark_of` gave of it: the code itself need not be kept anywhere.
    """

    name: str = ""
    nmid: str = ""
    mark: str = ""

    def __bool__(self) -> bool:
        """Return whether anything is remembered."""
        return bool(self.name.strip() or self.nmid.strip() or self.mark)


class Likeness(StrEnum):
    """How a code stands to one's own."""

    SAME = "same"
    """The same characters as the sticker that was remembered."""
    ALIKE = "alike"
    """The NMID fits, or the name where no NMID is known."""
    CHANGED = "changed"
    """Name and NMID fit, but something else in it is not as it was."""
    OTHER = "other"
    """The NMID is another one, or the name where no NMID can be compared."""
    UNKNOWN = "unknown"
    """The code does not say what one would compare, or the NMID may be a typing error."""


@dataclass(frozen=True)
class Comparison:
    """The likeness, and what that means for the shopkeeper."""

    likeness: Likeness
    message: str


def mark_of(parsed: Parsed) -> str:
    """Return 16 characters by which a code is known again without keeping it."""
    return hashlib.sha256(parsed.text.strip().encode("utf-8", "surrogatepass")).hexdigest()[:16]


def compare(parsed: Parsed, own: OwnCode) -> Comparison:
    """Return how a code stands to one's own: the NMID decides, since providers add to names.

    Name and NMID may be written into any code, so agreeing is no proof; only a small payment seen in
    one's own history is.
    """
    code = read_merchant(parsed)
    if own.mark and mark_of(parsed) == own.mark:
        return Comparison(Likeness.SAME, "Sama persis dengan stiker yang Anda ingat.")
    if _known(own.nmid, code.nmid):
        mine, stated = _number(own.nmid[:_LONGEST]), _number(code.nmid[:_LONGEST])
        if mine != stated:
            return _another_number(own, code, near=_distance(mine, stated) <= _TYPING_ERRORS)
    elif not _known(own.name, code.name):
        return Comparison(
            Likeness.UNKNOWN,
            "Kode ini tidak menyebut nama atau NMID, jadi belum bisa dibandingkan.",
        )
    elif not _same_name(own.name, code.name):
        return Comparison(
            Likeness.OTHER,
            f"Namanya lain: {shown(code.name)}. NMID belum dibandingkan. Jangan dipakai dulu. "
            "Isi NMID dari aplikasi penyedia QRIS Anda, lalu pindai lagi.",
        )
    if own.mark and code.static is not False:
        return Comparison(
            Likeness.CHANGED,
            "Nama dan NMID sama, tetapi isi kodenya lain dari yang Anda ingat. Kalau penyedia tidak "
            "memberi stiker baru, jangan dipakai dulu. Tanyakan ke penyedia QRIS Anda.",
        )
    return Comparison(Likeness.ALIKE, _alike(own, code))


def _another_number(own: OwnCode, code: MerchantCode, *, near: bool) -> Comparison:
    # What a scan wrote down has no typing errors.
    if near and not own.mark:
        return Comparison(
            Likeness.UNKNOWN,
            f"NMID-nya hampir sama: {shown(code.nmid)}. Periksa ketikan NMID Anda, cocokkan dengan "
            "aplikasi penyedia QRIS Anda. Kalau ketikannya benar, kode ini bukan milik Anda.",
        )
    if _known(own.name, code.name) and not _same_name(own.name, code.name):
        return Comparison(
            Likeness.OTHER,
            "Ini bukan kode Anda: namanya lain dan NMID-nya lain. Jangan dipakai. Kalau menempel di "
            "toko Anda: foto dulu, lepas, simpan sebagai bukti, lalu lapor ke penyedia QRIS Anda.",
        )
    return Comparison(
        Likeness.OTHER,
        f"NMID-nya lain: {shown(code.nmid)}. Jangan dipakai dulu. Cocokkan dengan NMID di aplikasi "
        "penyedia QRIS Anda. Kalau memang lain, tanyakan ke penyedia sebelum stiker dilepas.",
    )


def _alike(own: OwnCode, code: MerchantCode) -> str:
    if not _known(own.nmid, code.nmid):
        return (
            "Namanya sama. NMID belum dibandingkan, padahal nama toko bisa kembar. "
            "Isi NMID Anda supaya lebih pasti."
        )
    name = shown(code.name)
    if not _known(own.name, code.name):
        same = "NMID sama dengan milik Anda."
    elif _same_name(own.name, code.name):
        same = "Nama dan NMID sama dengan milik Anda."
    else:
        same = f"NMID sama dengan milik Anda. Namanya tertulis “{name}”."
    return f"{same} {PROOF}"


def _known(mine: str, stated: str) -> bool:
    return bool(mine.strip() and stated.strip())


def _same_name(mine: str, stated: str) -> bool:
    typed, read = _plain(mine), _plain(stated)
    # A code holds 25 characters of a name, the last of which may be a blank; who types it goes on.
    full = len(stated) >= root_tag("59").longest - 1
    # GoPay and others write the district after a comma.
    return typed == read or (full and typed.startswith(read)) or read.startswith(f"{typed},")


def _plain(text: str) -> str:
    return "".join(text.casefold().split())


def _number(text: str) -> str:
    """Return an NMID's digits, also when its label was typed too, or letters for digits."""
    letters = "".join(char for char in text.upper() if char.isalnum())
    return letters.removeprefix("NMID").removeprefix("ID").translate(_MISREAD)


def _distance(first: str, second: str) -> int:
    """Return how many letters must be changed, added or dropped (Levenshtein)."""
    row = list(range(len(second) + 1))
    for place, char in enumerate(first, 1):
        above, row[0] = row[0], place
        for other, stated in enumerate(second, 1):
            kept = above + (char != stated)
            above, row[other] = row[other], min(kept, row[other] + 1, row[other - 1] + 1)
    return row[-1]
