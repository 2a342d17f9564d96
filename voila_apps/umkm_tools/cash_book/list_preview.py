"""An old list looked through, and taken: work for a worker process where the list is long."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from umkm.bookkeeping import Ledger, Transaction
from umkm_tools.base.spreadsheet_import.packed import SMALL_ROWS, packed, unpacked
from umkm_tools.cash_book.found_rows import Found, chosen, fresh
from umkm_tools.cash_book.importing import read_list
from umkm_tools.cash_book.meaning import Choice
from umkm_tools.cash_book.screens.old_list import shown_list


@dataclass(frozen=True)
class Preview:
    """A list looked through: what its owner sees of it, and its rows as few bytes."""

    shown: dict[str, Any]
    rows: int
    content: bytes

    @property
    def is_small(self) -> bool:
        """Return whether it is taken in place; another process takes what is larger."""
        return self.rows <= SMALL_ROWS


def look_through(content: bytes, today: date, side: str, ledger: Ledger) -> Preview:
    """Return what a file has that the book has not.

    Raises:
        SideUnknown: it must be asked whose list this is.
        InputError: it is no list at all.
    """
    found = read_list(content, today, side)
    return Preview(shown_list(found, ledger, today), len(found.rows), packed(found))


def new_transactions(
    preview: Preview, ledger: Ledger, answers: Mapping[str, Choice]
) -> list[Transaction]:
    """Return what of a list comes into the book, by the answers of its owner."""
    found: Found = unpacked(preview.content)
    return chosen(fresh(found, ledger), answers)
