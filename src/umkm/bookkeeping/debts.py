"""Who owes what, since when: receivables (bon) and payables by person, with their age.

Payments settle the oldest part first, as shopkeepers and their customers take it. The four ages
are those usual in Indonesian ledgers (0-30, 31-60, 61-90 and more than 90 days).
"""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from umkm.bookkeeping import accounts as code
from umkm.bookkeeping.ledger import Ledger

AGES: Final = ("0-30 hari", "31-60 hari", "61-90 hari", "lebih dari 90 hari")
_BOUNDS: Final = (30, 60, 90)


@dataclass(frozen=True)
class Debt:
    """What one person owes us, or we owe them.

    Attributes:
        person: the name as it was written last.
        amount: what is left.
        since: the day of the oldest part that is left.
        by_age: what is left by `AGES`.
    """

    person: str
    amount: int
    since: date
    by_age: tuple[int, int, int, int]

    def days(self, today: date) -> int:
        """Return how long the oldest part has been owed."""
        return (today - self.since).days


def receivables(ledger: Ledger, today: date) -> list[Debt]:
    """Return what customers owe, the oldest debt first."""
    return _debts(ledger, code.RECEIVABLES, 1, today)


def payables(ledger: Ledger, today: date) -> list[Debt]:
    """Return what is owed to suppliers, the oldest debt first."""
    return _debts(ledger, code.PAYABLES, -1, today)


def loans(ledger: Ledger, today: date) -> list[Debt]:
    """Return what is owed to banks and others who lent money, the oldest debt first."""
    return _debts(ledger, code.LOANS, -1, today)


def total_by_age(debts: list[Debt]) -> Mapping[str, int]:
    """Return the sum of debts for each of `AGES`."""
    return {age: sum(debt.by_age[place] for debt in debts) for place, age in enumerate(AGES)}


def _debts(ledger: Ledger, account: str, sign: int, today: date) -> list[Debt]:
    open_parts: dict[str, deque[tuple[date, int]]] = {}
    names: dict[str, str] = {}
    for entry in ledger.between(until=today):
        for line in entry.lines:
            if line.account != account:
                continue
            names[line.person] = entry.transaction.person
            parts = open_parts.setdefault(line.person, deque())
            if (amount := sign * line.amount) > 0:
                parts.append((entry.transaction.on, amount))
            else:
                _settle(parts, -amount)
    found = [_debt(names[person], parts, today) for person, parts in open_parts.items() if parts]
    return sorted(found, key=lambda debt: (debt.since, debt.person))


def _settle(parts: deque[tuple[date, int]], paid: int) -> None:
    while paid:
        since, amount = parts.popleft()
        if amount > paid:
            parts.appendleft((since, amount - paid))
        paid -= min(amount, paid)


def _debt(person: str, parts: deque[tuple[date, int]], today: date) -> Debt:
    by_age = [0, 0, 0, 0]
    for since, amount in parts:
        days = (today - since).days
        by_age[sum(days > bound for bound in _BOUNDS)] += amount
    return Debt(person, sum(by_age), parts[0][0], (by_age[0], by_age[1], by_age[2], by_age[3]))
