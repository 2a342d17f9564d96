"""PPh final of a small business, month by month; the rates come in with their dates and sources.

The calculation of PP 55/2022, as PP 20/2026 changed it, and PMK 164/2023 for a person: what the
year's turnover has passed the exempt amount by, less what had passed it before this month, times
the rate. A year starts anew.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from umkm.bookkeeping.ledger import Ledger


@dataclass(frozen=True)
class FinalTaxRule:
    """The rates in force, as `facts.toml` gives them.

    Attributes:
        rate: of the turnover, such as 1/200.
        exempt: yearly turnover of a person that is not taxed.
        ceiling: yearly turnover above which this tax no longer fits.
        valid_from, source_date, source: since when, and the newest document read and its day.
    """

    rate: Fraction
    exempt: int
    ceiling: int
    valid_from: date
    source_date: date
    source: str


@dataclass(frozen=True)
class TaxMonth:
    """One month: turnover, the year's turnover so far, what of the month is taxed, and the tax."""

    month: date
    turnover: int
    year_so_far: int
    taxed: int
    tax: int
    beyond: bool
    """The year's turnover has passed the ceiling: ask the tax office."""


def final_tax(
    turnover: Mapping[date, int], rule: FinalTaxRule, *, person: bool = True
) -> list[TaxMonth]:
    """Return the tax of each month of `turnover` (by the month's first day), oldest first.

    A legal body (`person=False`) has no exempt amount. The tax is whole Rupiah, rounded down.
    """
    rows: list[TaxMonth] = []
    exempt = rule.exempt if person else 0
    year, so_far = 0, 0
    for month in sorted(turnover):
        if month.year != year:
            year, so_far = month.year, 0
        before, so_far = so_far, so_far + turnover[month]
        taxed = max(0, so_far - exempt) - max(0, before - exempt)
        tax = int(taxed * rule.rate)
        rows.append(TaxMonth(month, turnover[month], so_far, taxed, tax, so_far > rule.ceiling))
    return rows


def turnover_by_month(ledger: Ledger) -> dict[date, int]:
    """Return the omzet of each month with sales: gross, before returns, discounts and fees."""
    found: dict[date, int] = {}
    for entry in ledger.between():
        for line in entry.lines:
            if line.account == ledger.chart.sales:
                month = entry.transaction.on.replace(day=1)
                found[month] = found.get(month, 0) - line.amount
    return found
