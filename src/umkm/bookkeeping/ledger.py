"""The ledger: transactions become balanced double entries, in the order in which they happened.

>>> shop = Ledger.of("dagang", [Transaction("a", "setor-modal", date(2026, 11, 2), 500_000)])
>>> shop.balance("1101"), shop.balance("3101")
(500000, -500000)

Balances count debit as plus and credit as minus. A transaction that was undone and the one that
undoes it stand beside each other in the journal, on the same day, and move nothing: whatever the
book says is what it would say had neither been written.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple, Self

from umkm.bookkeeping import accounts as code
from umkm.bookkeeping.accounts import Business, Chart, chart
from umkm.bookkeeping.errors import (
    AlreadyUndone,
    BookError,
    DebtExceeded,
    NotEnoughStock,
    StillNeeded,
    UnknownTransaction,
)
from umkm.bookkeeping.kinds import KINDS, UNDO, Move
from umkm.bookkeeping.transactions import Transaction, checked, person_key


class Line(NamedTuple):
    """One line of an entry: debit is plus, credit is minus."""

    account: str
    amount: int
    person: str = ""


@dataclass(frozen=True)
class Entry:
    """What one transaction does to the accounts; its lines add up to zero."""

    transaction: Transaction
    lines: tuple[Line, ...]
    undone: bool = False


class Refusal(NamedTuple):
    """A transaction that was not taken, and why."""

    transaction: Transaction
    error: BookError


# Accounts that are kept for each person or as one, and may not change sides.
_GUARDED: Mapping[str, tuple[int, str]] = {
    code.RECEIVABLES: (1, "Bon {}"),
    code.PAYABLES: (-1, "Utang kepada {}"),
    code.LOANS: (-1, "Pinjaman dari {}"),
    code.ADVANCES: (-1, "Uang muka {}"),
    code.QRIS_PENDING: (1, "Saldo QRIS yang belum cair"),
    code.MARKET_PENDING: (1, "Saldo marketplace yang belum cair"),
    code.TAX_OWED: (-1, "Pajak yang dicatat"),
}
_BY_PERSON = frozenset({code.RECEIVABLES, code.PAYABLES, code.LOANS, code.ADVANCES})


class Ledger:
    """A book as it stands: entries in order, and what follows from them. Never changes."""

    def __init__(
        self,
        chart_: Chart,
        transactions: Sequence[Transaction],
        on_trial: Collection[str] = (),
    ) -> None:
        self.chart = chart_
        self._state = _State(chart_)
        self.left_out: list[Refusal] = []
        self.entries = tuple(self._replay(transactions, on_trial))
        gone = {refusal.transaction.id for refusal in self.left_out}
        self.transactions = tuple(t for t in transactions if t.id not in gone)

    @classmethod
    def of(cls, business: Business, transactions: Iterable[Transaction] = ()) -> Self:
        """Give the book of transactions that were checked when they were written.

        Raises:
            BookError: one of them cannot be, such as a payment of more than the debt.
        """
        return cls(chart(business), tuple(transactions))

    @cached_property
    def by_id(self) -> Mapping[str, Transaction]:
        """Every transaction by its id."""
        return {transaction.id: transaction for transaction in self.transactions}

    @cached_property
    def undone(self) -> frozenset[str]:
        """The ids of transactions that were taken back."""
        return frozenset(t.undoes for t in self.transactions if t.kind == UNDO)

    def with_(self, transaction: Transaction, today: date) -> "Ledger":
        """Give the book with one more transaction; one that is in it already changes nothing.

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
        """Give the book with all that can be taken, and what was refused with its reason.

        Days decide the order, so a list may be written upside down. It undoes nothing.
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
        while True:
            try:
                book = Ledger(self.chart, (*self.transactions, *new.values()), new.keys())
            except _Broken as broken:
                blamed = _blame(broken.transaction, new.values())
                needed = StillNeeded(broken.transaction.label, broken.transaction.on)
                refused.append(Refusal(new.pop(blamed), needed))
            else:
                return book, refused + book.left_out

    def balance(self, account: str, until: date | None = None) -> int:
        """Give what an account holds after a day, or now."""
        return self.balances(until=until).get(account, 0)

    def balances(self, since: date | None = None, until: date | None = None) -> dict[str, int]:
        """Give every account that moved from one day to another, both included."""
        if since is None and until is None:
            return {account: held for account, held in self._state.balances.items() if held}
        found: dict[str, int] = {}
        for entry in self.between(since, until):
            for line in entry.lines:
                found[line.account] = found.get(line.account, 0) + line.amount
        return {account: held for account, held in found.items() if held}

    def between(self, since: date | None = None, until: date | None = None) -> list[Entry]:
        """Give the entries that count, from one day to another, both included."""
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
            lines = self._state.lines_of(transaction)
            if (undo := undoing.get(transaction.id)) is None:
                if (error := self._state.apply(transaction, lines)) is None:
                    yield Entry(transaction, lines)
                elif transaction.id in on_trial:
                    self.left_out.append(Refusal(transaction, error))
                else:
                    raise _Broken(transaction, error)
            else:
                yield Entry(transaction, lines, undone=True)
                back = tuple(line._replace(amount=-line.amount) for line in lines)
                yield Entry(undo, back, undone=True)


def _blame(late: Transaction, new: Collection[Transaction]) -> str:
    """Say which of the new transactions must go so that one that was here before still works."""
    before = [one for one in new if one.on <= late.on and _alike(one, late)]
    # In vain if none is like it; then the newest goes, and we try again.
    return max(before or new, key=_day).id


def _day(transaction: Transaction) -> date:
    return transaction.on


def _alike(one: Transaction, other: Transaction) -> bool:
    return one.kind == other.kind and person_key(one.person) == person_key(other.person)


class _Broken(BookError):
    """A transaction that cannot be at its place in the book."""

    def __init__(self, transaction: Transaction, error: BookError) -> None:
        super().__init__(error.message, error.field)
        self.transaction = transaction
        self.error = error


class _State:
    """Balances while entries are made, one after the other."""

    def __init__(self, chart_: Chart) -> None:
        self.chart = chart_
        self.balances: dict[str, int] = {}
        self.people: dict[tuple[str, str], int] = {}
        self._stocks = {chart_.stock, code.PACKAGING}

    def lines_of(self, transaction: Transaction) -> tuple[Line, ...]:
        """Make the entry of a transaction as the book stands now."""
        if transaction.kind == "hitung-stok":
            account = self._account("chosen", transaction)
            used = self.balances.get(account, 0) - transaction.amount
            return (Line(self.chart.usage, used), Line(account, -used)) if used else ()
        kind = KINDS[transaction.kind]
        return (
            *self._side(kind.debit, transaction, 1),
            *self._side(kind.credit, transaction, -1),
        )

    def apply(self, transaction: Transaction, lines: tuple[Line, ...]) -> BookError | None:
        """Move the balances; what cannot be moves nothing, and the reason is given."""
        self._move(lines, 1)
        for line in lines:
            if (error := self._objection(transaction, line)) is not None:
                self._move(lines, -1)
                return error
        return None

    def _move(self, lines: tuple[Line, ...], sign: int) -> None:
        for line in lines:
            self.balances[line.account] = self.balances.get(line.account, 0) + sign * line.amount
            if line.person:
                place = (line.account, line.person)
                self.people[place] = self.people.get(place, 0) + sign * line.amount

    def _side(self, moves: tuple[Move, ...], transaction: Transaction, sign: int) -> Iterable[Line]:
        for move in moves:
            amount = _part(transaction, move.part)
            if not amount:
                continue
            account = self._account(move.account, transaction)
            person = person_key(transaction.person) if account in _BY_PERSON else ""
            yield Line(account, sign * amount, person)

    def _account(self, named: str, transaction: Transaction) -> str:
        if named == "chosen":
            categories = KINDS[transaction.kind].categories or {}
            named = categories[transaction.category][0]
        match named:
            case "money":
                return code.BANK if transaction.money == "bank" else code.CASH
            case "sales":
                return self.chart.sales
            case "stock":
                return self.chart.stock
            case _:
                return named

    def _objection(self, transaction: Transaction, line: Line) -> BookError | None:
        if transaction.kind == "hitung-stok":
            # More on the shelf than was ever bought: a purchase was forgotten.
            more = line.account == self.chart.usage and line.amount < 0
            left = transaction.amount + line.amount
            return NotEnoughStock(left, counted=True) if more else None
        if line.account in self._stocks:
            left = self.balances[line.account]
            return NotEnoughStock(left - line.amount, counted=False) if left < 0 else None
        if line.account not in _GUARDED:
            return None
        sign, whose = _GUARDED[line.account]
        place = (line.account, line.person)
        left = sign * (self.people[place] if line.person else self.balances[line.account])
        if left >= 0:
            return None
        return DebtExceeded(whose.format(transaction.person), left - sign * line.amount)


def _part(transaction: Transaction, part: str) -> int:
    match part:
        case "amount":
            return transaction.amount
        case "fee":
            return transaction.fee
        case "net":
            return transaction.amount - transaction.fee
        case "interest":
            return transaction.interest
        case _:
            return transaction.amount - transaction.interest
