"""Time of each action of the cash book on the server, with 5,000 transactions in the book.

    python -m benchmarks.cash_book [--json] [--transactions 5000] [--runs 7]

Widget and records are the real ones, the records a SQLite file on this disk. A figure is the time from
the arrival of the phone's message in Python until all messages to the phone have been created: the
median and the slowest of all runs, in milliseconds. Network and phone are not included.

Files are created in a worker process, as in the trainees' server: `file_*` is the time until the page can
go on, `while_*` that of a sale entered meanwhile, `ready_*` the time until the file is complete.
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
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from umkm.bookkeeping import Transaction
from umkm_apps.page_sessions.in_process.reader import Reader
from umkm_apps.runtime.worker_processes import WorkerProcesses
from umkm_records import Records, make_sample_class, open_records
from umkm_records.tools import Owner, open_book, write_list
from umkm_tools.base.page import Apart
from umkm_tools.cash_book.page import RecordsBookStore
from umkm_tools.cash_book.widget import CashBook

ROOT = Path(__file__).parents[1]
TODAY = date(2026, 11, 25)
KINDS = ("jual-tunai", "jual-tunai", "jual-tunai", "jual-bon", "beli-stok", "bayar-beban",
         "ambil-pribadi", "jual-qris")  # fmt: skip
LIST_ROWS = 200
CATEGORIES = {"beli-stok": "barang", "bayar-beban": "listrik"}


Action = Callable[[], object]


def written(number: int) -> list[Transaction]:
    """Return the transactions of a shop in two years, the same at each run."""
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
    """Sends messages to the widget, and discards what the widget sends."""

    def __init__(self, shelf: RecordsBookStore, apart: Apart) -> None:
        self.book = CashBook(shelf, consent=("x",), today=lambda: TODAY, apart=apart)
        self.files = 0
        self.book.send = self._count

    def _count(self, *_: object) -> None:
        self.files += 1

    def send(self, message: dict[str, Any], *buffers: bytes) -> None:
        self.book.on_message(message, list(buffers))
        outcome = self.book.outcome
        if outcome and not outcome.get("ok", True):
            raise RuntimeError(outcome["message"])


class Participant:
    """A participant: each action as one call, each time with new values."""

    def __init__(self, phone: Phone) -> None:
        self.phone = phone
        self.numbers = count(1)
        self.sold: list[str] = []

    def write(self, kind: str = "jual-tunai", **more: str) -> None:
        name = f"b{next(self.numbers)}"
        form = {"kind": kind, "amount": "15rb", "on": TODAY.isoformat(), "money": "kas"}
        message = {"type": "write", "id": name, "corrects": more.pop("corrects", "")}
        self.phone.send(message | {"form": form | more})
        self.sold.append(name)

    def undo(self) -> None:
        name = f"u{next(self.numbers)}"
        self.phone.send({"type": "undo", "id": name, "target": self.sold.pop()})

    def correct(self) -> None:
        self.write(amount="16rb", corrects=self.sold.pop())

    def preview(self) -> None:
        number = next(self.numbers)
        rows = "".join(
            f"{1 + n % 24}/11/2026;jualan {number}.{n};15.000;\n" for n in range(LIST_ROWS)
        )
        self.phone.send(
            {"type": "list", "id": "l"}, f"Tanggal;Keterangan;Masuk;Keluar\n{rows}".encode()
        )

    def accept(self) -> None:
        self.phone.send({"type": "accept", "id": f"a{next(self.numbers)}"})

    def look(self, tab: str, span: str) -> None:
        self.phone.send({"type": "look", "tab": tab, "span": span})

    def type(self) -> None:
        self.phone.send({"type": "type", "field": "amount", "text": "15rb"})

    def sample(self) -> None:
        self.phone.send({"type": "begin", "mode": "sample"})


LOOKS = (
    ("catat", "hari"), ("buku", "hari"), ("buku", "minggu"), ("buku", "bulan"), ("bon", "hari"),
    ("stok", "hari"), ("laporan", "bulan"),
)  # fmt: skip


def actions(participant: Participant) -> dict[str, tuple[Action | None, Action]]:
    """Return each action of the page, with its untimed preparation."""
    return {
        "write_sale": (None, participant.write),
        "write_bon": (None, lambda: participant.write("jual-bon", person="Bu Ani 1")),
        "write_backdated": (None, lambda: participant.write(on="2025-06-01")),
        "undo": (participant.write, participant.undo),
        "correct": (participant.write, participant.correct),
        "typing": (None, participant.type),
        **{
            f"look_{tab}_{span}": (None, partial(participant.look, tab, span))
            for tab, span in LOOKS
        },
        f"preview_{LIST_ROWS}_rows": (None, participant.preview),
        f"accept_{LIST_ROWS}_rows": (participant.preview, participant.accept),
    }


def timed(act: Action) -> float:
    """Return the milliseconds that a call takes."""
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


def file_times(phone: Phone, participant: Participant, what: str) -> dict[str, float]:
    """Return the times of a file: until the page can go on, of a sale meanwhile, until it is complete."""
    ready, start = phone.files + 1, time.perf_counter()
    tap = timed(lambda: phone.send({"type": "file", "what": what}))
    meanwhile = timed(participant.write)
    while phone.files < ready:
        time.sleep(0.002)
    whole = (time.perf_counter() - start) * 1000
    return {f"file_{what}": tap, f"while_{what}": meanwhile, f"ready_{what}": whole}


def all_times(records: Records, apart: Apart, runs: int) -> dict[str, list[float]]:
    """Return the times of every action without the first of each, which imports modules."""
    reader = Reader("srg-siti1", 1)

    def opened() -> Phone:
        return Phone(RecordsBookStore(records, reader, None), apart)

    phone = opened()
    participant = Participant(phone)
    found: dict[str, list[float]] = {}
    for name, (before, act) in {"open_page": (None, opened), **actions(participant)}.items():
        for run in range(runs + 1):
            if before is not None:
                before()
            taken = timed(act)
            if run:
                found.setdefault(name, []).append(taken)
    for what in ("pdf", "xlsx"):
        for run in range(runs + 1):
            for name, taken in file_times(phone, participant, what).items():
                if run:
                    found.setdefault(name, []).append(taken)
    found["sample_shop"] = [timed(participant.sample)]
    other = opened()
    found["erase"] = [timed(lambda: other.send({"type": "erase", "id": "e"}))]
    return found


def measure(transactions: int, runs: int) -> dict[str, Any]:
    """Return the median and the slowest time of each action, in milliseconds."""
    with tempfile.TemporaryDirectory() as folder:
        records = open_records(Path(folder) / "umkm.db")
        make_sample_class(records)
        book = open_book(records, Owner("srg-siti1"), "dagang", "ukur", datetime.now(UTC))
        write_list(records, "srg-siti1", book, written(transactions), TODAY)
        workers = WorkerProcesses()
        times = all_times(records, partial(workers.run, "srg-siti1"), runs)
        workers.close()
        records.close()
    figures = {
        name: {"median_ms": round(statistics.median(each), 1), "slowest_ms": round(max(each), 1)}
        for name, each in times.items()
    }
    return {"transactions": transactions, "runs": runs, "actions": figures}


def main() -> None:
    """Measure, and print the figures as a table or JSON."""
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
