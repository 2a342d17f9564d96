"""The cashier game as a widget: Python holds the state, each phone shows its own part."""

import secrets
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, ClassVar

from umkm.errors import InputError
from umkm.qris.cashier_game import Decision, Role, Sale, by_computer, code_in, decide, pay, release
from umkm_tools.base.amount_input import rupiah_in
from umkm_tools.base.multiplayer import BROKEN, MultiplayerGame
from umkm_tools.base.scripts import script
from umkm_tools.cashier_game.screens import screen
from umkm_tools.cashier_game.tables import ClassTable, Seat, SoloTable


class CashierGame(MultiplayerGame):
    """A place at the cashier game.

    Args:
        table: the class's game; without one, one plays alone.
        seed: of the game alone; another each time by default.
    """

    _esm = script(Path(__file__).parent)

    def __init__(self, table: ClassTable | None = None, seed: str = "") -> None:
        super().__init__()
        self._class = table
        self._seed = seed
        self._alone: SoloTable | None = None
        self.begin_with({"page": "pilih", "game": False})

    def look(self, _: Mapping[str, Any] | None = None) -> None:
        """Show the game as it stands."""
        if self._alone is not None:
            self._show(self._alone.seat())
        else:
            self._show(self._class.seat() if self._class else None)

    def _show(self, seat: Seat | None) -> None:
        self.view = screen(seat, alone=self._alone is not None)

    @property
    def _table(self) -> ClassTable:
        if self._alone is not None:
            return self._alone
        if self._class is None:
            raise InputError("Simulasi kelas tidak ada di halaman ini. Main sendiri dulu.")
        return self._class

    def _begin(self, message: Mapping[str, Any]) -> None:
        self._alone = None
        if message.get("mode") == "sendiri":
            self._alone = SoloTable(self._seed or secrets.token_hex(8))
            self._show(self._alone.seat())
        elif message.get("mode") == "kelas":
            self._show(self._table.join())
        else:
            self.look()

    def _open(self, _: Mapping[str, Any]) -> None:
        self._show(self._table.open())

    def _visit(self, message: Mapping[str, Any]) -> None:
        self._show(self._table.visit(code_in(message.get("text"))))

    def _pay(self, message: Mapping[str, Any]) -> None:
        typed = rupiah_in(message, "amount", "Jumlah")
        self._play(Role.BUYER, lambda sale: pay(sale, typed))

    def _decide(self, message: Mapping[str, Any]) -> None:
        wanted = message.get("decision")
        if wanted not in set(Decision):
            raise InputError(BROKEN)
        code = message.get("code")

        def change(sale: Sale) -> Sale:
            # A tap that was late must not decide over the next buyer.
            if sale.code != code:
                raise InputError("Jual beli itu sudah selesai.")
            return decide(sale, Decision(wanted))

        self._play(Role.MERCHANT, change)

    def _play(self, role: Role, change: Callable[[Sale], Sale]) -> None:
        self._show(self._table.play(role, change))

    def _computer(self, _: Mapping[str, Any]) -> None:
        self._play(Role.MERCHANT, by_computer)

    def _release(self, _: Mapping[str, Any]) -> None:
        self._play(Role.MERCHANT, release)

    actions: ClassVar = {
        "begin": _begin,
        "look": look,
        "open": _open,
        "visit": _visit,
        "pay": _pay,
        "decide": _decide,
        "computer": _computer,
        "release": _release,
    }
