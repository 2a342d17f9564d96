"""Rules of the advertising game: budget, audience, picture, and what a round brings.

The rates are assumptions of the game, shown to the players; no platform publishes such rates for a
shop in Serang, and a real campaign goes its own way. Chance is seeded: everyone who decides alike in
one class gets the same result, so results differ by decisions alone.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from umkm.marketing.errors import MarketingError
from umkm.marketing.metrics import Measure, cost_per_order, return_on_ads
from umkm.money import format_rupiah

ROUNDS: Final = 4
PURSE: Final = 1_000_000
"""Play Rupiah that each player begins with."""

AMOUNTS: Final = (50_000, 100_000, 200_000)
"""What a round's advertisement may cost. All four at the most still leave something."""

_LEAST_FRESH: Final = Fraction(1, 5)


@dataclass(frozen=True)
class Audience:
    """Whom the advertisement is shown to; rates are shares of one, `price` Rupiah a 1,000 views."""

    name: str
    price: int
    size: int
    click: Fraction
    order: Fraction


@dataclass(frozen=True)
class Creative:
    """What the advertisement shows, and by how much that changes clicks and orders."""

    name: str
    click: Fraction
    order: Fraction


@dataclass(frozen=True)
class Shop:
    """What is advertised: price and cost of one item in whole Rupiah, all fees in the cost."""

    name: str
    price: int
    cost: int

    @property
    def contribution(self) -> Fraction:
        """Return the share of the price that is left of one sale."""
        return Fraction(self.price - self.cost, self.price)


AUDIENCES: Final = MappingProxyType(
    {
        "sekitar": Audience(
            "Orang sekitar toko", 18_000, 9_000, Fraction(3, 100), Fraction(6, 100)
        ),
        "kota": Audience(
            "Seluruh Kota Serang", 12_000, 60_000, Fraction(18, 1000), Fraction(35, 1000)
        ),
        "semua": Audience(
            "Siapa saja", 7_000, 900_000, Fraction(8, 1000), Fraction(12, 1000)
        ),
    }
)  # fmt: skip
CREATIVES: Final = MappingProxyType(
    {
        "jelas": Creative("Foto terang, harga tertulis", Fraction(1), Fraction(1)),
        "gelap": Creative("Foto gelap, tanpa harga", Fraction(1, 2), Fraction(4, 5)),
        "heboh": Creative("Tulisan heboh «PALING MURAH!!»", Fraction(7, 5), Fraction(2, 5)),
    }
)


CLASS_SHOP: Final = Shop("Paket keripik talas isi 3", 60_000, 36_000)


@dataclass(frozen=True)
class Decision:
    """What a player does in one round; a budget of nothing is "berhenti"."""

    budget: int
    audience: str
    creative: str


STOP: Final = Decision(0, "sekitar", "jelas")


@dataclass(frozen=True)
class Outcome:
    """What one round brought."""

    budget: int
    views: int
    clicks: int
    orders: int
    sales: int
    profit: int

    @property
    def roas(self) -> Measure:
        """Return sales per Rupiah spent."""
        return return_on_ads(self.sales, self.budget)

    @property
    def per_order(self) -> Measure:
        """Return what one order cost."""
        return cost_per_order(self.budget, self.orders)


@dataclass(frozen=True)
class Game:
    """One player's rounds so far; `seed` is the class's, so that chance is the same for all."""

    shop: Shop
    seed: str
    outcomes: tuple[Outcome, ...] = ()
    seen: Mapping[str, int] = field(default_factory=dict)

    @property
    def profit(self) -> int:
        """Return what all rounds together left, which is what the game is won by."""
        return sum(outcome.profit for outcome in self.outcomes)

    @property
    def money(self) -> int:
        """Return the player's play Rupiah now."""
        return PURSE + self.profit

    @property
    def over(self) -> bool:
        """Return whether all rounds are played."""
        return len(self.outcomes) >= ROUNDS


def play(game: Game, decision: Decision) -> Game:
    """Return the game after one more round.

    An audience tires: who has seen the advertisement already taps less often. Therefore the question
    of each round is whether to go on.

    Raises:
        MarketingError: the game is over, or the decision names nothing that is on offer.
    """
    if game.over:
        raise MarketingError("Semua putaran sudah selesai. Lihat hasilnya.", "round")
    check(decision)
    audience = AUDIENCES[decision.audience]
    before = game.seen.get(decision.audience, 0)
    after = before + decision.budget * 1000 // audience.price
    outcome = _round(game, decision, _fresh(after, audience.size) - _fresh(before, audience.size))
    return Game(
        game.shop,
        game.seed,
        (*game.outcomes, outcome),
        {**game.seen, decision.audience: after},
    )


def check(decision: Decision) -> None:
    """Raise for a choice that is not on offer.

    Raises:
        MarketingError: the amount, the audience or the picture; `field` says which.
    """
    if decision.budget not in {0, *AMOUNTS}:
        offered = ", ".join(map(format_rupiah, AMOUNTS))
        raise MarketingError(f"Pilih biaya iklannya: {offered}, atau berhenti.", "budget")
    if decision.audience not in AUDIENCES:
        raise MarketingError("Pilih siapa yang melihat iklannya.", "audience")
    if decision.creative not in CREATIVES:
        raise MarketingError("Pilih gambar iklannya.", "creative")


@lru_cache(maxsize=4096)
def played(shop: Shop, seed: str, decisions: tuple[Decision, ...]) -> Game:
    """Return the game after these decisions; a class looks at the same ones again and again.

    Raises:
        MarketingError: as `play`.
    """
    if not decisions:
        return Game(shop, seed)
    return play(played(shop, seed, decisions[:-1]), decisions[-1])


def _round(game: Game, decision: Decision, fresh_views: Fraction) -> Outcome:
    audience, creative = AUDIENCES[decision.audience], CREATIVES[decision.creative]
    views = decision.budget * 1000 // audience.price
    rate = audience.click * creative.click * (fresh_views / views if views else 0)
    number = len(game.outcomes)
    # Chances of their own, so that more clicks do not change the luck of the orders.
    clicks = _drawn(random.Random(f"{game.seed}/{number}/klik"), views, rate)  # noqa: S311 - a game
    luck = random.Random(f"{game.seed}/{number}/pesanan")  # noqa: S311
    orders = _drawn(luck, clicks, audience.order * creative.order)
    sales = orders * game.shop.price
    profit = orders * (game.shop.price - game.shop.cost) - decision.budget
    return Outcome(decision.budget, views, clicks, orders, sales, profit)


def _drawn(chance: random.Random, tries: int, share: Fraction) -> int:
    """Return how many of `tries` succeed, by the normal curve where there are many."""
    mean = tries * float(share)
    if tries < 1000:
        return sum(chance.random() < share for _ in range(tries))
    spread = (mean * (1 - float(share))) ** 0.5
    return min(max(round(chance.gauss(mean, spread)), 0), tries)


def _fresh(views: int, size: int) -> Fraction:
    """Return how many first views that many views are worth, from the first one on.

    A view's worth falls evenly with the views before it, from one to a fifth.
    """
    tired = Fraction(2 * size) * (1 - _LEAST_FRESH)
    falling = min(Fraction(views), tired)
    return falling - falling**2 / (4 * size) + _LEAST_FRESH * max(views - tired, Fraction(0))
