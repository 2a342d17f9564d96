"""How long each action of the cash book takes on the server, with 5,000 transactions in the book.

    python benchmarks/cash_book.py [--json] [--transactions 5000] [--runs 7]

The widget and the records are the real ones, the records a SQLite file on this disk. A figure is
from the phone's message arriving in Python until everything the phone is sent has been made;
medians and the slowest of all runs, in milliseconds. The line and the phone are not in it.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from umkm.bookkeeping import Transaction
from umkm_apps.kernel.cash_book import RecordsShelf
from umkm_apps.kernel.reader import Reader
from umkm_records import Owner, make_sample_class, open_book, open_records, write_list
from umkm_widgets import CashBook

ROOT = Path(__file__).parents[1]
TODAY = date(2026, 11, 25)
KINDS = ("jual-tunai", "jual-tunai", "jual-tunai", "jual-bon", "beli-stok", "bayar-beban",
         "ambil-pribadi", "jual-qris")  # fmt: skip
CATEGORIES = {"beli-stok": "barang", "bayar-beban": "listrik"}


def written(number: int) -> list[Transaction]:
    """A shop's last two years, the same at each run."""
    chance = random.Random(2026)
    found = []
    for place in range(number):
        kind = chance.choice(KINDS)
        on = TODAY - timedelta(days=700 - 700 * place // number)
        person = f"Bu Ani {chance.randrange(60)}" if kind == "jual-bon" else ""
        amount = chance.randrange(10, 500) * 500
        found.append(
            Transaction(f"t{place}", kind, on, amount, person, "", CATEGORIES.get(kind, ""))
        )
    return found


class Phone:
    """Sends messages to the widget, and keeps what it is sent from going anywhere."""

    def __init__(self, shelf: RecordsShelf) -> None:
        self.book = CashBook(shelf, consent=("x",), today=lambda: TODAY)
        self.book.send = lambda *_: None

    def send(self, message: dict[str, Any], *buffers: bytes) -> None:
        self.book.hear(message, list(buffers))
        outcome = self.book.outcome
        if outcome and not outcome.get("ok", True):
            raise RuntimeError(outcome["message"])


def actions(
    phone: Phone, shelf: RecordsShelf, opened: Callable[[], object]
) -> dict[str, Callable[[], object]]:
    """Every action, each as one call."""
    ids = count(1)
    form = {"kind": "jual-tunai", "amount": "15rb", "on": TODAY.isoformat(), "money": "kas"}
    bon = form | {"kind": "jual-bon", "person": "Bu Ani 1"}
    rows = "".join(f"{1 + n % 24}/11/2026;jualan {n};15.000;\n" for n in range(200))
    csv = f"Tanggal;Keterangan;Masuk;Keluar\n{rows}".encode()

    def write(what: dict[str, str]) -> None:
        phone.send({"type": "write", "id": f"b{next(ids)}", "form": what})

    def backdated() -> None:
        write(form | {"on": "2025-06-01"})

    def undo() -> None:
        last = shelf.read().transactions[-1].id
        phone.send({"type": "undo", "id": f"u{next(ids)}", "target": last})

    looks = {
        f"look_{tab}_{span}": (lambda tab=tab, span=span: phone.send(
            {"type": "look", "tab": tab, "span": span}))
        for tab, span in (("catat", "hari"), ("buku", "hari"), ("buku", "minggu"),
                          ("buku", "bulan"), ("bon", "hari"), ("stok", "hari"),
                          ("laporan", "bulan"))
    }  # fmt: skip
    return {
        "write_sale": lambda: write(form),
        "write_bon": lambda: write(bon),
        "write_backdated": backdated,
        "undo": lambda: (write(form), undo()),
        "typing": lambda: phone.send({"type": "type", "field": "amount", "text": "15rb"}),
        **looks,
        "open_page": opened,
        "preview_200_rows": lambda: phone.send({"type": "list", "id": "l"}, csv),
        "file_pdf": lambda: phone.send({"type": "file", "what": "pdf"}),
        "file_xlsx": lambda: phone.send({"type": "file", "what": "xlsx"}),
    }


def measure(transactions: int, runs: int) -> dict[str, Any]:
    """Median and slowest of each action, in milliseconds."""
    with tempfile.TemporaryDirectory() as folder:
        records = open_records(Path(folder) / "umkm.db")
        make_sample_class(records)
        book = open_book(records, Owner("srg-siti1"), "dagang", "ukur", datetime.now(UTC))
        write_list(records, "srg-siti1", book, written(transactions), TODAY)
        reader = Reader("srg-siti1", 1)
        shelf = RecordsShelf(records, reader, None)
        phone = Phone(shelf)

        def opened() -> Phone:
            return Phone(RecordsShelf(records, reader, None))

        figures: dict[str, Any] = {}
        for name, act in actions(phone, shelf, opened).items():
            act()  # what loads once is loaded
            times = []
            for _ in range(runs):
                start = time.perf_counter()
                act()
                times.append((time.perf_counter() - start) * 1000)
            figures[name] = {"median_ms": round(statistics.median(times), 1),
                             "slowest_ms": round(max(times), 1)}  # fmt: skip
        records.close()
    return {"transactions": transactions, "runs": runs, "actions": figures}


def main() -> None:
    """Measure, and print a table or JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--transactions", type=int, default=5_000)
    parser.add_argument("--runs", type=int, default=7)
    chosen = parser.parse_args()
    found = measure(chosen.transactions, chosen.runs)
    if chosen.json:
        json.dump(found, sys.stdout, indent=2)
        print()
        return
    print(f"{found['transactions']} transactions, {found['runs']} runs")
    for name, figure in found["actions"].items():
        print(
            f"{name:20} {figure['median_ms']:8.1f} ms median {figure['slowest_ms']:8.1f} ms slowest"
        )


if __name__ == "__main__":
    main()
