"""`umkm facts due`: the rules and prices of the courses that somebody has to look up again."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rich.table import Table

from umkm.calendar import long_day
from umkm.wib import day_in_wib
from umkm_courses import FactDue, facts_due, load_catalogue

from .paths import find_paths

if TYPE_CHECKING:
    from rich.console import Console


def run_due(console: Console) -> None:
    """Print which facts of the courses have an old source, the oldest first."""
    today = day_in_wib(datetime.now(UTC))
    due = facts_due(load_catalogue(find_paths().courses).courses.values(), today)
    if not due:
        console.print("Semua aturan dan tarif bersumber dari enam bulan terakhir.")
        return
    console.print(f"{len(due)} aturan atau tarif bersumber lebih dari enam bulan lalu.")
    for one in due:
        console.print(_table(one))
    console.print(
        "Cari yang lebih baru, lalu tulis di facts.toml: source_date tanggal sumbernya, "
        "checked_on hari ini."
    )


def _table(due: FactDue) -> Table:
    """Return what is to be looked up, one line a thing: addresses are too long for columns."""
    fact = due.fact
    table = Table(show_header=False, box=None, pad_edge=False)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    rows = {
        "Sumber terbaru": long_day(due.source_date),
        "Fakta": f"{due.name} ({due.course.title})",
        "Isinya": f"{fact.value} {fact.unit}".replace("\n", " "),
        "Terakhir dicari": long_day(fact.checked_on),
        "Oleh": due.course.facts_checked_by or "belum ditentukan",
        "Lihat di": "\n".join(due.addresses) or fact.source,
    }
    for name, value in rows.items():
        table.add_row(name, value)
    table.add_row("", "")
    return table
