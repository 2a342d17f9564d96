"""The page *Laporan*: the three statements of a month, and the tax of its year."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from umkm.bookkeeping import Ledger, Row, final_tax, month_of, turnover_by_month
from umkm.bookkeeping.notes import notes
from umkm.calendar import long_day, month_name
from umkm.money import format_rupiah
from umkm.quantities import format_quantity
from umkm_tools.cash_book.book_store import BookOwner
from umkm_tools.cash_book.screens.look import Look, made_up


def reports_page(ledger: Ledger, look: Look, today: date, owner: BookOwner) -> dict[str, Any]:
    """Return the statements of the month that is looked at."""
    made = made_up(ledger, look, today)
    since, until = month_of(look.day)
    return {
        "title": month_name(look.day),
        "before": (since - timedelta(days=1)).isoformat(),
        "after": (until + timedelta(days=1)).isoformat() if until < today else "",
        "income": _rows(made.income.rows),
        "position": _rows(made.position.rows),
        "at": long_day(made.position.at),
        "notes": [
            [note.title, list(note.lines)] for note in notes(ledger, made, owner.business_name)
        ],
        "notices": list(made.notices),
        "tax": _tax(ledger, look.day.year, owner),
        "count": len(ledger.transactions),
    }


def _rows(rows: Iterable[Row]) -> list[list[str]]:
    return [
        [row.label, "" if row.amount is None else format_rupiah(row.amount), row.level]
        for row in rows
    ]


def _tax(ledger: Ledger, year: int, owner: BookOwner) -> dict[str, Any]:
    rule = owner.tax_rule
    if rule is None:
        return {}
    months = [row for row in final_tax(turnover_by_month(ledger), rule) if row.month.year == year]
    percent = format_quantity(rule.rate * 100, "%")
    return {
        "rows": [
            [month_name(row.month), format_rupiah(row.turnover), format_rupiah(row.tax)]
            for row in months
        ],
        "rule": (
            f"Orang pribadi: omzet sampai {format_rupiah(rule.exempt)} setahun tidak kena PPh "
            f"final, selebihnya {percent}. Sumber terbaru kami bertanggal "
            f"{long_day(rule.source_date)}. Tanyakan kepada kantor pajak sebelum membayar."
        ),
        "beyond": any(row.beyond for row in months),
    }
