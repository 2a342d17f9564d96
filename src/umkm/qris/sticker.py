"""Is this still my sticker? A code beside what its owner remembers of their own.

A sticker laid over another is a genuine code of somebody else, with a right checksum: only the
name, the NMID and the code itself tell.
"""

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from umkm.qris.merchant import read_merchant
from umkm.qris.parsing import Parsed
from umkm.qris.tags import root_tag


@dataclass(frozen=True)
class OwnCode:
    """What a shopkeeper remembers of their own code; empty where they do not.

    `mark` is what `mark_of` gave of it: the code itself need not be kept anywhere.
    """

    name: str = ""
    nmid: str = ""
    mark: str = ""

    def __bool__(self) -> bool:
        """Whether anything is remembered."""
        return bool(self.name.strip() or self.nmid.strip() or self.mark)


class Likeness(StrEnum):
    """How a code stands to one's own."""

    SAME = "same"
    """The same characters as the sticker that was remembered."""
    ALIKE = "alike"
    """Name and NMID fit, so far as both are known."""
    CHANGED = "changed"
    """Name and NMID fit, but something else in it is not as it was."""
    OTHER = "other"
    """The name or the NMID is another one."""
    UNKNOWN = "unknown"
    """The code does not say what one would compare."""


@dataclass(frozen=True)
class Comparison:
    """The likeness, and what that means for the shopkeeper."""

    likeness: Likeness
    message: str


def mark_of(parsed: Parsed) -> str:
    """Give 16 characters by which a code is known again without keeping it."""
    return hashlib.sha256(parsed.text.strip().encode("utf-8", "surrogatepass")).hexdigest()[:16]


def compare(parsed: Parsed, own: OwnCode) -> Comparison:
    """Lay a code beside one's own: NMID first, since names may be spelt in two ways."""
    code = read_merchant(parsed)
    if own.mark and mark_of(parsed) == own.mark:
        return Comparison(Likeness.SAME, "Sama persis dengan stiker yang Anda ingat.")
    wrong = _differences(own, code.name, code.nmid)
    if wrong:
        return Comparison(
            Likeness.OTHER,
            f"Ini bukan kode Anda: {' dan '.join(wrong)}. "
            "Jangan dipakai. Kalau menempel di toko Anda, lepas, lalu hubungi penyedia QRIS Anda.",
        )
    if not (_known(own.nmid, code.nmid) or _known(own.name, code.name)):
        return Comparison(
            Likeness.UNKNOWN,
            "Kode ini tidak menyebut nama atau NMID, jadi belum bisa dibandingkan.",
        )
    if own.mark and code.static is not False:
        return Comparison(
            Likeness.CHANGED,
            "Nama dan NMID sama, tetapi isi kodenya lain dari yang Anda ingat. Kalau penyedia tidak "
            "memberi stiker baru, jangan dipakai dulu. Tanyakan ke penyedia QRIS Anda.",
        )
    return Comparison(Likeness.ALIKE, _alike(own, code.name, code.nmid))


def _alike(own: OwnCode, name: str, nmid: str) -> str:
    if not _known(own.nmid, nmid):
        return (
            "Namanya sama. NMID belum dibandingkan, padahal nama toko bisa kembar. "
            "Isi NMID Anda supaya pasti."
        )
    both = "Nama dan NMID" if _known(own.name, name) else "NMID"
    return f"{both} sama dengan milik Anda."


def _differences(own: OwnCode, name: str, nmid: str) -> list[str]:
    found = []
    if _known(own.name, name) and not _same_name(own.name, name):
        found.append("namanya lain")
    if _known(own.nmid, nmid) and _number(own.nmid) != _number(nmid):
        found.append("NMID-nya lain")
    return found


def _known(mine: str, stated: str) -> bool:
    return bool(mine.strip() and stated.strip())


def _same_name(mine: str, stated: str) -> bool:
    typed, read = _plain(mine), _plain(stated)
    # A code holds 25 characters of a name, the last of which may be a blank; who types it goes on.
    full = len(stated) >= root_tag("59").longest - 1
    return typed == read or (full and typed.startswith(read))


def _plain(text: str) -> str:
    return "".join(text.casefold().split())


def _number(text: str) -> str:
    return "".join(char for char in text.upper() if char.isalnum())
