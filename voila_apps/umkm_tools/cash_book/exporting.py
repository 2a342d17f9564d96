"""Files a person takes along: the whole book as a workbook, the month's statements as PDF."""

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


def exported(what: str, ledger: Ledger, look: Look, today: date, owner: BookOwner) -> File:
    """Return the file that was asked for: `xlsx` or `pdf`. A workbook of thousands of rows takes seconds.

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
