"""The advertising game's page: the class's game at the server, or a game alone in the kernel."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from IPython.display import display

from umkm.marketing.campaign import CLASS_SHOP, Decision, Game, Outcome
from umkm_tools.ad_game.tables import AdPlace
from umkm_tools.ad_game.widget import AdGame
from umkm_tools.base.page import Ask, ToolPage


class ServedAdTable:
    """One participant's seat in the class's game; the server knows whose it is by the page token."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    def seat(self) -> AdPlace | None:
        """Return the player's seat; None where no game is played."""
        reply = self._ask("ad-seat")
        return _place(reply) if reply else None

    def join(self) -> AdPlace:
        """Add the player to the game."""
        return _place(self._ask("ad-join"))

    def choose(self, key: str, choice: Decision) -> AdPlace:
        """Store the choice of the player in that round."""
        reply = self._ask(
            "ad-choose",
            key=key,
            budget=choice.budget,
            audience=choice.audience,
            creative=choice.creative,
        )
        return _place(reply)


def show(page: ToolPage) -> None:
    """Display the game of the participant whose page this is; elsewhere one plays alone."""
    display(AdGame(ServedAdTable(page.ask) if page.ask else None))


def _place(reply: Mapping[str, Any]) -> AdPlace:
    outcomes = tuple(Outcome(*outcome) for outcome in reply["outcomes"])
    return AdPlace(
        key=reply["key"],
        number=reply["number"],
        is_shown=reply["is_shown"],
        is_open=reply["is_open"],
        name=reply["name"],
        game=Game(CLASS_SHOP, "", outcomes),
        choice=Decision(*reply["choice"]) if reply["choice"] else None,
        rank=reply["rank"],
        players=reply["players"],
    )
