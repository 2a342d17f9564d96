"""A game on phones: Python knows what is true, each phone shows its side of it as `view`."""

import logging
from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Final

import anywidget
import traitlets

from umkm.errors import InputError, UmkmError
from umkm_tools.base.amount_input import UnclearAmount
from umkm_tools.base.scripts import STYLE

BROKEN: Final = "Ada yang tidak beres. Coba lagi."

_log = logging.getLogger(__name__)


class PhoneGame(anywidget.AnyWidget):
    """The Python half; a game of its own names its `deeds` and how it looks."""

    _css = STYLE

    view = traitlets.Dict().tag(sync=True)
    outcome = traitlets.Dict().tag(sync=True)

    #: What a phone may ask for, by the message's type; `look` asks for nothing.
    deeds: ClassVar[Mapping[str, Callable[[Any, Mapping[str, Any]], None]]] = {}

    def __init__(self) -> None:
        super().__init__()
        self.on_msg(lambda _, message, buffers: self.hear(message))

    def look(self, _: Mapping[str, Any] | None = None) -> None:
        """Set `view` to what this phone shows now.

        Raises:
            UmkmError: that cannot be known now.
        """
        raise NotImplementedError

    def begin_with(self, unknown: Mapping[str, Any]) -> None:
        """Look for the first time; where nothing can be known, show `unknown` and say why."""
        try:
            self.look()
        except UmkmError as error:
            self.view = dict(unknown)
            self.outcome = {"ok": False, "message": error.for_people}

    def hear(self, message: object) -> None:
        """Do what a phone asks for, and set what it is told back."""
        if not isinstance(message, Mapping) or not isinstance(message.get("type"), str):
            return
        if (deed := self.deeds.get(message["type"])) is None:
            return
        name = message.get("id")
        told: dict[str, Any] = {"id": name if isinstance(name, str) else "", "ok": True}
        try:
            with self.hold_sync():
                deed(self, message)
        except UmkmError as error:
            told |= {"ok": False, "message": error.for_people}
            if isinstance(error, InputError):
                told["field"] = error.field
            if isinstance(error, UnclearAmount):
                told["choices"] = error.choices
            self._look_again()
        except Exception:
            _log.exception("%s: %s", type(self).__name__, message["type"])
            told |= {"ok": False, "message": BROKEN}
        if message["type"] != "look" or not told["ok"]:
            self.outcome = told

    def _look_again(self) -> None:
        """After a refusal: what was on the screen may be of a round that is over."""
        try:
            self.look()
        except UmkmError:
            _log.warning("%s: could not be read", type(self).__name__, exc_info=True)
