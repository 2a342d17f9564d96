"""Generates sales from a seed: the shop, what is bought, and the buyer's scenario."""

import random
from dataclasses import replace
from enum import StrEnum
from typing import Final

from umkm.qris.cashier_game.sale import LETTERS, SHORT_CODE, Sale, Scenario

__all__ = ["Kind", "Scenario", "game_alone", "new_sale"]


class Kind(StrEnum):
    """What kind of round it is."""

    HONEST = "jujur"
    MIXED = "campur"


_HONEST: Final = (Scenario.PAID, Scenario.PAID, Scenario.LATE)
# As many who pay as who do not: somebody who refuses everybody must not win.
_MIXED: Final = (
    Scenario.PAID,
    Scenario.PAID,
    Scenario.LATE,
    Scenario.PROOF,
    Scenario.PROOF,
    Scenario.SHORT,
)
# Alone: everything there is to meet, in an order that nobody can know.
_ALONE: Final = (*[Scenario.PAID] * 3, *[Scenario.LATE] * 2, *[Scenario.PROOF] * 2, Scenario.SHORT)
_SHOPS: Final = (
    ("Warung Bu Siti", (("Nasi uduk", 12_000), ("Gorengan 10 buah", 15_000), ("Es teh", 5_000))),
    ("Bengkel Pak Budi", (("Ganti oli", 65_000), ("Tambal ban", 20_000), ("Kampas rem", 45_000))),
    (
        "Keripik Bu Ani",
        (("Keripik talas", 18_000), ("Emping 1 kg", 75_000), ("Rengginang", 25_000)),
    ),
    ("Jahit Bu Lastri", (("Permak celana", 30_000), ("Gamis", 185_000), ("Sarung bantal", 35_000))),
)


def new_sale(seed: str, kind: Kind) -> Sale:
    """Return an open sale; the same seed gives the same one."""
    dice = random.Random(seed)  # noqa: S311  # a game, not a secret
    shop, goods = dice.choice(_SHOPS)
    item, price = dice.choice(goods)
    return Sale(
        code="".join(dice.choice(LETTERS) for _ in range(SHORT_CODE)),
        shop=shop,
        serial=dice.randint(1, 99_999_999),
        item=item,
        price=price,
        dynamic=dice.random() < 0.5,
        scene=dice.choice(_HONEST if kind is Kind.HONEST else _MIXED),
    )


def game_alone(seed: str) -> tuple[Sale, ...]:
    """Return the eight sales of a game alone: three pay at once, two late, three do not."""
    scenes = list(_ALONE)
    random.Random(seed).shuffle(scenes)  # noqa: S311
    return tuple(
        replace(new_sale(f"{seed} {place}", Kind.MIXED), scene=scene, dynamic=True)
        for place, scene in enumerate(scenes)
    )
