"""An advertisement as a class game: a budget, an audience, a picture, and what comes of them.

The rates are assumptions of the game, shown to the players; no platform publishes such rates for a
shop in Serang, and a real campaign goes its own way. Chance is seeded: everyone who decides alike in
one class gets the same result, so results differ by decisions alone.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from umkm.marketing.errors import MarketingError
from umkm.marketing.metrics import Measure, break_even_roas, cost_per_order, return_on_ads
from umkm.money import format_rupiah

ROUNDS: Final = 4
MOST_BUDGET: Final = 10_000_000


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
        """Give the share of the price that is left of one sale."""
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


@dataclass(frozen=True)
class Decision:
    """What a player does in one round; a budget of nothing is "berhenti"."""

    budget: int
    audience: str
    creative: str


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
        """Give sales per Rupiah spent."""
        return return_on_ads(self.sales, self.budget)

    @property
    def per_order(self) -> Measure:
        """Give what one order cost."""
        return cost_per_order(self.budget, self.orders)


@dataclass(frozen=True)
class Game:
    """One player's rounds so far; `seed` is the class's, so that chance is the same for all."""

    shop: Shop
    seed: int
    outcomes: tuple[Outcome, ...] = ()
    seen: Mapping[str, int] = field(default_factory=dict)

    @property
    def profit(self) -> int:
        """Give what all rounds together left, which is what the game is won by."""
        return sum(outcome.profit for outcome in self.outcomes)

    @property
    def over(self) -> bool:
        """Say whether all rounds are played."""
        return len(self.outcomes) >= ROUNDS


def play(game: Game, decision: Decision) -> Game:
    """Give the game after one more round.

    An audience tires: what was shown to most of it brings fewer clicks the next time. Therefore the
    question of each round is whether to go on.

    Raises:
        MarketingError: the game is over, or the decision names nothing that is on offer.
    """
    if game.over:
        raise MarketingError("Semua putaran sudah selesai. Lihat hasilnya.", "round")
    if not 0 <= decision.budget <= MOST_BUDGET:
        raise MarketingError(f"Biaya iklan antara Rp0 dan {format_rupiah(MOST_BUDGET)}.", "budget")
    audience, creative = AUDIENCES.get(decision.audience), CREATIVES.get(decision.creative)
    if audience is None or creative is None:
        raise MarketingError("Pilih siapa yang melihat dan gambar iklannya.", "audience")
    reached = game.seen.get(decision.audience, 0)
    views = decision.budget * 1000 // audience.price
    outcome = _round(game, decision, views, _tiredness(reached, audience.size))
    seen = {**game.seen, decision.audience: reached + views}
    return Game(game.shop, game.seed, (*game.outcomes, outcome), seen)


def lesson(game: Game) -> str:
    """Say in one or two sentences what the rounds so far show about going on or stopping."""
    played = [outcome for outcome in game.outcomes if outcome.budget]
    if not played:
        return "Belum ada iklan yang dipasang. Tidak ada biaya, tidak ada pesanan dari iklan."
    line = break_even_roas(game.shop.contribution)
    if line.value is None:
        return line.sentence
    last = played[-1]
    roas = last.roas.value or Fraction(0)
    if roas < line.value:
        return (
            f"Putaran terakhir: omzet {last.roas.written} biaya iklan, padahal balik modal di "
            f"{line.written}. Berhenti, atau ganti gambar dan sasarannya."
        )
    return (
        f"Putaran terakhir: omzet {last.roas.written} biaya iklan, di atas balik modal "
        f"{line.written}. Boleh lanjut, dan lihat lagi sesudah satu putaran."
    )


def ranking(games: Mapping[str, Game]) -> list[tuple[str, int]]:
    """Give the players and what they have left, best first; equals by name."""
    return sorted(
        ((name, game.profit) for name, game in games.items()), key=lambda p: (-p[1], p[0])
    )


def _round(game: Game, decision: Decision, views: int, fresh: Fraction) -> Outcome:
    audience, creative = AUDIENCES[decision.audience], CREATIVES[decision.creative]
    chance = random.Random(f"{game.seed}/{len(game.outcomes)}")  # noqa: S311 - a game, no secret
    clicks = _drawn(chance, views, audience.click * creative.click * fresh)
    orders = _drawn(chance, clicks, audience.order * creative.order)
    sales = orders * game.shop.price
    profit = orders * (game.shop.price - game.shop.cost) - decision.budget
    return Outcome(decision.budget, views, clicks, orders, sales, profit)


def _drawn(chance: random.Random, tries: int, share: Fraction) -> int:
    """Give how many of `tries` succeed, by the normal curve where there are many."""
    mean = tries * float(share)
    if tries < 1000:
        return sum(chance.random() < share for _ in range(tries))
    spread = (mean * (1 - float(share))) ** 0.5
    return min(max(round(chance.gauss(mean, spread)), 0), tries)


def _tiredness(reached: int, size: int) -> Fraction:
    return max(Fraction(1, 5), 1 - Fraction(reached, 2 * size))
