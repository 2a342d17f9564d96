"""Roles of players, and the score of a game: by decisions, never by speed."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from umkm.qris.cashier_game.sale import Outcome, Sale


class Role(StrEnum):
    """A player's part in a round."""

    MERCHANT = "penjual"
    BUYER = "pembeli"


@dataclass(frozen=True)
class Score:
    """How many sales ended in which way."""

    handed: int = 0
    caught: int = 0
    lost: int = 0
    lucky: int = 0
    offended: int = 0

    @property
    def right(self) -> int:
        """Return how many goods were handed over rightly and frauds refused."""
        return self.handed + self.caught

    @property
    def decided(self) -> int:
        """Return all sales with an end."""
        return self.right + self.lost + self.lucky + self.offended


def score(sales: Iterable[Sale]) -> Score:
    """Return the score: ends of sales are counted; those without one count for nothing."""
    found = Counter(sale.outcome for sale in sales if sale.outcome is not None)
    return Score(**{outcome.value: found[outcome] for outcome in Outcome})


def role_in(place: int, number: int) -> Role:
    """Return a player's part in a round: every other one sells, and all change each round.

    Args:
        place: their join order, from 0.
        number: of the round, from 1.
    """
    return Role.MERCHANT if (place + number) % 2 else Role.BUYER
