"""Settlement check as a widget: a provider's list against the cash book or a list of one's own.

Files stay in the page's kernel and end with it. The phone remembers which column was what, by the
headings of the list; only what a person asks to book is kept.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

import anywidget
import traitlets

from umkm.errors import InputError, UmkmError
from umkm.qris import BookEntry, SettlementLine, Terms
from umkm_tools.base.clock import today_in_serang
from umkm_tools.base.scripts import STYLE, script
from umkm_tools.base.spreadsheet_import.headings import Listed, usable
from umkm_tools.cash_book.book_store import BookOwner, BookStore, MemoryBookStore
from umkm_tools.qris_fees.rates import CLASSES, Rates, applied
from umkm_tools.settlement_check.comparing import Compared, book_entries, compare, shown
from umkm_tools.settlement_check.reading import (
    FIELDS,
    Lines,
    entries_of,
    is_payout_day,
    lines_of,
    open_list,
)
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
        token: tells what several people on one phone have remembered apart.
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
    ) -> None:
        super().__init__()
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
        self._lists: dict[str, Listed] = {}
        self._columns: dict[str, dict[str, int]] = {}
        self._from_book = False
        self._sample: list[BookEntry] | None = None
        self._compared: Compared | None = None
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
        listed = open_list(bytes(buffers[0]) if buffers else b"")
        kept = message.get("remembered")
        known = kept.get(listed.signature) if isinstance(kept, Mapping) else None
        if self._sample is not None:
            self._forget()
        self._lists[side] = listed
        self._columns[side] = usable(listed, FIELDS, known) or dict(listed.guess)
        if side == "mine":
            self._from_book = False

    def _choose(self, message: Mapping[str, Any], _: object) -> None:
        side = message.get("side")
        if side not in self._lists:
            raise InputError("Pilih dulu berkasnya.")
        self._columns[side] = usable(self._lists[side], FIELDS, message.get("columns"))

    def _take_book(self, _: Mapping[str, Any], __: object) -> None:
        if self._store.read() is None:
            raise InputError(_NO_BOOK)
        self._from_book = True
        self._lists.pop("mine", None)

    def _try_sample(self, _: Mapping[str, Any], __: object) -> None:
        self._forget()
        self._lists["provider"] = listed = open_list(sample_list(self._today()))
        self._columns["provider"] = dict(listed.guess)
        self._sample = sample_book(self._today())
        self._class = "UMI"

    def _look(self, _: Mapping[str, Any], __: object) -> None:
        """Show the result for the class of business that the message names."""

    def _clear(self, _: Mapping[str, Any], __: object) -> None:
        self._forget()

    def _write(self, _: Mapping[str, Any], __: object) -> dict[str, Any]:
        if not self._from_book or self._compared is None or not self._compared.missing:
            raise InputError("Tidak ada yang bisa dimasukkan ke Buku kas.")
        before = self._store.read()
        if before is None:
            raise InputError(_NO_BOOK)
        ledger, refused = self._store.write_list(self._compared.missing, self._today())
        added = len(ledger.transactions) - len(before.transactions)
        text = f"{added} penjualan QRIS masuk ke Buku kas."
        if refused:
            text += f" {len(refused)} tidak bisa masuk: {refused[0].error.message}"
        return {"message": text}

    def _show(self) -> None:
        """Draw everything anew from the files and the book as they stand."""
        sides = {side: self._side(side) for side in self._lists}
        view: dict[str, Any] = {
            "sides": {side: reply for side, (reply, _) in sides.items()},
            "book": self._from_book,
            "sample": self._sample is not None,
            "compared": None,
            "problem": "",
            "class": self._class,
            "rates": [],
        }
        self._compared = None
        theirs = sides.get("provider", ({}, None))[1]
        ours = self._ours(sides)
        if theirs is not None and theirs.lines and ours is not None:
            try:
                self._compared = compare(
                    ours,
                    theirs.lines,
                    self._terms(),
                    by_payout=bool(sides["provider"][0].get("byPayout")),
                )
            except InputError as error:
                # A fee is to be checked on a day that no rate is known for.
                view["problem"] = error.message
            else:
                view["compared"] = shown(self._compared, theirs.lines)
                view["compared"]["bookable"] *= self._from_book
                view["rates"] = self._rates_of(theirs.lines)
        self.view = view

    def _ours(
        self, sides: Mapping[str, tuple[dict[str, Any], Lines | None]]
    ) -> list[BookEntry] | None:
        if self._sample is not None:
            return self._sample
        if self._from_book:
            ledger = self._store.read()
            return book_entries(ledger) if ledger is not None else None
        mine = sides.get("mine", ({}, None))[1]
        return entries_of(mine.lines) if mine is not None and mine.lines else None

    def _terms(self) -> Terms:
        if self._rates is None or self._class not in CLASSES:
            return Terms()
        return Terms(self._rates.tariff, CLASSES[self._class][1])

    def _rates_of(self, lines: Sequence[SettlementLine]) -> list[dict[str, str]]:
        """Return what fees were checked by, with its day and source."""
        if self._rates is None or self._class not in CLASSES:
            return []
        return applied(self._rates, CLASSES[self._class][1], (line.on for line in lines))

    def _check_fees(self, message: Mapping[str, Any], _: object) -> None:
        name = message.get("class")
        self._class = name if isinstance(name, str) else ""

    def _side(self, side: str) -> tuple[dict[str, Any], Lines | None]:
        listed, columns = self._lists[side], self._columns[side]
        reply: dict[str, Any] = {
            "headings": list(listed.headings),
            "columns": columns,
            "signature": listed.signature,
            "example": listed.example,
            "missing": not {"on", "amount"} <= columns.keys(),
        }
        if reply["missing"]:
            return reply, None
        read = lines_of(listed, columns, own=side == "mine")
        reply["byPayout"] = is_payout_day(listed.heading(columns["on"]))
        notes = [
            f"{read.failed} baris dilewati: pembayarannya gagal atau belum selesai."
            if read.failed
            else "",
            f"{read.no_payment} baris tidak dihitung: pencairan, biaya, pajak, atau cicilan."
            if read.no_payment
            else "",
            f"{read.filled} baris tanpa tanggal memakai tanggal baris di atasnya."
            if read.filled
            else "",
            "Tanggal dibaca bulan dulu, baru hari." if read.month_first else "",
        ]
        reply |= {
            "count": len(read.lines),
            "refused": [[f"Baris {row}", reason] for row, reason in read.refused[:100]],
            "refusedCount": len(read.refused),
            "notes": [note for note in notes if note],
        }
        return reply, read


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
