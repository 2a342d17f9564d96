"""The ledger: transactions become balanced double entries, in the order in which they happened.

>>> shop = Ledger.of("dagang", [Transaction("a", "setor-modal", date(2026, 11, 2), 500_000)])
>>> shop.balance("1101"), shop.balance("3101")
(500000, -500000)

Balances count debit as plus and credit as minus. A transaction that was undone and the one that
undoes it stand beside each other in the journal, on the same day, and move nothing: whatever the
book says is what it would say had neither been written.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from itertools import islice
from typing import Any, Final, NamedTuple, Self

from umkm.bookkeeping.accounts import Business, Chart, chart
from umkm.bookkeeping.errors import (
    AlreadyUndone,
    BookError,
    StillNeeded,
    UnknownTransaction,
)
from umkm.bookkeeping.kinds import UNDO
from umkm.bookkeeping.posting import Entry, Posting
from umkm.bookkeeping.transactions import Transaction, checked, person_key

#: Passes over the whole book that take one transaction of a list away; then two go, four, eight.
_EXACT_PASSES: Final = 8
#: After so many the rest of the list goes.
_MOST_PASSES: Final = 24


class Refusal(NamedTuple):
    """A transaction that was not taken, and why."""

    transaction: Transaction
    error: BookError


class Ledger:
    """A book as it stands: entries in order, and what follows from them. Never changes."""

    def __init__(
        self,
        chart_: Chart,
        transactions: Sequence[Transaction],
        on_trial: Collection[str] = (),
    ) -> None:
        self.chart = chart_
        self._posting = Posting(chart_)
        self.left_out: list[Refusal] = []
        #: With transactions on trial, those that were here before and would no longer work.
        self.broken: list[Transaction] = []
        self.entries = tuple(self._replay(transactions, on_trial))
        refused_ids = {refusal.transaction.id for refusal in self.left_out}
        self.transactions = tuple(t for t in transactions if t.id not in refused_ids)

    def __reduce__(self) -> tuple[Any, ...]:
        # Entries and balances follow from what was written: a book of thousands travels in a third.
        return Ledger, (self.chart, self.transactions)

    @classmethod
    def of(cls, business: Business, transactions: Iterable[Transaction] = ()) -> Self:
        """Return the book of transactions that were checked when they were written.

        Raises:
            BookError: one of them cannot be, such as a payment of more than the debt.
        """
        return cls(chart(business), tuple(transactions))

    @cached_property
    def by_id(self) -> Mapping[str, Transaction]:
        """Return every transaction by its id."""
        return {transaction.id: transaction for transaction in self.transactions}

    @cached_property
    def undone(self) -> frozenset[str]:
        """Return the ids of transactions that were taken back."""
        return frozenset(t.undoes for t in self.transactions if t.kind == UNDO)

    def with_(self, transaction: Transaction, today: date) -> "Ledger":
        """Return the book with one more transaction; one that is in it already changes nothing.

        Raises:
            BookError: it makes no sense by itself, or not in this book.
        """
        if transaction.id in self.by_id:
            return self
        new = checked(transaction, self.chart, today)
        if new.kind == UNDO:
            new = self._check_undo(new)
        try:
            return Ledger(self.chart, (*self.transactions, new))
        except _Broken as broken:
            if broken.transaction.id == new.id:
                raise broken.error from None
            raise StillNeeded(broken.transaction.label, broken.transaction.on) from None

    def with_all(
        self, transactions: Iterable[Transaction], today: date
    ) -> tuple["Ledger", list[Refusal]]:
        """Return the book with all that can be taken, and what was refused with its reason.

        Days decide the order, so a list may be written upside down. It undoes nothing. Where what was
        here before would no longer work, the newest of the list that is like it goes. Of a list that
        spoils very much, more goes than has to: each time the whole book is calculated again.
        """
        refused: list[Refusal] = []
        new: dict[str, Transaction] = {}
        for transaction in transactions:
            if transaction.id in self.by_id or transaction.id in new:
                continue
            try:
                if transaction.kind == UNDO:
                    raise UnknownTransaction
                new[transaction.id] = checked(transaction, self.chart, today)
            except BookError as error:
                refused.append(Refusal(transaction, error))
        passes = 0
        while True:
            book = Ledger(self.chart, (*self.transactions, *new.values()), new.keys())
            if not book.broken:
                return book, refused + book.left_out
            passes += 1
            for late, blamed in _blame(book.broken, new.values(), passes):
                needed = StillNeeded(late.label, late.on)
                refused += [Refusal(new.pop(name), needed) for name in blamed if name in new]

    def balance(self, account: str, until: date | None = None) -> int:
        """Return what an account holds after a day, or now."""
        return self.balances(until=until).get(account, 0)

    def balances(self, since: date | None = None, until: date | None = None) -> dict[str, int]:
        """Return every account that moved from one day to another, both included."""
        if since is None and until is None:
            return {account: held for account, held in self._posting.balances.items() if held}
        found: dict[str, int] = {}
        for entry in self.between(since, until):
            for line in entry.lines:
                found[line.account] = found.get(line.account, 0) + line.amount
        return {account: held for account, held in found.items() if held}

    def between(self, since: date | None = None, until: date | None = None) -> list[Entry]:
        """Return the entries that count, from one day to another, both included."""
        return [
            entry
            for entry in self.entries
            if not entry.undone
            and (since is None or entry.transaction.on >= since)
            and (until is None or entry.transaction.on <= until)
        ]

    def _check_undo(self, undo: Transaction) -> Transaction:
        target = self.by_id.get(undo.undoes)
        if target is None or target.kind == UNDO:
            raise UnknownTransaction
        if target.id in self.undone:
            raise AlreadyUndone
        # On the day of what it undoes: that day's and month's figures are right again.
        return Transaction(undo.id, UNDO, target.on, undoes=target.id)

    def _replay(
        self, transactions: Sequence[Transaction], on_trial: Collection[str]
    ) -> Iterable[Entry]:
        undoing = {t.undoes: t for t in transactions if t.kind == UNDO}
        for transaction in sorted(transactions, key=_day):
            if transaction.kind == UNDO:
                continue
            lines = self._posting.lines_of(transaction)
            if (undo := undoing.get(transaction.id)) is None:
                if (error := self._posting.apply(transaction, lines)) is None:
                    yield Entry(transaction, lines)
                elif transaction.id in on_trial:
                    self.left_out.append(Refusal(transaction, error))
                elif on_trial:
                    self.broken.append(transaction)
                else:
                    raise _Broken(transaction, error)
            else:
                yield Entry(transaction, lines, undone=True)
                back = tuple(line._replace(amount=-line.amount) for line in lines)
                yield Entry(undo, back, undone=True)


def _blame(
    broken: Sequence[Transaction], new: Collection[Transaction], passes: int
) -> Iterator[tuple[Transaction, list[str]]]:
    """Return what the list would break, each with the ids of new transactions that must go for it."""
    if passes > _MOST_PASSES:
        yield broken[0], [one.id for one in new]
        return
    newest = sorted(new, key=_day, reverse=True)
    alike: dict[object, list[Transaction]] = defaultdict(list)
    for one in newest:
        alike[_kind_and_person(one)].append(one)
    # What comes after the first may be broken by it alone.
    late = broken[:1] if passes <= _EXACT_PASSES else broken
    many = max(1, 2 ** (passes - _EXACT_PASSES))
    for one in late:
        before = (other for other in alike[_kind_and_person(one)] if other.on <= one.on)
        # In vain if none is like it; then the newest of all go, and we try again.
        yield one, [other.id for other in islice(before, many)] or [x.id for x in newest[:many]]


def _day(transaction: Transaction) -> date:
    return transaction.on


def _kind_and_person(one: Transaction) -> tuple[str, str]:
    return one.kind, person_key(one.person)


class _Broken(BookError):
    """A transaction that cannot be at its place in the book."""

    def __init__(self, transaction: Transaction, error: BookError) -> None:
        super().__init__(error.message, error.field)
        self.transaction = transaction
        self.error = error
