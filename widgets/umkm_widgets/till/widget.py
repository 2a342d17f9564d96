"""The till as a widget: Python knows what is true, each phone shows its side of it."""

import logging
import secrets
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final

import anywidget
import traitlets

from umkm.errors import InputError, UmkmError
from umkm.qris.till import Decision, Role, Sale, by_computer, code_in, decide, pay, release
from umkm_widgets.till.screens import screen
from umkm_widgets.till.tables import ClassTable, Seat, SoloTable
from umkm_widgets.typed_amounts import UnclearAmount, rupiah_in

_HERE: Final = Path(__file__).parent
_PARTS: Final = ("../elements", "../scanning", "till")
_BROKEN: Final = "Ada yang tidak beres. Coba lagi."

_log = logging.getLogger(__name__)


class Till(anywidget.AnyWidget):
    """A place at the cashier game.

    Args:
        table: the class's game; without one, one plays alone.
        seed: of the game alone; another each time by default.
    """

    _esm = "\n".join((_HERE / f"{part}.js").read_text(encoding="utf-8") for part in _PARTS)
    _css = _HERE.parent / "tool.css"

    view = traitlets.Dict().tag(sync=True)
    outcome = traitlets.Dict().tag(sync=True)

    def __init__(self, table: ClassTable | None = None, seed: str = "") -> None:
        super().__init__()
        self._class = table
        self._seed = seed
        self._alone: SoloTable | None = None
        self.on_msg(lambda _, message, buffers: self.hear(message))
        try:
            self._look()
        except UmkmError as error:
            self.view = {"page": "pilih", "game": False}
            self.outcome = {"ok": False, "message": error.message}

    def hear(self, message: object) -> None:
        """Do what a phone asks for, and set what it is told back."""
        if not isinstance(message, Mapping) or message.get("type") not in _DEEDS:
            return
        name = message.get("id")
        told: dict[str, Any] = {"id": name if isinstance(name, str) else "", "ok": True}
        try:
            with self.hold_sync():
                _DEEDS[message["type"]](self, message)
        except InputError as error:
            told |= {"ok": False, "message": error.message, "field": error.field}
            if isinstance(error, UnclearAmount):
                told["choices"] = error.choices
            self._look_again()
        except UmkmError as error:
            told |= {"ok": False, "message": error.message}
            self._look_again()
        except Exception:
            _log.exception("till: %s", message.get("type"))
            told |= {"ok": False, "message": _BROKEN}
        if message["type"] != "look" or not told["ok"]:
            self.outcome = told

    def _look_again(self) -> None:
        """After a refusal: what was on the screen may be of a round that is over."""
        try:
            self._look()
        except UmkmError:
            _log.warning("till: could not be read", exc_info=True)

    def _look(self, _: Mapping[str, Any] | None = None) -> None:
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
            self._look()

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
            raise InputError(_BROKEN)
        code = message.get("code")

        def change(sale: Sale) -> Sale:
            # A tap that was late must not decide over the next buyer.
            if sale.code != code:
                raise InputError("Jual beli itu sudah selesai.")
            return decide(sale, Decision(wanted))

        self._play(Role.MERCHANT, change)

    def _play(self, role: Role, change: Callable[[Sale], Sale]) -> None:
        self._show(self._table.play(role, change))


_DEEDS: Final[Mapping[str, Callable[..., None]]] = {
    "begin": Till._begin,  # noqa: SLF001
    "look": Till._look,  # noqa: SLF001
    "open": Till._open,  # noqa: SLF001
    "visit": Till._visit,  # noqa: SLF001
    "pay": Till._pay,  # noqa: SLF001
    "decide": Till._decide,  # noqa: SLF001
    "computer": lambda self, _: partial(Till._play, self, Role.MERCHANT)(by_computer),  # noqa: SLF001
    "release": lambda self, _: partial(Till._play, self, Role.MERCHANT)(release),  # noqa: SLF001
}
