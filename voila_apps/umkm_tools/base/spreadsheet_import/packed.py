"""Lists put aside while their owner looks at what came of them: small, and ready for a worker process.

A list of 5,000 rows takes 5 to 10 MB as Python objects, and 50 KB so.
"""

import pickle
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from umkm_tools.base.spreadsheet_import.headings import Listed

#: A list of so many rows is read in some 30 ms, which is not worth another process.
SMALL_ROWS: Final = 150
#: And a CSV of so many bytes holds no more. A workbook is never small: it is unpacked, and takes openpyxl.
SMALL_FILE: Final = 6_000


@dataclass(frozen=True)
class PackedList:
    """A list whose heading was found: what its owner is asked about it, and the rest as few bytes."""

    headings: tuple[str, ...]
    guess: Mapping[str, int]
    signature: str
    example: tuple[str, ...]
    rows: int
    content: bytes

    @property
    def is_small(self) -> bool:
        """Return whether it is read in place; another process reads what is larger."""
        return self.rows <= SMALL_ROWS

    def opened(self) -> Listed:
        """Return the list."""
        listed: Listed = unpacked(self.content)
        return listed


def pack_list(listed: Listed) -> PackedList:
    """Return a list packed."""
    return PackedList(
        listed.headings,
        dict(listed.guess),
        listed.signature,
        tuple(listed.example),
        len(listed.rows),
        packed(listed),
    )


def is_small_file(content: bytes) -> bool:
    """Return whether a file is read in place; another process reads what is larger, or a workbook."""
    return len(content) <= SMALL_FILE and content[:2] != b"PK"


def packed(thing: object) -> bytes:
    """Return something of ours as few bytes."""
    return zlib.compress(pickle.dumps(thing), 1)


def unpacked(content: bytes) -> Any:
    """Return what `packed` was given."""
    return pickle.loads(zlib.decompress(content))  # noqa: S301 - packed here or in our worker
