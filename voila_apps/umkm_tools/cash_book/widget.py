"""The cash book as one widget: what happened is written in three taps, the rest follows.

The browser sends messages that stand on their own and may come twice or forged; a transaction has
the id its phone gave it, so it is written once. What is shown comes from Python alone, as data.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from contextvars import copy_context
from datetime import date
from pathlib import Path
from threading import Thread
from typing import Any, Final, cast

import anywidget
import traitlets

from umkm.bookkeeping import Business, Ledger, Transaction
from umkm.bookkeeping.accounts import BUSINESSES
from umkm.bookkeeping.kinds import UNDO
from umkm.errors import InputError, UmkmError
from umkm.money import format_rupiah
from umkm_tools.base.clock import today_in_serang
from umkm_tools.base.page import Apart, at_once
from umkm_tools.base.scripts import STYLE, script
from umkm_tools.base.spreadsheet_import.packed import is_small_file
from umkm_tools.cash_book.book_store import BookOwner, BookStore, MemoryBookStore
from umkm_tools.cash_book.exporting import FILES, exported
from umkm_tools.cash_book.forms import echo_of, transaction_of
from umkm_tools.cash_book.importing import SideUnknown
from umkm_tools.cash_book.list_preview import Preview, look_through, new_transactions
from umkm_tools.cash_book.sample import sample_book_store
from umkm_tools.cash_book.screens import Look, kinds_for, screen
from umkm_tools.cash_book.screens.old_list import choices_of

_BROKEN: Final = "Ada yang tidak beres. Muat ulang halaman ini, lalu coba lagi."
# Opened by the person's own tap, never by a page.
_WHATSAPP: Final = "https://wa.me/?text="

_log = logging.getLogger(__name__)


class CashBook(anywidget.AnyWidget):
    """Shows one person's cash book, or a sample shop while there is none.

    Args:
        store: stores the book; in memory by default.
        consent: the sentences a person agrees to before a book of their own is begun.
        today: gives the present day.
        apart: calls what takes long.
    """

    # One module, written in parts: a widget's module cannot load another by its path.
    _esm = script(Path(__file__).parent)
    _css = STYLE

    mode = traitlets.Enum(("choose", "sample", "own"), "choose").tag(sync=True)
    setup = traitlets.Dict().tag(sync=True)
    kinds: traitlets.List[Any] = traitlets.List().tag(sync=True)
    view = traitlets.Dict().tag(sync=True)
    echo = traitlets.Dict().tag(sync=True)
    outcome = traitlets.Dict().tag(sync=True)
    found = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        store: BookStore | None = None,
        *,
        consent: tuple[str, ...] = (),
        today: Callable[[], date] = today_in_serang,
        apart: Apart = at_once,
    ) -> None:
        self._own: BookStore = store or MemoryBookStore(BookOwner("Anda", "Usaha saya", "latihan"))
        self._sample: BookStore | None = None
        self._today = today
        self._look = Look(day=today())
        self._apart = apart
        self._list: Preview | None = None
        self._content = b""  # of a list whose side is asked about
        self._making = False
        super().__init__()
        self.setup = {
            "consent": list(consent),
            "businesses": [[name, label] for name, label in BUSINESSES.items()],
            "business": self._own.owner.business_name,
            "token": self._own.owner.token,
            "whatsapp": _WHATSAPP,
        }
        self.on_msg(lambda _, message, buffers: self.on_message(message, buffers))
        self._open()

    def _open(self) -> None:
        try:
            ledger = self._own.read()
        except UmkmError as error:
            self.outcome = {"ok": False, "message": error.for_people}
            return
        if ledger is not None:
            self._show(ledger, "own")

    @property
    def _store(self) -> BookStore:
        return self._sample if self.mode == "sample" and self._sample else self._own

    def _show(self, ledger: Ledger, mode: str) -> None:
        # By day: a phone that stays open over midnight must not write on yesterday.
        today = self._today()
        with self.hold_sync():
            if mode != self.mode or not self.kinds:
                self.kinds = kinds_for(ledger)
            self.mode = mode
            self.view = screen(ledger, self._look, today, self._store.owner)

    def on_message(self, message: object, buffers: Sequence[memoryview | bytes] = ()) -> None:
        """Handle a message from the phone, and set the reply."""
        if not isinstance(message, Mapping) or message.get("type") not in _ACTIONS:
            return
        name = message.get("id")
        reply = {"id": name if isinstance(name, str) else ""}
        try:
            with self.hold_sync():
                more = _ACTIONS[message["type"]](self, message, buffers)
                if more is not None:
                    self.outcome = reply | {"ok": True} | more
        except InputError as error:
            self.outcome = reply | {"ok": False, "message": error.message, "field": error.field}
        except UmkmError as error:
            # Nothing is wrong with what was written: the phone keeps it and tries again.
            self.outcome = reply | {"ok": False, "message": error.for_people, "again": True}
        except Exception:
            _log.exception("cash book: %s", message.get("type"))
            self.outcome = reply | {"ok": False, "message": _BROKEN, "again": True}

    def _begin(self, message: Mapping[str, Any], _: object) -> dict[str, Any] | None:
        today = self._today()
        if message.get("mode") == "sample":
            self._sample = sample_book_store(today, self._own.owner.tax_rule)
            self._look = Look(day=today)
            ledger = self._sample.read()
            assert ledger is not None  # noqa: S101  # a sample shop always has a book
            self._show(ledger, "sample")
            return None
        if message.get("mode") == "own" and message.get("agree") is True:
            business = message.get("business")
            ledger = self._own.begin(cast(Business, business if isinstance(business, str) else ""))
            self._look = Look(day=today)
            self._show(ledger, "own")
            return {"message": "Buku Anda sudah dibuat."}
        self.mode = "choose"
        return None

    def _see(self, message: Mapping[str, Any], _: object) -> None:
        self._look = Look.wanted(message, self._today())
        self._refresh()

    def _refresh(self) -> None:
        ledger = self._store.read()
        if ledger is None:
            self.mode, self.view = "choose", {}
        else:
            self._show(ledger, self.mode)

    def _type(self, message: Mapping[str, Any], _: object) -> None:
        self.echo = echo_of(message.get("text")) | {
            "field": str(message.get("field"))[:20],
            "text": str(message.get("text"))[:300],
        }

    def _write(self, message: Mapping[str, Any], _: object) -> dict[str, Any]:
        form = message.get("form")
        name = message.get("id")
        if self.mode == "choose" or not isinstance(form, Mapping) or not isinstance(name, str):
            raise InputError(_BROKEN)
        new = [transaction_of(form, name)]
        wrong = message.get("corrects")
        if isinstance(wrong, str) and wrong:
            # What replaces it may need the room that it took.
            new.insert(0, Transaction(f"{name[:36]}-b", UNDO, self._today(), undoes=wrong))
        ledger = self._store.write(new, self._today())
        self._show(ledger, self.mode)
        return {"message": _written(ledger, name), "undo": name}

    def _undo(self, message: Mapping[str, Any], _: object) -> dict[str, Any]:
        name, target = message.get("id"), message.get("target")
        if not isinstance(name, str) or not isinstance(target, str):
            raise InputError(_BROKEN)
        undo = Transaction(name, UNDO, self._today(), undoes=target)
        self._show(self._store.write([undo], self._today()), self.mode)
        return {"message": "Catatan dibatalkan."}

    def _erase(self, _: Mapping[str, Any], __: object) -> dict[str, Any]:
        self._store.erase()
        self._sample, self._list, self._content = None, None, b""
        self.mode, self.view, self.found = "choose", {}, {}
        return {"message": "Buku sudah dihapus. Tidak ada yang tersisa."}

    def _file(self, message: Mapping[str, Any], _: object) -> None:
        ledger, what = self._store.read(), message.get("what")
        if ledger is None or what not in FILES:
            raise InputError(_BROKEN)
        if self._making:
            return
        self._making = True
        # The page goes on meanwhile. A ledger never changes, so what is written down now is not in the file.
        made_of = (what, ledger, self._look, self._today(), self._store.owner)
        Thread(
            target=copy_context().run,
            args=(self._make_file, *made_of),
            name="cash-book-file",
            daemon=True,
        ).start()

    def _make_file(self, *made_of: Any) -> None:
        """Send a file, or what is wrong: only messages, as the widget's state belongs to other threads."""
        try:
            file = self._apart(exported, *made_of)
        except UmkmError as error:
            self.send({"type": "no-file", "message": error.for_people})
        except Exception:
            _log.exception("cash book: a file")
            self.send({"type": "no-file", "message": _BROKEN})
        else:
            self.send({"type": "file", "name": file.name, "mime": file.mime}, [file.content])
        finally:
            self._making = False

    def _take_list(self, message: Mapping[str, Any], buffers: Sequence[memoryview | bytes]) -> None:
        self.found, self._list = {}, None
        side = message.get("side")
        content, self._content = bytes(buffers[0]) if buffers else self._content, b""
        ledger = self._store.read()
        if ledger is None:
            raise InputError(_BROKEN)
        look = at_once if is_small_file(content) else self._apart
        try:
            self._list = look(
                look_through, content, self._today(), side if isinstance(side, str) else "", ledger
            )
        except SideUnknown as error:
            # It could be read, so it is no larger than a list may be.
            self._content = content
            self.found = {"side": error.message}
            return
        self.found = self._list.shown

    def _accept_list(self, message: Mapping[str, Any], __: object) -> dict[str, Any]:
        before = self._store.read()
        if self._list is None or before is None:
            raise InputError("Pilih dulu berkasnya.")
        take = at_once if self._list.is_small else self._apart
        new = take(new_transactions, self._list, before, choices_of(message.get("choices")))
        ledger, refused = self._store.write_list(new, self._today())
        self._list, self.found = None, {}
        self._show(ledger, self.mode)
        added = len(ledger.transactions) - len(before.transactions)
        text = f"{added} catatan masuk ke buku."
        if refused:
            text += f" {len(refused)} tidak bisa masuk: {refused[0].error.message}"
        return {"message": text}

    def _drop_list(self, _: Mapping[str, Any], __: object) -> None:
        self._list, self.found, self._content = None, {}, b""


_ACTIONS: Final[Mapping[str, Callable[..., dict[str, Any] | None]]] = {
    "begin": CashBook._begin,  # noqa: SLF001
    "look": CashBook._see,  # noqa: SLF001
    "type": CashBook._type,  # noqa: SLF001
    "write": CashBook._write,  # noqa: SLF001
    "undo": CashBook._undo,  # noqa: SLF001
    "erase": CashBook._erase,  # noqa: SLF001
    "file": CashBook._file,  # noqa: SLF001
    "list": CashBook._take_list,  # noqa: SLF001
    "accept": CashBook._accept_list,  # noqa: SLF001
    "drop": CashBook._drop_list,  # noqa: SLF001
}


def _written(ledger: Ledger, name: str) -> str:
    transaction = ledger.by_id[name]
    return f"Tersimpan: {transaction.label} {format_rupiah(transaction.amount)}."
