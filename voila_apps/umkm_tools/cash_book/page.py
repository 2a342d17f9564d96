"""The cash book's page: the widget, and a store in the records."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date
from fractions import Fraction

from umkm.bookkeeping import Business, FinalTaxRule, Ledger, Refusal, Transaction
from umkm_records import Participant, Records, StorageError, get_participant
from umkm_records.tools import (
    BookClosed,
    KeptBook,
    Owner,
    erase_book,
    open_book,
    read_book,
    write_book,
    write_list,
)
from umkm_tools.base.device_key import device_key
from umkm_tools.base.page import Reader, ToolPage
from umkm_tools.cash_book.book_store import BookOwner
from umkm_tools.cash_book.widget import CashBook
from umkm_widgets.session import display_here

from .consent import BOOK_CONSENT


class RecordsBookStore:
    """Stores one participant's book in the records; the server alone tells whose it is."""

    def __init__(self, records: Records, reader: Reader, tax_rule: FinalTaxRule | None) -> None:
        self._records = records
        self._reader = reader
        self._known: KeptBook | None = None
        self._tax_rule = tax_rule
        self._person: Participant | None = None

    @property
    def owner(self) -> BookOwner:
        """Return whose book it is; without their name as long as the records cannot be read."""
        if self._person is None:
            # A page that opens while the records are away says so as it reads the book.
            with suppress(StorageError):
                self._person = get_participant(self._records, self._reader.code)
        person = self._person
        return BookOwner(
            person.name if person else "",
            person.business_name if person else "",
            device_key("buku", self._reader.code),
            self._tax_rule,
        )

    def read(self) -> Ledger | None:
        """Return the book as it stands, with what another phone wrote meanwhile."""
        self._reader.check(self._records)
        self._known = read_book(self._records, self._reader.code, self._known)
        return self._known.ledger if self._known else None

    def begin(self, business: Business) -> Ledger:
        """Start the book; the widget calls this only after consent."""
        self._reader.begin_write(self._records)
        owner = Owner(self._reader.code)
        self._known = open_book(self._records, owner, business, BOOK_CONSENT.version)
        return self._known.ledger

    def write(self, new: Sequence[Transaction], today: date) -> Ledger:
        """Add transactions; returns once they would survive a power cut."""
        self._known = write_book(self._records, self._reader.code, self._book(), new, today)
        return self._known.ledger

    def write_list(self, new: Iterable[Transaction], today: date) -> tuple[Ledger, list[Refusal]]:
        """Add what of a list can be."""
        self._known, refused = write_list(
            self._records, self._reader.code, self._book(), new, today
        )
        return self._known.ledger, refused

    def erase(self) -> None:
        """Erase the book, and end the consent to it."""
        self._reader.begin_write(self._records)
        erase_book(self._records, Owner(self._reader.code))
        self._known = None

    def _book(self) -> KeptBook:
        self._reader.begin_write(self._records)
        if self._known is None:
            raise BookClosed
        return self._known


def show(page: ToolPage) -> None:
    """Display the cash book of the participant whose page this is.

    Elsewhere (an author in JupyterLab, a test of the page) the book lives in memory.
    """
    if page.records is None or page.reader is None:
        display_here(CashBook(consent=BOOK_CONSENT.lines, apart=page.apart))
        return
    store = RecordsBookStore(page.records, page.reader, _tax_rule(page.rates))
    display_here(CashBook(store, consent=BOOK_CONSENT.lines, apart=page.apart))


def _tax_rule(rates: str) -> FinalTaxRule | None:
    if not rates:
        return None
    data = json.loads(rates)
    return FinalTaxRule(
        Fraction(data["rate"]),
        data["exempt"],
        data["ceiling"],
        date.fromisoformat(data["valid_from"]),
        date.fromisoformat(data["source_date"]),
        data["source"],
    )
