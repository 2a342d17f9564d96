"""The advertising game's page: the class's game at the server, or a game alone in the kernel."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from IPython.display import display

from umkm.marketing.campaign import CLASS_SHOP, Decision, Game, Outcome
from umkm_apps.runtime.settings import ERRANDS
from umkm_widgets import AdGame
from umkm_widgets.ad_game.tables import AdPlace

from .api_client import Errands


class ServedAdTable:
    """One participant's place in the class's game; whose it is, the server knows by the ticket."""

    def __init__(self, errands: Errands) -> None:
        self._errands = errands

    def seat(self) -> AdPlace | None:
        """Give where the player sits now; None where no game is played."""
        told = self._errands.ask("ad-seat")
        return _place(told) if told else None

    def join(self) -> AdPlace:
        """Take part."""
        return _place(self._errands.ask("ad-join"))

    def choose(self, key: str, choice: Decision) -> AdPlace:
        """Keep what the player does in that round."""
        told = self._errands.ask(
            "ad-choose",
            key=key,
            budget=choice.budget,
            audience=choice.audience,
            creative=choice.creative,
        )
        return _place(told)


def show_ad_game() -> None:
    """Display the game of the participant whose page this is; elsewhere one plays alone."""
    served = ServedAdTable(Errands.of_this_page()) if ERRANDS in os.environ else None
    display(AdGame(served))


def _place(told: Mapping[str, Any]) -> AdPlace:
    outcomes = tuple(Outcome(*outcome) for outcome in told["outcomes"])
    return AdPlace(
        key=told["key"],
        number=told["number"],
        is_shown=told["is_shown"],
        is_open=told["is_open"],
        name=told["name"],
        game=Game(CLASS_SHOP, "", outcomes),
        choice=Decision(*told["choice"]) if told["choice"] else None,
        rank=told["rank"],
        players=told["players"],
    )
