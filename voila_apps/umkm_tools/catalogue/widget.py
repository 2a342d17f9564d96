"""The catalogue as a widget: products are written down, put in order, looked at and taken home.

Everything shown is made in Python and sent as data. Each deed is done to the catalogue as it stands
in the shelf, and leaves behind what undoes it.
"""

import logging
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Final

import anywidget
import traitlets

from umkm.errors import InputError, UmkmError
from umkm.marketing import Product, Seller, Storefront, product_of, seller_of
from umkm.marketing.storefront import LONGEST_NAME, LONGEST_TEXT, MOST_PRODUCTS
from umkm.money import format_rupiah
from umkm_tools.base.amount_input import UnclearAmount, rupiah_in
from umkm_tools.base.clock import today_in_serang
from umkm_tools.base.form_tool import File
from umkm_tools.base.scripts import STYLE, script
from umkm_tools.catalogue.sample import sample_storefront
from umkm_tools.catalogue.shelf import Change, MemoryStorefront, StorefrontShelf
from umkm_tools.catalogue.taking_home import TakingHome

_BROKEN: Final = "Ada yang tidak beres. Coba lagi."
_ID: Final = re.compile(r"[a-z0-9-]{1,40}")
_PHOTO: Final = re.compile(r"[0-9a-f]{64}")

_log = logging.getLogger(__name__)


class StorefrontDesk(anywidget.AnyWidget):
    """Keeps and makes a person's catalogue.

    Args:
        shelf: where it is kept; None keeps it as long as the page.
        consent: what a person agrees to before it is kept.
        today: gives the present day.
    """

    _esm = script(Path(__file__).parent)
    _css = STYLE

    setup = traitlets.Dict().tag(sync=True)
    view = traitlets.Dict().tag(sync=True)
    outcome = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        shelf: StorefrontShelf | None = None,
        consent: Sequence[str] = (),
        *,
        today: Callable[[], date] = today_in_serang,
    ) -> None:
        super().__init__()
        self._own: StorefrontShelf = shelf or MemoryStorefront(Seller("Usaha saya"))
        self._shelf = self._own
        self._today = today
        self._undo: Change | None = None
        self._answered = ""
        self._home = TakingHome()
        self.setup = {
            "token": self._own.token,
            "consent": list(consent),
            "most": MOST_PRODUCTS,
            "longest_name": LONGEST_NAME,
            "longest_text": LONGEST_TEXT,
        }
        self.on_msg(lambda _, message, __: self.hear(message))
        try:
            self._show(self._own.read())
        except UmkmError:
            # The page asks again as it is drawn, and shows what is wrong then.
            self._show(None)

    def hear(self, message: object) -> None:
        """Do what a phone asks for, and set what it is told back."""
        if not isinstance(message, Mapping) or message.get("type") not in _DEEDS:
            return
        name = message["id"] if isinstance(message.get("id"), str) else ""
        if name and name == self._answered:
            # A phone that did not hear the answer asks again; what is done is not done twice.
            self.send_state(("view", "outcome"))
            return
        told: dict[str, Any] = {"id": name, "ok": True}
        try:
            told |= _DEEDS[message["type"]](self, message) or {}
        except UmkmError as error:
            field = error.field if isinstance(error, InputError) else ""
            told |= {"ok": False, "message": error.for_people, "field": field}
            if isinstance(error, UnclearAmount):
                told["choices"] = error.choices
        except Exception:
            _log.exception("storefront: %s", message.get("type"))
            told |= {"ok": False, "message": _BROKEN, "field": ""}
        told["undo"] = bool(told["ok"] and told.get("message") and self._undo)
        self.outcome = told
        # A file may be lost on the way, and is made again.
        self._answered = name if message["type"] not in {"make", "look"} else ""

    def _look(self, _: Mapping[str, Any]) -> None:
        """Show the catalogue as another phone may have left it."""
        self._show(self._shelf.read())

    def _begin(self, _: Mapping[str, Any]) -> None:
        self._shelf, self._undo = self._own, None
        self._show(self._own.begin())

    def _try_sample(self, _: Mapping[str, Any]) -> None:
        sample = sample_storefront(self._own.seller.phone)
        self._shelf, self._undo = MemoryStorefront(sample.seller, sample), None
        self._show(sample)

    def _leave(self, _: Mapping[str, Any]) -> None:
        self._shelf, self._undo = self._own, None
        self._show(self._own.read())

    def _describe(self, message: Mapping[str, Any]) -> dict[str, Any]:
        seller = seller_of(message.get("name"), message.get("phone"), message.get("about"))
        before = self._now().seller
        self._change(
            lambda now: replace(now, seller=seller), lambda now: replace(now, seller=before)
        )
        return {"message": "Nama dan nomor tersimpan."}

    def _save(self, message: Mapping[str, Any]) -> dict[str, Any]:
        price = rupiah_in(message, "price", "Harga", needed=True)
        made = product_of(
            _id_in(message),
            message.get("name"),
            price,
            message.get("description"),
            _photo_in(message),
        )
        now = self._now()
        if now.has(made.id):
            before = now.products[now.place_of(made.id)]
            self._change(lambda now: now.put(made), lambda now: now.put(before))
        else:
            self._change(lambda now: now.put(made), lambda now: now.without(made.id))
        return {"message": f"{made.name} tersimpan."}

    def _attach(self, message: Mapping[str, Any]) -> dict[str, Any]:
        """A photo that arrived after its product was written down."""
        name, photo = _id_in(message), _photo_in(message)

        def attached(now: Storefront) -> Storefront:
            return now.put(replace(now.products[now.place_of(name)], photo=photo))

        if self._now().has(name):
            self._change(attached, None)
        return {}

    def _delete(self, message: Mapping[str, Any]) -> dict[str, Any]:
        now = self._now()
        place = now.place_of(_id_in(message))
        gone = now.products[place]
        self._change(lambda now: now.without(gone.id), lambda now: _put_back(now, gone, place))
        return {"message": f"{gone.name} dihapus."}

    def _move(self, message: Mapping[str, Any]) -> dict[str, Any]:
        name = _id_in(message)
        place = self._now().place_of(name)
        step = -1 if message.get("by") == -1 else 1
        self._change(
            lambda now: now.moved(name, now.place_of(name) + step),
            lambda now: now.moved(name, place),
        )
        return {}

    def _take_back(self, _: Mapping[str, Any]) -> dict[str, Any]:
        if self._undo is None:
            raise InputError("Tidak ada yang bisa diurungkan.")
        self._change(self._undo, None)
        return {"message": "Sudah dikembalikan."}

    def _make(self, message: Mapping[str, Any]) -> None:
        now = self._now()
        if message.get("what") == "pdf":
            self._hand_over("file", self._home.price_list(now))
        else:
            kind = "preview" if message.get("what") == "preview" else "file"
            self._hand_over(kind, self._home.page(now, self._shelf, self._today()))

    def _erase(self, _: Mapping[str, Any]) -> dict[str, Any]:
        self._shelf, self._undo = self._own, None
        self._own.erase()
        self._show(None)
        return {"message": "Katalog Anda sudah dihapus dari laptop kelas."}

    def _now(self) -> Storefront:
        now = self._shelf.read()
        if now is None:
            raise InputError("Katalog ini sudah dihapus. Muat ulang halaman ini.")
        return now

    def _change(self, change: Change, undo: Change | None) -> None:
        now = self._shelf.change(change)
        self._undo = undo
        self._show(now)

    def _hand_over(self, kind: str, file: File) -> None:
        self.send({"type": kind, "name": file.name, "mime": file.mime}, [file.content])

    def _show(self, now: Storefront | None) -> None:
        if now is None:
            self.view = {"mode": "start", "products": []}
            return
        self.view = {
            "mode": "own" if self._shelf is self._own else "sample",
            "seller": {
                "name": now.seller.name,
                "phone": _dialled(now.seller.phone),
                "about": now.seller.about,
            },
            "products": [_shown(product) for product in now.products],
        }


