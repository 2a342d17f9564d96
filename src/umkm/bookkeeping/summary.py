"""A period at a glance: what came in, what went out, what was sold and where the money went."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from umkm.bookkeeping import accounts as code
from umkm.bookkeeping.kinds import EXPENSES, KINDS
from umkm.bookkeeping.ledger import Ledger
from umkm.bookkeeping.posting import Entry


@dataclass(frozen=True)
class Summary:
    """From one day to another, both included.

    Attributes:
        sales: omzet, paid or not.
        money_in, money_out: what moved in cash and bank together; moves between them do not count.
        held: cash and bank at the end.
        private: what the owner took.
        spent: where money went, by label, largest first.
        by_day: money in and out of each day of the period.
    """

    since: date
    until: date
    sales: int
    money_in: int
    money_out: int
    held: int
    private: int
    spent: Mapping[str, int]
    by_day: Mapping[date, tuple[int, int]]


def summary(ledger: Ledger, since: date, until: date) -> Summary:
    """Return a period at a glance."""
    days = (until - since).days + 1
    by_day = {since + timedelta(days=day): (0, 0) for day in range(max(days, 0))}
    sales = private = 0
    spent: dict[str, int] = {}
    for entry in ledger.between(since, until):
        moved = _money(entry)
        money_in, went = by_day[entry.transaction.on]
        by_day[entry.transaction.on] = (money_in + max(moved, 0), went + max(-moved, 0))
        if moved < 0:
            where = _where(entry)
            spent[where] = spent.get(where, 0) - moved
        for line in entry.lines:
            sales -= line.amount if line.account == ledger.chart.sales else 0
            private += line.amount if line.account == code.DRAWINGS else 0
    held = ledger.balances(until=until)
    return Summary(
        since,
        until,
        sales,
        sum(money_in for money_in, _ in by_day.values()),
        sum(went for _, went in by_day.values()),
        held.get(code.CASH, 0) + held.get(code.BANK, 0),
        private,
        dict(sorted(spent.items(), key=lambda item: -item[1])),
        by_day,
    )


def week_of(day: date) -> tuple[date, date]:
    """Return Monday and Sunday of the week of a day."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def month_of(day: date) -> tuple[date, date]:
    """Return the first and the last day of the month of a day."""
    first = day.replace(day=1)
    following = (first + timedelta(days=31)).replace(day=1)
    return first, following - timedelta(days=1)


def _money(entry: Entry) -> int:
    return sum(line.amount for line in entry.lines if line.account in {code.CASH, code.BANK})


def _where(entry: Entry) -> str:
    kind = KINDS[entry.transaction.kind]
    if kind.categories is EXPENSES:
        return EXPENSES[entry.transaction.category][1]
    return kind.label
