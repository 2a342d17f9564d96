"""Things of long use and their straight-line depreciation, without residual value (SAK EMKM ¶11).

A month counts once it is over, the month of purchase included.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from umkm.bookkeeping.kinds import ASSETS, KINDS
from umkm.bookkeeping.ledger import Ledger


@dataclass(frozen=True)
class Asset:
    """Something bought to be used for `months` months."""

    name: str
    account: str
    bought: date
    cost: int
    months: int

    def depreciation(self, until: date) -> int:
        """Return what has been written off by the end of a day.

        Whole Rupiah, and exactly `cost` when the last month is over: what a month's share leaves
        over is made up for in later months.
        """
        over = months_over(self.bought, until)
        return self.cost * min(over, self.months) // self.months

    def book_value(self, until: date) -> int:
        """Return what it still stands for in the book."""
        return self.cost - self.depreciation(until)


def months_over(start: date, until: date) -> int:
    """Return how many calendar months, from the one of `start`, are over by the end of `until`."""
    tomorrow = until + timedelta(days=1)
    return max(0, (tomorrow.year - start.year) * 12 + tomorrow.month - start.month)


def assets(ledger: Ledger, until: date) -> list[Asset]:
    """Return what a business has bought for long use by a day, in the order of buying."""
    return [
        Asset(
            bought.note or ASSETS[bought.category][1],
            ASSETS[bought.category][0],
            bought.on,
            bought.amount,
            bought.months,
        )
        for bought in (entry.transaction for entry in ledger.between(until=until))
        if KINDS[bought.kind].categories is ASSETS
    ]


def depreciation(owned: Iterable[Asset], until: date) -> int:
    """Return what has been written off of all of them."""
    return sum(asset.depreciation(until) for asset in owned)
