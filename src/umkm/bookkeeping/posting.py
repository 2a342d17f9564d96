"""Posts transactions one after another: each becomes an entry, or a reason for refusing it.

Debit is plus, credit is minus; the lines of an entry add up to zero.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from umkm.bookkeeping import accounts as code
from umkm.bookkeeping.accounts import Chart
from umkm.bookkeeping.errors import BookError, DebtExceeded, NotEnoughStock
from umkm.bookkeeping.kinds import KINDS, Move
from umkm.bookkeeping.transactions import Transaction, person_key


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


class Posting:
    """Balances while entries are made, one after the other."""

    def __init__(self, chart_: Chart) -> None:
        self.chart = chart_
        self.balances: dict[str, int] = {}
        self.people: dict[tuple[str, str], int] = {}
        self._stocks = {chart_.stock, code.PACKAGING}

    def lines_of(self, transaction: Transaction) -> tuple[Line, ...]:
        """Return the entry of a transaction as the book stands now."""
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
        """Add to the balances; what cannot be changes nothing, and the reason is returned."""
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
