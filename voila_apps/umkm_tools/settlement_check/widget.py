"""Settlement check as a widget: a provider's list against the cash book or a list of one's own.

Files stay in the page's memory and end with it. The phone remembers which column was what, by the
headings of the list; only what a person asks to book is kept.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

import anywidget
import traitlets

from umkm.bookkeeping import Transaction
from umkm.errors import InputError, UmkmError
from umkm.qris import BookEntry
from umkm_tools.base.clock import today_in_serang
from umkm_tools.base.page import Apart, at_once
from umkm_tools.base.scripts import STYLE, script
from umkm_tools.base.spreadsheet_import.headings import usable
from umkm_tools.base.spreadsheet_import.packed import PackedList, is_small_file
from umkm_tools.cash_book.book_store import BookOwner, BookStore, MemoryBookStore
from umkm_tools.qris_fees.rates import CLASSES, Rates
from umkm_tools.settlement_check.answer import Brought, answer, take_list
from umkm_tools.settlement_check.comparing import book_entries
from umkm_tools.settlement_check.reading import FIELDS
from umkm_tools.settlement_check.sample import sample_book, sample_list

_BROKEN: Final = "Ada yang tidak beres. Coba lagi."
_NO_BOOK: Final = (
    "Anda belum punya Buku kas. Buat dulu lewat alat Buku kas, atau pilih berkas catatan Anda."
)
_SIDES: Final = ("provider", "mine")

_log = logging.getLogger(__name__)


class SettlementCheck(anywidget.AnyWidget):
    """Compares a provider's settlement list with what a shopkeeper wrote down.

    Args:
        store: the person's cash book, read only when they ask for it.
        rates: to check fees by; None checks none.
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
        store: BookStore | None = None,
        rates: Rates | None = None,
        *,
        today: Callable[[], date] = today_in_serang,
        apart: Apart = at_once,
    ) -> None:
        super().__init__()
        self._apart = apart
        self._store: BookStore = store or MemoryBookStore(
            BookOwner("Anda", "Usaha saya", "latihan")
        )
        self._rates = rates
        self._today = today
        self._forget()
        self.setup = {
            "token": self._store.owner.token,
            "fields": [[name, label] for name, label in FIELDS.labels.items()],
            "classes": [[name, label] for name, (label, _) in CLASSES.items()] if rates else [],
        }
        self.on_msg(lambda _, message, buffers: self.on_message(message, buffers))

    def _forget(self) -> None:
        self._lists: dict[str, PackedList] = {}
        self._columns: dict[str, dict[str, int]] = {}
        self._from_book = False
        self._sample: list[BookEntry] | None = None
        self._missing: tuple[Transaction, ...] = ()
        self._class = ""

    def on_message(self, message: object, buffers: Sequence[memoryview | bytes] = ()) -> None:
        """Handle a message from the phone, and set the reply."""
        if not isinstance(message, Mapping) or message.get("type") not in _ACTIONS:
            return
        name = message.get("id")
        reply: dict[str, Any] = {"id": name if isinstance(name, str) else "", "ok": True}
        try:
            with self.hold_sync():
                reply |= _ACTIONS[message["type"]](self, message, buffers) or {}
                self._show()
        except UmkmError as error:
            reply |= {"ok": False, "message": error.for_people}
        except Exception:
            _log.exception("settlement check: %s", message.get("type"))
            reply |= {"ok": False, "message": _BROKEN}
        self.outcome = reply

    def _take(self, message: Mapping[str, Any], buffers: Sequence[memoryview | bytes]) -> None:
        side = message.get("side")
        if side not in _SIDES:
            raise InputError(_BROKEN)
        content = bytes(buffers[0]) if buffers else b""
        take = at_once if is_small_file(content) else self._apart
        listed = take(take_list, content)
        kept = message.get("remembered")
        known = kept.get(listed.signature) if isinstance(kept, Mapping) else None
        if self._sample is not None:
            self._forget()
        self._lists[side] = listed
        self._columns[side] = usable(listed.headings, FIELDS, known) or dict(listed.guess)
        if side == "mine":
            self._from_book = False

    def _choose(self, message: Mapping[str, Any], _: object) -> None:
        side = message.get("side")
        if side not in self._lists:
            raise InputError("Pilih dulu berkasnya.")
        self._columns[side] = usable(self._lists[side].headings, FIELDS, message.get("columns"))

    def _take_book(self, _: Mapping[str, Any], __: object) -> None:
        if self._store.read() is None:
            raise InputError(_NO_BOOK)
        self._from_book = True
        self._lists.pop("mine", None)

    def _try_sample(self, _: Mapping[str, Any], __: object) -> None:
        self._forget()
        self._lists["provider"] = listed = take_list(sample_list(self._today()))
        self._columns["provider"] = dict(listed.guess)
        self._sample = sample_book(self._today())
        self._class = "UMI"

    def _look(self, _: Mapping[str, Any], __: object) -> None:
        """Show the result for the class of business that the message names."""

    def _clear(self, _: Mapping[str, Any], __: object) -> None:
        self._forget()

    def _write(self, _: Mapping[str, Any], __: object) -> dict[str, Any]:
        if not self._from_book or not self._missing:
            raise InputError("Tidak ada yang bisa dimasukkan ke Buku kas.")
        before = self._store.read()
        if before is None:
            raise InputError(_NO_BOOK)
        ledger, refused = self._store.write_list(self._missing, self._today())
        added = len(ledger.transactions) - len(before.transactions)
        text = f"{added} penjualan QRIS masuk ke Buku kas."
        if refused:
            text += f" {len(refused)} tidak bisa masuk: {refused[0].error.message}"
        return {"message": text}

    def _show(self) -> None:
        """Draw everything anew from the files and the book as they stand."""
        brought = Brought(self._lists, self._columns, self._entries(), self._rates, self._class)
        self._missing = ()
        find = at_once if brought.is_small else self._apart
        found = find(answer, brought)
        compared = found.compared
        if compared is not None:
            compared["bookable"] *= self._from_book
            self._missing = found.missing
        self.view = {
            "sides": found.sides,
            "book": self._from_book,
            "sample": self._sample is not None,
            "compared": compared,
            "problem": found.problem,
            "class": self._class,
            "rates": found.rates,
        }

    def _entries(self) -> list[BookEntry] | None:
        """Return the sales of the example or of the cash book; None where a list of one's own is compared."""
        if self._sample is not None:
            return self._sample
        ledger = self._store.read() if self._from_book else None
        return book_entries(ledger) if ledger is not None else None

    def _check_fees(self, message: Mapping[str, Any], _: object) -> None:
        name = message.get("class")
        self._class = name if isinstance(name, str) else ""


_ACTIONS: Final[Mapping[str, Callable[..., dict[str, Any] | None]]] = {
    "file": SettlementCheck._take,  # noqa: SLF001
    "columns": SettlementCheck._choose,  # noqa: SLF001
    "book": SettlementCheck._take_book,  # noqa: SLF001
    "sample": SettlementCheck._try_sample,  # noqa: SLF001
    "class": SettlementCheck._check_fees,  # noqa: SLF001
    "look": SettlementCheck._look,  # noqa: SLF001
    "write": SettlementCheck._write,  # noqa: SLF001
    "clear": SettlementCheck._clear,  # noqa: SLF001
}
