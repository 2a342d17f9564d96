"""The seat of a player in the advertising game: in the class's game on the server, or alone in the page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from umkm.errors import InputError
from umkm.marketing.campaign import CLASS_SHOP, STOP, Decision, Game, check, play


@dataclass(frozen=True)
class AdPlace:
    """The state of the game for one player.

    `key` names the round a choice is for, `number` counts rounds from 1; `name` is what the projector
    calls them, empty before they joined. `game` holds the rounds whose result is shown, `choice` what
    they chose in the one that is not.
    """

    key: str
    number: int
    is_shown: bool
    is_open: bool
    name: str = ""
    game: Game = Game(CLASS_SHOP, "")  # noqa: RUF009 - frozen
    choice: Decision | None = None
    rank: int = 0
    players: int = 0


class AdTable(Protocol):
    """The class's game. What cannot be done raises `umkm.UmkmError`, whose message is shown."""

    def seat(self) -> AdPlace | None:
        """Return the player's seat; None where no game is played."""
        ...

    def join(self) -> AdPlace:
        """Add the player to the game."""
        ...

    def choose(self, key: str, choice: Decision) -> AdPlace:
        """Store the choice of the player in that round."""
        ...


class SoloAdTable:
    """A game of one player, kept in the page's kernel: each choice is played at once."""

    def __init__(self, seed: str) -> None:
        self.seed = seed
        self._game = Game(CLASS_SHOP, seed)
        self._is_shown = False

    def seat(self) -> AdPlace:
        """Return the game as it stands."""
        number = len(self._game.outcomes) + (0 if self._is_shown else 1)
        return AdPlace(
            key=str(number),
            number=number,
            is_shown=self._is_shown,
            is_open=not self._game.over,
            name="Anda",
            game=self._game,
        )

    def join(self) -> AdPlace:
        """Return the game as it is: one player is always in it."""
        return self.seat()

    def choose(self, key: str, choice: Decision) -> AdPlace:
        """Play a round.

        Raises:
            InputError: it was played already, or the choice is not on offer.
        """
        if self._is_shown or key != self.seat().key:
            raise InputError("Putaran itu sudah dimainkan. Lihat hasilnya.")
        self._game, self._is_shown = play(self._game, choice), True
        return self.seat()

    def next(self) -> AdPlace:
        """Start the next round; a second tap changes nothing."""
        self._is_shown = self._is_shown and self._game.over
        return self.seat()


def choice_from(message: Mapping[str, Any]) -> Decision:
    """Read what a phone chose; not advertising needs neither people nor a picture.

    Raises:
        InputError: something is not chosen yet, or not on offer.
    """
    budget = message.get("budget")
    if type(budget) is not int:
        raise InputError("Pilih biaya iklannya, atau berhenti.", "budget")
    if budget == 0:
        return STOP
    choice = Decision(budget, str(message.get("audience")), str(message.get("creative")))
    check(choice)
    return choice
