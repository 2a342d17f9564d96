"""Charts of a fictional shop's cash book for lessons, each with its numbers as a table.

A cash book is a CSV in the course's folder `data`: one transaction a row, with the kinds and
categories of `umkm.bookkeeping`.
"""

import csv
import html
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from umkm.bookkeeping import Ledger, Transaction, summary
from umkm.calendar import long_day
from umkm.charts import bars, line
from umkm.errors import InputError
from umkm.money import format_rupiah
from umkm_widgets.session import current_folder, display_here

_FOLDER: Final = "data"
#: A lesson's folder stands beside `data`; an author may run its notebook from the course's folder.
_MOST_LEVELS: Final = 1


def month_cash(name: str) -> None:
    """Show how much cash a shop had at the end of each day.

    Raises:
        InputError: there is no such cash book, or it cannot be read.
    """
    book = read_book(name)
    seen = summary(book, *_period(book))
    held = seen.held - seen.money_in + seen.money_out
    days = {}
    for day, (came, went) in seen.by_day.items():
        held += came - went
        days[long_day(day).rsplit(" ", 1)[0]] = held
    title = "Isi laci usaha setiap tutup"
    _show(title, line(title, list(days.items())), days)


def money_went(name: str) -> None:
    """Show where a shop's money went, largest first.

    Raises:
        InputError: as for `month_cash`.
    """
    book = read_book(name)
    spent = summary(book, *_period(book)).spent
    title = "Ke mana uang kas pergi"
    _show(title, bars(title, spent), spent)


def read_book(name: str) -> Ledger:
    """Return a shop's cash book as a ledger.

    Raises:
        InputError: there is no such cash book, or it cannot be read.
    """
    here = current_folder().absolute()
    for folder in (here, *here.parents[:_MOST_LEVELS]):
        path = folder / _FOLDER / name
        if path.is_file():
            break
    else:
        raise InputError(f"Buku kas {name} tidak ada di folder {_FOLDER} pelajaran ini.", "name")
    try:
        with path.open(encoding="utf-8", newline="") as file:
            book = Ledger.of("dagang", map(_transaction, _numbered(csv.DictReader(file))))
    except (KeyError, ValueError) as error:
        raise InputError(f"Buku kas {name} tidak terbaca: {error!r}", "name") from error
    if not book.entries:
        raise InputError(f"Buku kas {name} masih kosong.", "name")
    return book


def _numbered(rows: Iterable[Mapping[str, str]]) -> Iterable[tuple[str, Mapping[str, str]]]:
    return ((str(number), row) for number, row in enumerate(rows, start=2))


def _transaction(numbered: tuple[str, Mapping[str, str]]) -> Transaction:
    number, row = numbered
    return Transaction(
        id=number,
        kind=row["jenis"],
        on=date.fromisoformat(row["tanggal"]),
        amount=int(row["jumlah"]),
        person=row["nama"],
        category=row["golongan"],
        note=row["catatan"],
    )


def _period(book: Ledger) -> tuple[date, date]:
    days = [entry.transaction.on for entry in book.entries]
    return min(days), max(days)


def _show(title: str, picture: str, amounts: Mapping[str, int]) -> None:
    rows = "".join(
        f'<tr><th scope="row" style="text-align:left;font-weight:normal;padding:.25rem 1rem .25rem 0">'
        f'{html.escape(label)}</th><td style="text-align:right">{format_rupiah(amount)}</td></tr>'
        for label, amount in amounts.items()
    )
    page = (
        f'<figure lang="id" style="margin:0;max-width:30rem"><figcaption><strong>{html.escape(title)}'
        f"</strong></figcaption>{picture}<details><summary "
        f'style="min-height:48px;line-height:48px;cursor:pointer">Baca angkanya</summary>'
        f"<table>{rows}</table></details></figure>"
    )
    words = "; ".join(f"{label} {format_rupiah(amount)}" for label, amount in amounts.items())
    display_here({"text/html": page, "text/plain": f"{title}: {words}"})
