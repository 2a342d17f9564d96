"""The cashier game's page: the class's game in the records, or a game alone in the kernel."""

from __future__ import annotations

from collections.abc import Callable

from umkm.qris.cashier_game import Role, Sale
from umkm_records import Records
from umkm_records.tools import (
    TillSeat,
    join_till_game,
    open_till,
    play_at_till,
    till_seat,
    visit_till,
)
from umkm_tools.base.page import Reader, ToolPage
from umkm_tools.cashier_game.tables import Seat
from umkm_tools.cashier_game.widget import CashierGame
from umkm_widgets.session import display_here


class RecordsTable:
    """One participant's seat in the class's game; the server alone tells whose it is."""

    def __init__(self, records: Records, reader: Reader) -> None:
        self._records = records
        self._reader = reader

    def seat(self) -> Seat | None:
        """Return the player's seat."""
        self._reader.check(self._records)
        found = till_seat(self._records, self._reader.code)
        return _seat(found) if found else None

    def join(self) -> Seat:
        """Add the player to the game."""
        return _seat(join_till_game(self._records, self._writer()))

    def open(self) -> Seat:
        """Open the till for the next buyer."""
        return _seat(open_till(self._records, self._writer()))

    def visit(self, short: str) -> Seat:
        """Visit the till with this short code."""
        return _seat(visit_till(self._records, self._writer(), short))

    def play(self, role: Role, change: Callable[[Sale], Sale]) -> Seat:
        """Change the sale at hand."""
        return _seat(play_at_till(self._records, self._writer(), role, change))

    def _writer(self) -> str:
        self._reader.begin_write(self._records)
        return self._reader.code


def show(page: ToolPage) -> None:
    """Display the till of the participant whose page this is; elsewhere one plays alone."""
    if page.records is None or page.reader is None:
        display_here(CashierGame())
        return
    records = page.records.of_class(page.cohort)
    display_here(CashierGame(RecordsTable(records, page.reader)))


def _seat(found: TillSeat) -> Seat:
    game = found.game
    return Seat(game.number, game.kind, game.is_open, found.role, found.sale, found.own)
