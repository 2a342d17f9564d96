"""A game for several phones: Python holds its state, each phone shows its own part as `view`."""

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


class MultiplayerGame(anywidget.AnyWidget):
    """The Python half. A subclass sets `actions` and overrides `look`."""

    _css = STYLE

    view = traitlets.Dict().tag(sync=True)
    outcome = traitlets.Dict().tag(sync=True)

    #: What a phone may do, by the message's type; `look` only reads.
    actions: ClassVar[Mapping[str, Callable[[Any, Mapping[str, Any]], None]]] = {}

    def __init__(self) -> None:
        super().__init__()
        self.on_msg(lambda _, message, buffers: self.on_message(message))

    def look(self, _: Mapping[str, Any] | None = None) -> None:
        """Set `view` to the present state of this phone.

        Raises:
            UmkmError: that cannot be known now.
        """
        raise NotImplementedError

    def begin_with(self, unknown: Mapping[str, Any]) -> None:
        """Set the first `view`; where the state cannot be read, `unknown` and the reason."""
        try:
            self.look()
        except UmkmError as error:
            self.view = dict(unknown)
            self.outcome = {"ok": False, "message": error.for_people}

    def on_message(self, message: object) -> None:
        """Handle a message from the phone, and set the reply."""
        if not isinstance(message, Mapping) or not isinstance(message.get("type"), str):
            return
        if (action := self.actions.get(message["type"])) is None:
            return
        name = message.get("id")
        reply: dict[str, Any] = {"id": name if isinstance(name, str) else "", "ok": True}
        try:
            with self.hold_sync():
                action(self, message)
        except UmkmError as error:
            reply |= {"ok": False, "message": error.for_people}
            if isinstance(error, InputError):
                reply["field"] = error.field
            if isinstance(error, UnclearAmount):
                reply["choices"] = error.choices
            self._look_again()
        except Exception:
            _log.exception("%s: %s", type(self).__name__, message["type"])
            reply |= {"ok": False, "message": BROKEN}
        if message["type"] != "look" or not reply["ok"]:
            self.outcome = reply

    def _look_again(self) -> None:
        """Refresh after a refusal: what was on the screen may be of a round that is over."""
        try:
            self.look()
        except UmkmError:
            _log.warning("%s: could not be read", type(self).__name__, exc_info=True)