def _shown(product: Product) -> dict[str, str]:
    return {
        "id": product.id,
        "name": product.name,
        "price": format_rupiah(product.price),
        "description": product.description,
        "photo": product.photo,
    }


def _dialled(phone: str) -> str:
    return f"0{phone.removeprefix('+62')}" if phone else ""


def _put_back(now: Storefront, gone: Product, place: int) -> Storefront:
    return now if now.has(gone.id) else now.inserted(gone, place)


def _id_in(message: Mapping[str, Any]) -> str:
    name = message.get("product")
    if not isinstance(name, str) or not _ID.fullmatch(name):
        raise InputError(_BROKEN)
    return name


def _photo_in(message: Mapping[str, Any]) -> str:
    photo = message.get("photo")
    return photo if isinstance(photo, str) and _PHOTO.fullmatch(photo) else ""


_DEEDS: Final[Mapping[str, Callable[..., dict[str, Any] | None]]] = {
    "look": StorefrontDesk._look,  # noqa: SLF001
    "begin": StorefrontDesk._begin,  # noqa: SLF001
    "sample": StorefrontDesk._try_sample,  # noqa: SLF001
    "leave": StorefrontDesk._leave,  # noqa: SLF001
    "describe": StorefrontDesk._describe,  # noqa: SLF001
    "save": StorefrontDesk._save,  # noqa: SLF001
    "attach": StorefrontDesk._attach,  # noqa: SLF001
    "delete": StorefrontDesk._delete,  # noqa: SLF001
    "move": StorefrontDesk._move,  # noqa: SLF001
    "undo": StorefrontDesk._take_back,  # noqa: SLF001
    "make": StorefrontDesk._make,
    "erase": StorefrontDesk._erase,  # noqa: SLF001
}
