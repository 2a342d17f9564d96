"""The advertising game's page: the class's game in the records, or a game of one person."""

from __future__ import annotations

import hashlib

from umkm.marketing.campaign import CLASS_SHOP, Decision, Game
from umkm_records import Records
from umkm_records.tools import AdGameClosed, AdSeat, AdStep, ad_seat, choose_ad, join_ad_game
from umkm_tools.ad_game.tables import AdPlace
from umkm_tools.ad_game.widget import AdGame
from umkm_tools.base.page import Reader, ToolPage
from umkm_widgets.session import display_here


class RecordsAdTable:
    """One participant's seat in the class's game; the server alone tells whose it is.

    The seed stays in the records: what a page is given tells nothing of the luck of the next round.
    """

    def __init__(self, records: Records, reader: Reader) -> None:
        self._records = records
        self._reader = reader

    def seat(self) -> AdPlace | None:
        """Return the player's seat; None where no game is played."""
        self._reader.check(self._records)
        found = ad_seat(self._records, self._reader.code)
        return _place(found) if found else None

    def join(self) -> AdPlace:
        """Add the player to the game."""
        return _place(join_ad_game(self._records, self._writer()))

    def choose(self, key: str, choice: Decision) -> AdPlace:
        """Store the choice of the player in that round."""
        code = self._writer()
        found = ad_seat(self._records, code)
        if found is None or _key(found.step) != key:
            raise AdGameClosed(late=True)
        return _place(choose_ad(self._records, code, found.step, choice))

    def _writer(self) -> str:
        self._reader.begin_write(self._records)
        return self._reader.code


def show(page: ToolPage) -> None:
    """Display the game of the participant whose page this is; elsewhere one plays alone."""
    if page.records is None or page.reader is None:
        display_here(AdGame())
        return
    display_here(AdGame(RecordsAdTable(page.records.of_class(page.cohort), page.reader)))


def _place(seat: AdSeat) -> AdPlace:
    return AdPlace(
        key=_key(seat.step),
        number=seat.step.number,
        is_shown=seat.step.is_shown,
        is_open=seat.step.is_open,
        name=seat.name,
        game=Game(CLASS_SHOP, "", seat.game.outcomes if seat.game else ()),
        choice=seat.choice,
        rank=seat.rank,
        players=seat.players,
    )


def _key(step: AdStep) -> str:
    """Return the key of a round, which does not reveal the seed."""
    return f"{hashlib.sha256(step.seed.encode()).hexdigest()[:12]}-{step.number}"
