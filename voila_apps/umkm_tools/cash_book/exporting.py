"""Files a person takes along: the whole book as a workbook, the month's statements as PDF."""

import asyncio
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from umkm.bookkeeping import Ledger
from umkm.errors import InputError
from umkm_tools.cash_book.book_store import BookOwner
from umkm_tools.cash_book.screens import Look, made_up


@dataclass(frozen=True)
class File:
    """A file as a browser saves it."""

    name: str
    mime: str
    content: bytes


#: The files there are.
FILES = ("xlsx", "pdf")


def make_apart(make: Callable[[], File], give: Callable[[Callable[[], File]], None]) -> None:
    """Create a file in a thread, so that a page goes on meanwhile; `give` gets it in the page's loop.

    A workbook of thousands of rows takes seconds. A ledger never changes, so what is written down
    meanwhile is not in the file, and disturbs nothing. Where no loop runs it is made at once.

    Args:
        make: makes the file.
        give: gets a call that gives the file, or raises what `make` has raised.
    """
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        give(make)
    else:
        loop.run_in_executor(None, _made_giving_way, make).add_done_callback(
            lambda made: give(made.result)
        )


def _made_giving_way(make: Callable[[], File]) -> File:
    with _giving_way():
        return make()


@contextmanager
def _giving_way() -> Iterator[None]:
    """Set a thread switch interval of half a millisecond while this thread works.

    Writing a sale lets go of the interpreter at each step of the database; by default a thread that
    computes without a pause gives it back only after 5 ms, each time.
    """
    usual = sys.getswitchinterval()
    sys.setswitchinterval(0.0005)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)


def exported(what: str, ledger: Ledger, look: Look, today: date, owner: BookOwner) -> File:
    """Return the file that was asked for: `xlsx` or `pdf`.

    Raises:
        InputError: there is no other kind of file.
    """
    made = made_up(ledger, look, today)
    month = f"{made.income.since:%Y-%m}"
    # Each library loads when its file is first asked for.
    if what == "xlsx":
        from umkm_tools.cash_book.workbook import workbook  # noqa: PLC0415

        mime = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        return File(f"buku-kas-{today}.xlsx", mime, workbook(ledger, made, owner.business_name))
    if what == "pdf":
        from umkm_tools.cash_book.printing import printed  # noqa: PLC0415

        return File(
            f"laporan-{month}.pdf", "application/pdf", printed(ledger, made, owner.business_name)
        )
    raise InputError("Pilih Excel atau PDF.")
