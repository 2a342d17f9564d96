"""The price desk as a widget: what a thing costs, what to ask for it, what a discount does.

Nothing typed here is kept on the server: the phone remembers its own list.
"""

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import anywidget
import traitlets

from umkm.errors import InputError
from umkm_widgets.price_desk.reckoning import reckoned
from umkm_widgets.typed_amounts import UnclearAmount

_HERE: Final = Path(__file__).parent
_PARTS: Final = ("../elements", "price_desk")
_MOST_PRODUCTS: Final = 200
_BROKEN: Final = "Ada yang tidak beres. Periksa isian, lalu coba lagi."

_log = logging.getLogger(__name__)


class PriceDesk(anywidget.AnyWidget):
    """Reckons one product at a time, and prints the list that the phone remembers.

    Args:
        business_name: stands on the price list.
        token: tells the lists of several people on one phone apart.
    """

    _esm = "\n".join((_HERE / f"{part}.js").read_text(encoding="utf-8") for part in _PARTS)
    _css = _HERE.parent / "tool.css"

    setup = traitlets.Dict().tag(sync=True)
    result = traitlets.Dict().tag(sync=True)

    def __init__(self, business_name: str = "Usaha saya", token: str = "latihan") -> None:  # noqa: S107
        super().__init__()
        self._business_name = business_name
        self.setup = {"business": business_name, "token": token}
        self.on_msg(lambda _, message, buffers: self.hear(message))

    def hear(self, message: object) -> None:
        """Do what a phone asks for, and set what it is told back."""
        if not isinstance(message, Mapping):
            return
        number = message.get("number")
        told: dict[str, Any] = {"number": number if type(number) is int else 0}
        try:
            match message.get("type"):
                case "reckon":
                    form = message.get("form")
                    told |= {"ok": True} | reckoned(form if isinstance(form, Mapping) else {})
                case "print":
                    self._print(message.get("products"))
                    return
                case _:
                    return
        except InputError as error:
            told |= {"ok": False, "message": error.message, "field": error.field}
            if isinstance(error, UnclearAmount):
                told["choices"] = error.choices
        except Exception:
            _log.exception("price desk: %s", message.get("type"))
            told |= {"ok": False, "message": _BROKEN}
        self.result = told

    def _print(self, products: object) -> None:
        found = [
            (str(name)[:80], str(price)[:30])
            for name, price in (
                (one.get("name"), one.get("price"))
                for one in (products if isinstance(products, list) else [])[:_MOST_PRODUCTS]
                if isinstance(one, Mapping)
            )
            if isinstance(name, str) and isinstance(price, str) and name.strip()
        ]
        if not found:
            raise InputError("Daftar harganya masih kosong. Simpan dulu satu barang.")
        # fpdf loads when the first list is printed.
        from umkm_widgets.price_desk.printing import price_list  # noqa: PLC0415

        content = price_list(self._business_name, found)
        self.send(
            {"type": "file", "name": "daftar-harga.pdf", "mime": "application/pdf"}, [content]
        )
