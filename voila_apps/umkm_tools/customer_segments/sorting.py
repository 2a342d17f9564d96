"""A list of sales read, and its buyers sorted: work for a worker process where the list is long."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from umkm.marketing import Customer, customers_of
from umkm_tools.base.spreadsheet_import.packed import PackedList, pack_list
from umkm_tools.customer_segments.people import Person, visits
from umkm_tools.customer_segments.reading import open_sales, rows_of

_SHOWN = 100


@dataclass(frozen=True)
class Sorted:
    """The buyers of a list as it was read with certain columns, and what was not read of it."""

    count: int
    notes: list[str]
    refused: list[tuple[int, str]]
    refused_count: int
    customers: list[Customer]
    people: Mapping[str, Person]


def take_sales(content: bytes) -> PackedList:
    """Return a file as a list whose heading was found, or what its cells hold.

    Raises:
        InputError: it is no list.
    """
    return pack_list(open_sales(content))


def sort_buyers(packed: PackedList, columns: Mapping[str, int], today: date) -> Sorted:
    """Return the buyers of a list, as far as its columns are known."""
    rows = rows_of(packed.opened(), columns, today)
    orders, people = visits(rows.bought)
    return Sorted(
        len(rows.bought),
        rows.notes,
        rows.refused[:_SHOWN],
        len(rows.refused),
        customers_of(orders, today),
        people,
    )
