"""Where a cash book is kept: in the records on a served page, in memory for the sample shop."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from umkm.bookkeeping import Business, FinalTaxRule, Ledger, Refusal, Transaction


@dataclass(frozen=True)
class BookOwner:
    """Who keeps the book; `token` tells phones apart by person without naming anyone."""

    name: str
    business_name: str
    token: str = ""
    tax_rule: FinalTaxRule | None = None


class BookStore(Protocol):
    """A place for one person's book.

    Everything that cannot be done is an `umkm.UmkmError` whose message is shown as it stands.
    """

    owner: BookOwner

    def read(self) -> Ledger | None:
        """Give the book as it stands now, or None where there is none yet."""
        ...

    def begin(self, business: Business) -> Ledger:
        """Begin a book; the person has just agreed to that."""
        ...

    def write(self, new: Sequence[Transaction], today: date) -> Ledger:
        """Add transactions, all or none; returns once they would survive a power cut."""
        ...

    def write_list(self, new: Iterable[Transaction], today: date) -> tuple[Ledger, list[Refusal]]:
        """Add what of a list can be, and give what was refused."""
        ...

    def erase(self) -> None:
        """Erase the book."""
        ...


class MemoryBookStore:
    """A book that lives as long as the page: the sample shop, JupyterLab, the gallery."""

    def __init__(self, owner: BookOwner, ledger: Ledger | None = None) -> None:
        self.owner = owner
        self._ledger = ledger

    def read(self) -> Ledger | None:
        """Give the book, or None before `begin`."""
        return self._ledger

    def begin(self, business: Business) -> Ledger:
        """Begin an empty book, unless there is one."""
        self._ledger = self._ledger or Ledger.of(business)
        return self._ledger

    def write(self, new: Sequence[Transaction], today: date) -> Ledger:
        """Add transactions, all or none."""
        ledger = self.begin("dagang")
        for transaction in new:
            ledger = ledger.with_(transaction, today)
        self._ledger = ledger
        return ledger

    def write_list(self, new: Iterable[Transaction], today: date) -> tuple[Ledger, list[Refusal]]:
        """Add what of a list can be."""
        self._ledger, refused = self.begin("dagang").with_all(new, today)
        return self._ledger, refused

    def erase(self) -> None:
        """Forget the book."""
        self._ledger = None
