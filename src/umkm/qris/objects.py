"""Data objects: two digits of ID, two digits of length, then that many characters.

The one grammar of every level of a code: its root and each template in it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

_HEADER: Final = 4
_LONGEST: Final = 99
_ASCII_DIGITS: Final = frozenset("0123456789")  # `isdigit` also takes ٣ and ³


class Fault(StrEnum):
    """Why reading stopped before the end."""

    NONE = ""
    ID = "bad-id"
    LENGTH = "bad-length"
    CUT = "cut-short"


@dataclass(frozen=True, slots=True)
class DataObject:
    """One ID with its value; `position` is where its ID stood in the text read."""

    id: str
    value: str
    position: int = field(default=0, compare=False)

    def encode(self) -> str:
        """Return the object as it stands in a code.

        Raises:
            ValueError: no two-digit ID, or a value that is not 1 to 99 characters long.
        """
        if len(self.id) != 2 or not _ASCII_DIGITS.issuperset(self.id):
            raise ValueError(f"{self.id!r} is no ID of two digits (clause 4.3.1.1)")
        if not 1 <= len(self.value) <= _LONGEST:
            raise ValueError(f"{self.id} holds {len(self.value)} characters, not 1-99 (4.4.1.2)")
        return f"{self.id}{len(self.value):02}{self.value}"


@dataclass(frozen=True, slots=True)
class Objects:
    """The objects of one level in the order they stood, and what could not be read after them."""

    items: tuple[DataObject, ...] = ()
    rest: str = ""
    fault: Fault = Fault.NONE

    def __iter__(self) -> Iterator[DataObject]:
        return iter(self.items)

    def __contains__(self, object_id: str) -> bool:
        return any(item.id == object_id for item in self.items)

    def value(self, object_id: str) -> str:
        """Return the value of the first object with this ID; empty when there is none."""
        return next((item.value for item in self.items if item.id == object_id), "")


def read_objects(text: str) -> Objects:
    """Read as many objects as there are. Total: what is no object stays in `rest`, untouched."""
    items = []
    position = 0
    fault = Fault.NONE
    while position < len(text):
        fault, length = _read_header(text, position)
        if fault:
            break
        start = position + _HEADER
        items.append(
            DataObject(text[position : position + 2], text[start : start + length], position)
        )
        position = start + length
    return Objects(tuple(items), text[position:], fault)


def write_objects(items: Iterable[DataObject]) -> str:
    """Return the objects one after the other, as `read_objects` reads them.

    Raises:
        ValueError: an ID or a length that no code can hold.
    """
    return "".join(item.encode() for item in items)


def _read_header(text: str, position: int) -> tuple[Fault, int]:
    object_id, digits = text[position : position + 2], text[position + 2 : position + _HEADER]
    if not _ASCII_DIGITS.issuperset(object_id):
        return Fault.ID, 0
    if not _ASCII_DIGITS.issuperset(digits):
        return Fault.LENGTH, 0
    if len(digits) < 2 or position + _HEADER + int(digits) > len(text):
        return Fault.CUT, 0
    return Fault.NONE, int(digits)
