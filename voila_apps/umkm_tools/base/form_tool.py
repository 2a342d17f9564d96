"""A form tool: a practice tool that calculates while a person types, and stores nothing.

The phone sends its whole form; the result, or the error of a field, comes back as `result`. A form
that is half filled in stays on the phone, under the device key of the person.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Final, Self

import anywidget
import traitlets

from umkm.errors import InputError, UmkmError
from umkm_tools.base.amount_input import UnclearAmount
from umkm_tools.base.page import Apart, at_once
from umkm_tools.base.scripts import STYLE

_BROKEN: Final = "Ada yang tidak beres. Periksa isian, lalu coba lagi."

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class File:
    """A file to download; `content` is its bytes."""

    name: str
    mime: str
    content: bytes


class FormTool(anywidget.AnyWidget):
    """The Python half.

    A subclass overrides `calculate`; `export_file` where it makes files; `import_file` where it reads them.

    Args:
        setup: what its page needs from the start.
        apart: calls what takes long.
    """

    _css = STYLE

    setup = traitlets.Dict().tag(sync=True)
    result = traitlets.Dict().tag(sync=True)

    #: The largest file that a phone may send, in bytes; 0 where the tool reads none.
    most_bytes: ClassVar[int] = 0

    def __init__(self, setup: Mapping[str, Any], apart: Apart = at_once) -> None:
        super().__init__()
        self._apart = apart
        self.setup = {**setup, "token": "latihan"}
        self.on_msg(lambda _, message, buffers: self.on_message(message, buffers))

    def stored_under(self, token: str) -> Self:
        """Set the key under which the phone stores the form; it tells its users apart."""
        self.setup = {**self.setup, "token": token}
        return self

    def calculate(self, form: Mapping[str, Any]) -> dict[str, Any]:
        """Return the result of a form, as words and numbers to show.

        Raises:
            InputError: a field cannot be read; `field` says which.
        """
        raise NotImplementedError

    def export_file(self, what: str, form: Mapping[str, Any]) -> File:
        """Return a file made from a form.

        Raises:
            InputError: the form is not ready for it.
        """
        raise InputError("Berkas ini tidak ada.")

    def import_file(self, content: bytes, form: Mapping[str, Any]) -> dict[str, Any]:
        """Return the result of a file from the phone.

        Raises:
            InputError: it cannot be read.
        """
        raise InputError("Alat ini tidak menerima berkas.")

    def on_message(self, message: object, buffers: object = ()) -> None:
        """Handle a message from the phone, and set the reply."""
        if not isinstance(message, Mapping):
            return
        number, form = message.get("number"), message.get("form")
        reply: dict[str, Any] = {"number": number if type(number) is int else 0}
        filled = form if isinstance(form, Mapping) else {}
        try:
            match message.get("type"):
                case "reckon":
                    reply |= {"ok": True} | self.calculate(filled)
                case "make":
                    self._send_file(self.export_file(str(message.get("what")), filled))
                    return
                case "take":
                    reply |= {"ok": True} | self.import_file(self._content(buffers), filled)
                case _:
                    return
        except InputError as error:
            reply |= {"ok": False, "message": error.message, "field": error.field}
            if isinstance(error, UnclearAmount):
                reply["choices"] = error.choices
        except UmkmError as error:
            reply |= {"ok": False, "message": error.for_people, "field": ""}
        except Exception:
            _log.exception("%s: %s", type(self).__name__, message.get("type"))
            reply |= {"ok": False, "message": _BROKEN, "field": ""}
        self.result = reply

    def _content(self, buffers: object) -> bytes:
        pieces = buffers if isinstance(buffers, list | tuple) else ()
        content = b"".join(bytes(piece) for piece in pieces)
        if not content:
            raise InputError("Berkasnya kosong. Pilih sekali lagi.", "file")
        if len(content) > self.most_bytes:
            most = self.most_bytes // 1024 // 1024
            raise InputError(f"Berkasnya terlalu besar. Paling besar {most} MB.", "file")
        return content

    def _send_file(self, file: File) -> None:
        self.send({"type": "file", "name": file.name, "mime": file.mime}, [file.content])
