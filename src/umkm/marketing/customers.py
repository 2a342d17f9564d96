"""Who buys again: recency, frequency and money (RFM), in three parts for a small shop's list.

Scores of five by quintiles (datahubpro.co.uk/glossary/rfm) say little below some hundreds of
customers; a warung has thirty, so they are ranked and cut into thirds. Customers who are alike get
the same score: it goes by rank among the values, and equal values share the better rank.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from umkm.money import format_rupiah


@dataclass(frozen=True)
class Order:
    """One sale to one customer, in whole Rupiah; `customer` is whatever tells people apart."""

    customer: str
    on: date
    amount: int


class Group(Enum):
    """What to do about a customer; the words a shopkeeper sees."""

    LOYAL = "Langganan"
    NEW = "Baru"
    SLEEPING = "Sudah lama tidak datang"


@dataclass(frozen=True)
class Customer:
    """One customer's habits, and their thirds: 3 is the best, 1 the least."""

    name: str
    last: date
    days_since: int
    orders: int
    spent: int
    recency: int
    frequency: int
    money: int

    @property
    def group(self) -> Group:
        """Return the group: who came lately is loyal or new, who did not is asleep."""
        if self.recency == 1:
            return Group.SLEEPING
        return Group.LOYAL if self.orders > 1 else Group.NEW

    @property
    def reason(self) -> str:
        """Return in one sentence why this customer is in the group."""
        times = "sekali" if self.orders == 1 else f"{self.orders} kali"
        ago = "hari ini" if self.days_since == 0 else f"{self.days_since} hari lalu"
        return f"Membeli {times}, terakhir {ago}, seluruhnya {format_rupiah(self.spent)}."


def customers_of(orders: Sequence[Order], today: date) -> list[Customer]:
    """Return the customers of a list of sales, those to write to first at the top.

    Sales after `today` and of nothing are left out: a return or a typing error is no visit.
    """
    real = [order for order in orders if order.on <= today and order.amount > 0]
    by_name: dict[str, list[Order]] = defaultdict(list)
    for order in real:
        by_name[order.customer].append(order)
    last = {name: max(order.on for order in mine) for name, mine in by_name.items()}
    spent = {name: sum(order.amount for order in mine) for name, mine in by_name.items()}
    recency = _thirds({name: day.toordinal() for name, day in last.items()})
    frequency = _thirds({name: len(mine) for name, mine in by_name.items()})
    money = _thirds(spent)
    people = [
        Customer(
            name,
            last[name],
            (today - last[name]).days,
            len(mine),
            spent[name],
            recency[name],
            frequency[name],
            money[name],
        )
        for name, mine in by_name.items()
    ]
    return sorted(people, key=lambda one: (-one.spent, one.name))


def _thirds(values: Mapping[str, int]) -> dict[str, int]:
    """Return 3 to the highest third, 1 to the lowest; equal values get equal scores."""
    ranked = sorted(values.values(), reverse=True)
    place: dict[int, int] = {}
    for rank, value in enumerate(ranked):
        place.setdefault(value, rank)
    return {name: 3 - 3 * place[value] // len(ranked) for name, value in values.items()}
