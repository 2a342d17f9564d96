"""The advertising game as a widget."""

import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar, Final

from umkm.errors import InputError
from umkm_tools.ad_game.screens import screen
from umkm_tools.ad_game.tables import AdTable, SoloAdTable, choice_from
from umkm_tools.base.multiplayer import MultiplayerGame
from umkm_tools.base.scripts import script

_LUCKS: Final = 10_000


class AdGame(MultiplayerGame):
    """A place at the advertising game.

    Args:
        table: the class's game; without one, one plays alone.
        seed: of the game alone; another each time by default.
    """

    _esm = script(Path(__file__).parent)

    def __init__(self, table: AdTable | None = None, seed: str = "") -> None:
        super().__init__()
        self._class = table
        self._seed = seed
        self._alone: SoloAdTable | None = None
        self.begin_with(screen(None, alone=False))

    def look(self, _: Mapping[str, Any] | None = None) -> None:
        """Show the game as it stands."""
        if self._alone is not None:
            self.view = screen(self._alone.seat(), alone=True, seed=self._alone.seed)
        else:
            self.view = screen(self._class.seat() if self._class else None, alone=False)

    def _begin(self, message: Mapping[str, Any]) -> None:
        self._alone = None
        match message.get("mode"):
            case "sendiri":
                self._alone = SoloAdTable(self._seed or str(secrets.randbelow(_LUCKS)))
            case "ulang":
                self._alone = SoloAdTable(_luck(message.get("seed")))
            case "kelas":
                self._table.join()
        self.look()

    def _choose(self, message: Mapping[str, Any]) -> None:
        self._table.choose(str(message.get("key")), choice_from(message))
        self.look()

    def _next(self, _: Mapping[str, Any]) -> None:
        if self._alone is not None:
            self._alone.next()
        self.look()

    @property
    def _table(self) -> AdTable:
        if self._alone is not None:
            return self._alone
        if self._class is None:
            raise InputError("Simulasi kelas tidak ada di halaman ini. Main sendiri dulu.")
        return self._class

    actions: ClassVar = {"begin": _begin, "look": look, "choose": _choose, "next": _next}


def _luck(typed: object) -> str:
    """Read the number of a game that was played: digits, as it was shown."""
    if not isinstance(typed, str) or not (typed.isascii() and typed.isdigit()) or len(typed) > 4:
        raise InputError("Nomor permainan itu tidak ada. Main dengan nomor baru.", "seed")
    return typed
