"""Store a cash book: the interface, and a store in memory for the sample shop."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from umkm.bookkeeping import Business, FinalTaxRule, Ledger, Refusal, Transaction


@dataclass(frozen=True)
class BookOwner:
    """The owner of a book; `token` is the device key, which names nobody."""

    name: str
    business_name: str
    token: str = ""
    tax_rule: FinalTaxRule | None = None


class BookStore(Protocol):
    """Stores one person's book.

    What cannot be done raises `umkm.UmkmError`, whose message is shown.
    """

    @property
    def owner(self) -> BookOwner:
        """Return whose book it is."""
        ...

    def read(self) -> Ledger | None:
        """Return the book as it stands now, or None where there is none yet."""
        ...

    def begin(self, business: Business) -> Ledger:
        """Start a book; the person has just given consent."""
        ...

    def write(self, new: Sequence[Transaction], today: date) -> Ledger:
        """Add transactions, all or none; returns once they would survive a power cut."""
        ...

    def write_list(self, new: Iterable[Transaction], today: date) -> tuple[Ledger, list[Refusal]]:
        """Add the transactions that the book accepts, and return those refused."""
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
        """Return the book, or None before `begin`."""
        return self._ledger

    def begin(self, business: Business) -> Ledger:
        """Start an empty book, unless there is one."""
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
        """Delete the book."""
        self._ledger = None
