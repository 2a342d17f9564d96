"""Identify buyers in a list of sales, and count their visits."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import phonenumbers

from umkm.marketing import Order
from umkm_tools.customer_segments.reading import Bought


@dataclass(frozen=True)
class Person:
    """A buyer as the list last called them; `phone` is E.164 or empty."""

    name: str
    phone: str

    @property
    def shown(self) -> str:
        """Return the name, or the number where there is none."""
        return self.name or self.dialled

    @property
    def dialled(self) -> str:
        """Return the number as it is dialled in Indonesia, `0812-3456-7890`, or nothing."""
        if not self.phone:
            return ""
        return phonenumbers.format_number(
            phonenumbers.parse(self.phone), phonenumbers.PhoneNumberFormat.NATIONAL
        )


def visits(bought: Sequence[Bought]) -> tuple[list[Order], dict[str, Person]]:
    """Return one order a person and day, and the persons by the key that their orders carry.

    A number tells people apart, however it is spelt; where a row has none, the name does. A name
    that stands beside one number only belongs to that number, also in rows without it.
    """
    numbers: dict[str, set[str]] = defaultdict(set)
    for row in bought:
        if row.phone and row.name:
            numbers[_folded(row.name)].add(row.phone)
    spent: dict[tuple[str, date], int] = defaultdict(int)
    people: dict[str, Person] = {}
    for row in sorted(bought, key=lambda row: row.on):
        key = row.phone or _key(row.name, numbers)
        spent[key, row.on] += row.amount
        known = people.get(key)
        people[key] = Person(
            row.name or (known.name if known else ""),
            row.phone or (known.phone if known else key if key.startswith("+") else ""),
        )
    orders = [Order(key, on, amount) for (key, on), amount in spent.items()]
    return orders, people


def _key(name: str, numbers: Mapping[str, set[str]]) -> str:
    folded = _folded(name)
    own = numbers.get(folded, set())
    return next(iter(own)) if len(own) == 1 else f"nama {folded}"


def _folded(name: str) -> str:
    return " ".join(name.casefold().replace(".", " ").split())
