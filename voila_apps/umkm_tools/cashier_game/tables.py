"""The seat of a player in the cashier game: in the class's game in the records, or alone in the page."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from umkm.errors import InputError
from umkm.qris.cashier_game import Kind, Role, Sale, Score, by_computer, game_alone, score

SOLO_SALES = len(game_alone(""))


@dataclass(frozen=True)
class Seat:
    """The state of the game for one player: round, part (None before joining), sale, and how they decided."""

    number: int = 1
    kind: Kind = Kind.MIXED
    is_open: bool = True
    role: Role | None = None
    sale: Sale | None = None
    own: Score = field(default_factory=Score)


class ClassTable(Protocol):
    """The class's game. What cannot be done raises `umkm.UmkmError`, whose message is shown."""

    def seat(self) -> Seat | None:
        """Return the player's seat; None where no game is played."""
        ...

    def join(self) -> Seat:
        """Add the player to the game."""
        ...

    def open(self) -> Seat:
        """Open the till for the next buyer."""
        ...

    def visit(self, short: str) -> Seat:
        """Visit the till with this short code."""
        ...

    def play(self, role: Role, change: Callable[[Sale], Sale]) -> Seat:
        """Change the sale at hand."""
        ...


class SoloTable:
    """A game of one player, kept in the page's kernel: the computer buys, eight times."""

    def __init__(self, seed: str) -> None:
        self._coming = game_alone(seed)
        self._sales: list[Sale] = []

    def seat(self) -> Seat:
        """Return the till as it stands."""
        over = len(self._sales) == SOLO_SALES and self._sales[-1].decision is not None
        return Seat(
            number=len(self._sales),
            is_open=not over,
            role=Role.MERCHANT,
            sale=self._sales[-1] if self._sales else None,
            own=score(self._sales),
        )

    def join(self) -> Seat:
        """Return the game as it is: one player is always in it."""
        return self.seat()

    def open(self) -> Seat:
        """Play the buyer by the computer, who pays or only pretends to."""
        busy = bool(self._sales) and self._sales[-1].decision is None
        if not busy and len(self._sales) < SOLO_SALES:
            self._sales.append(by_computer(self._coming[len(self._sales)]))
        return self.seat()

    def visit(self, short: str) -> Seat:
        """Raise an error: there is no till but one's own.

        Raises:
            InputError: always.
        """
        raise InputError("Anda sedang bermain sendiri, sebagai penjual.")

    def play(self, role: Role, change: Callable[[Sale], Sale]) -> Seat:
        """Change the sale at hand.

        Raises:
            InputError: there is none, or `change` refuses.
        """
        if not self._sales or role is not Role.MERCHANT:
            raise InputError("Buka kasir dulu.")
        self._sales[-1] = change(self._sales[-1])
        return self.seat()
