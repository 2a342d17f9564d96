"""The catalogue as a widget: products are saved, put in order, previewed and exported.

Everything shown is made in Python and sent as data. Each action changes the catalogue as it is
stored, and notes the action that undoes it.
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
from umkm_tools.base.page import Apart, at_once
from umkm_tools.base.scripts import STYLE, script
from umkm_tools.catalogue.catalogue_store import CatalogueStore, Change, MemoryCatalogueStore
from umkm_tools.catalogue.export import CatalogueExport
from umkm_tools.catalogue.sample import sample_storefront

_BROKEN: Final = "Ada yang tidak beres. Coba lagi."
_ID: Final = re.compile(r"[a-z0-9-]{1,40}")
_PHOTO: Final = re.compile(r"[0-9a-f]{64}")

_log = logging.getLogger(__name__)


class CatalogueTool(anywidget.AnyWidget):
    """Keeps and makes a person's catalogue.

    Args:
        store: stores it; in memory by default.
        consent: what a person agrees to before it is kept.
        today: gives the present day.
        apart: calls what takes long.
    """

    _esm = script(Path(__file__).parent)
    _css = STYLE

    setup = traitlets.Dict().tag(sync=True)
    view = traitlets.Dict().tag(sync=True)
    outcome = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        store: CatalogueStore | None = None,
        consent: Sequence[str] = (),
        *,
        today: Callable[[], date] = today_in_serang,
        apart: Apart = at_once,
    ) -> None:
        super().__init__()
        self._own: CatalogueStore = store or MemoryCatalogueStore(Seller("Usaha saya"))
        self._store = self._own
        self._today = today
        self._undo: Change | None = None
        self._answered = ""
        self._home = CatalogueExport(apart)
        self.setup = {
            "token": self._own.token,
            "consent": list(consent),
            "most": MOST_PRODUCTS,
            "longest_name": LONGEST_NAME,
            "longest_text": LONGEST_TEXT,
        }
        self.on_msg(lambda _, message, __: self.on_message(message))
        try:
            self._show(self._own.read())
        except UmkmError:
            # The page asks again as it is drawn, and shows what is wrong then.
            self._show(None)

    def on_message(self, message: object) -> None:
        """Handle a message from the phone, and set the reply."""
        if not isinstance(message, Mapping) or message.get("type") not in _ACTIONS:
            return
        name = message["id"] if isinstance(message.get("id"), str) else ""
        if name and name == self._answered:
            # A phone that did not hear the answer asks again; what is done is not done twice.
            self.send_state(("view", "outcome"))
            return
        reply: dict[str, Any] = {"id": name, "ok": True}
        try:
            reply |= _ACTIONS[message["type"]](self, message) or {}
        except UmkmError as error:
            field = error.field if isinstance(error, InputError) else ""
            reply |= {"ok": False, "message": error.for_people, "field": field}
            if isinstance(error, UnclearAmount):
                reply["choices"] = error.choices
        except Exception:
            _log.exception("storefront: %s", message.get("type"))
            reply |= {"ok": False, "message": _BROKEN, "field": ""}
        reply["undo"] = bool(reply["ok"] and reply.get("message") and self._undo)
        self.outcome = reply
        # A file may be lost on the way, and is made again.
        self._answered = name if message["type"] not in {"make", "look"} else ""

    def _look(self, _: Mapping[str, Any]) -> None:
        """Show the catalogue as another phone may have left it."""
        self._show(self._store.read())

    def _begin(self, _: Mapping[str, Any]) -> None:
        self._store, self._undo = self._own, None
        self._show(self._own.begin())

    def _try_sample(self, _: Mapping[str, Any]) -> None:
        sample = sample_storefront(self._own.seller.phone)
        self._store, self._undo = MemoryCatalogueStore(sample.seller, sample), None
        self._show(sample)

    def _leave(self, _: Mapping[str, Any]) -> None:
        self._store, self._undo = self._own, None
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
        """Add a photo that arrived after its product was saved."""
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
            self._send_file("file", self._home.price_list(now))
        else:
            kind = "preview" if message.get("what") == "preview" else "file"
            self._send_file(kind, self._home.page(now, self._store, self._today()))

    def _erase(self, _: Mapping[str, Any]) -> dict[str, Any]:
        self._store, self._undo = self._own, None
        self._own.erase()
        self._show(None)
        return {"message": "Katalog Anda sudah dihapus dari laptop kelas."}

    def _now(self) -> Storefront:
        now = self._store.read()
        if now is None:
            raise InputError("Katalog ini sudah dihapus. Muat ulang halaman ini.")
        return now

    def _change(self, change: Change, undo: Change | None) -> None:
        now = self._store.change(change)
        self._undo = undo
        self._show(now)

    def _send_file(self, kind: str, file: File) -> None:
        self.send({"type": kind, "name": file.name, "mime": file.mime}, [file.content])

    def _show(self, now: Storefront | None) -> None:
        if now is None:
            self.view = {"mode": "start", "products": []}
            return
        self.view = {
            "mode": "own" if self._store is self._own else "sample",
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


_ACTIONS: Final[Mapping[str, Callable[..., dict[str, Any] | None]]] = {
    "look": CatalogueTool._look,  # noqa: SLF001
    "begin": CatalogueTool._begin,  # noqa: SLF001
    "sample": CatalogueTool._try_sample,  # noqa: SLF001
    "leave": CatalogueTool._leave,  # noqa: SLF001
    "describe": CatalogueTool._describe,  # noqa: SLF001
    "save": CatalogueTool._save,  # noqa: SLF001
    "attach": CatalogueTool._attach,  # noqa: SLF001
    "delete": CatalogueTool._delete,  # noqa: SLF001
    "move": CatalogueTool._move,  # noqa: SLF001
    "undo": CatalogueTool._take_back,  # noqa: SLF001
    "make": CatalogueTool._make,
    "erase": CatalogueTool._erase,  # noqa: SLF001
}
