"""Reads a code's text into its objects. Total, and nothing is dropped.

>>> parse("00020163041D3D").value("00")
'01'
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

from umkm.qris.objects import Objects, read_objects
from umkm.qris.tags import is_acquirer

MOST_CHARACTERS: Final = 7089
"""No QR code holds more: version 40, level L, digits only (ISO/IEC 18004)."""

# What a scanner or a copied chat message leaves before a code: blanks and a byte order mark.
_BEFORE: Final = "\ufeff\u200b \t\r\n"
_TRANSFERS: Final = frozenset({"BOOK", "DMCT", "XBCT"})
_CASH: Final = frozenset({"CDPT", "CWDL"})


@dataclass(frozen=True)
class Parsed:
    """A code's text and its root objects; `before` and `root.rest` hold whatever was no object."""

    text: str
    before: str
    root: Objects
    too_long: bool = False

    def value(self, object_id: str, sub_id: str = "") -> str:
        """Return the value of a root object, or of an object in its template; empty if absent."""
        return self.template(object_id).value(sub_id) if sub_id else self.root.value(object_id)

    def template(self, object_id: str) -> Objects:
        """Return the objects inside a root object."""
        return read_objects(self.root.value(object_id))

    def encode(self) -> str:
        """Return the objects written anew: the same characters that were read, unknown objects included."""
        written = "".join(f"{item.id}{len(item.value):02}{item.value}" for item in self.root)
        return f"{self.before}{written}{self.root.rest}"

    @cached_property
    def domestic(self) -> bool:
        """Return whether Indonesian rules apply: the country is ID, or was left out."""
        return self.value("58").upper() in {"", "ID"}

    @cached_property
    def in_rupiah(self) -> bool:
        """Return whether amounts are Rupiah: currency 360, or none named in an Indonesian code."""
        return self.value("53") == "360" or (self.domestic and not self.value("53"))

    @cached_property
    def is_transfer(self) -> bool:
        """Return whether this is a QRIS transfer: object 40 with a transfer's purpose in 62.08."""
        return "40" in self.root and self.value("62", "08") in _TRANSFERS

    @cached_property
    def is_cash(self) -> bool:
        """Return whether this is QRIS Tuntas at a machine: cash put in (CDPT) or drawn (CWDL)."""
        return "40" in self.root and self.value("62", "08") in _CASH

    @cached_property
    def acquirers(self) -> tuple[str, ...]:
        """Return the IDs of domestic acquirers' templates, in order; a transfer's 40 is none."""
        transfer = {"40"} if self.is_transfer or self.is_cash else set()
        return tuple(o.id for o in self.root if is_acquirer(o.id) and o.id not in transfer)


def parse(payload: object) -> Parsed:
    """Read any text as a code. Never raises; `root` is empty where there is nothing to read."""
    text = payload if isinstance(payload, str) else ""
    bare = text[: MOST_CHARACTERS + 1].lstrip(_BEFORE)
    if len(text) > MOST_CHARACTERS:
        return Parsed(text, "", Objects(rest=text), too_long=True)
    return Parsed(text, text[: len(text) - len(bare)], read_objects(bare))
