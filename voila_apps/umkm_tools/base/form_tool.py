"""A desk: a practice tool that reckons while a person types, and keeps nothing of it.

The phone sends its whole form; the answer, or what is wrong with a field, comes back as `result`.
What is half filled in stays on the phone, under the person's token.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Final, Self

import anywidget
import traitlets

from umkm.errors import InputError
from umkm_tools.base.amount_input import UnclearAmount
from umkm_tools.base.scripts import STYLE

_BROKEN: Final = "Ada yang tidak beres. Periksa isian, lalu coba lagi."

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class File:
    """Something a person takes home; `content` is its bytes."""

    name: str
    mime: str
    content: bytes


class Desk(anywidget.AnyWidget):
    """The Python half; a desk of its own overrides `reckon`, and `make` where it gives files.

    Args:
        setup: what its page needs to know from the start.
    """

    _css = STYLE

    setup = traitlets.Dict().tag(sync=True)
    result = traitlets.Dict().tag(sync=True)

    #: Most bytes a phone may hand over with a message; a desk that takes none leaves it.
    most_bytes: ClassVar[int] = 0

    def __init__(self, setup: Mapping[str, Any]) -> None:
        super().__init__()
        self.setup = {**setup, "token": "latihan"}
        self.on_msg(lambda _, message, buffers: self.hear(message, buffers))

    def kept_for(self, token: str) -> Self:
        """Have the phone keep what is filled in under `token`, which tells its users apart."""
        self.setup = {**self.setup, "token": token}
        return self

    def reckon(self, form: Mapping[str, Any]) -> dict[str, Any]:
        """Give what a form comes to, as words and numbers to show.

        Raises:
            InputError: a field cannot be read; `field` says which.
        """
        raise NotImplementedError

    def make(self, what: str, form: Mapping[str, Any]) -> File:
        """Give a file of a form.

        Raises:
            InputError: the form is not ready for it.
        """
        raise InputError("Berkas ini tidak ada.")

    def take(self, content: bytes, form: Mapping[str, Any]) -> dict[str, Any]:
        """Give what a file from the phone comes to.

        Raises:
            InputError: it cannot be read.
        """
        raise InputError("Alat ini tidak menerima berkas.")

    def hear(self, message: object, buffers: object = ()) -> None:
        """Do what a phone asks for, and set what it is told back."""
        if not isinstance(message, Mapping):
            return
        number, form = message.get("number"), message.get("form")
        told: dict[str, Any] = {"number": number if type(number) is int else 0}
        filled = form if isinstance(form, Mapping) else {}
        try:
            match message.get("type"):
                case "reckon":
                    told |= {"ok": True} | self.reckon(filled)
                case "make":
                    self._hand_over(self.make(str(message.get("what")), filled))
                    return
                case "take":
                    told |= {"ok": True} | self.take(self._content(buffers), filled)
                case _:
                    return
        except InputError as error:
            told |= {"ok": False, "message": error.message, "field": error.field}
            if isinstance(error, UnclearAmount):
                told["choices"] = error.choices
        except Exception:
            _log.exception("%s: %s", type(self).__name__, message.get("type"))
            told |= {"ok": False, "message": _BROKEN, "field": ""}
        self.result = told

    def _content(self, buffers: object) -> bytes:
        pieces = buffers if isinstance(buffers, list | tuple) else ()
        content = b"".join(bytes(piece) for piece in pieces)
        if not content:
            raise InputError("Berkasnya kosong. Pilih sekali lagi.", "file")
        if len(content) > self.most_bytes:
            most = self.most_bytes // 1024 // 1024
            raise InputError(f"Berkasnya terlalu besar. Paling besar {most} MB.", "file")
        return content

    def _hand_over(self, file: File) -> None:
        self.send({"type": "file", "name": file.name, "mime": file.mime}, [file.content])
