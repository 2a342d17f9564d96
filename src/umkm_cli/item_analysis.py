"""`umkm items`: difficulty and discrimination of the questions of an assignment."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from umkm_grading import ItemReport, make_item_report

from .naming import find_task
from .paths import find_paths
from .workshop import open_class

#: Usual thresholds of classical test theory.
_EASY, _HARD, _WEAK = 0.9, 0.3, 0.2


def run_items(class_id: str, assignment: str, console: Console) -> None:
    """Print the item analysis of an assignment."""
    opened = open_class(find_paths(), class_id)
    assignment = find_task(opened.offered.assignments, assignment)
    report = make_item_report(opened.class_folder, assignment)
    found = report.analysis
    mark = " (indikatif: kurang dari 30 orang)" if found.indicative else ""
    console.print(f"{assignment}: {found.people} orang{mark}")
    console.print(_table(report))
    if found.reliability is None:
        console.print("Keandalan (KR-20) tidak bisa dihitung: semua orang mendapat nilai sama.")
    else:
        console.print(f"Keandalan (KR-20/alfa): {_decimal(found.reliability)}")


def _table(report: ItemReport) -> Table:
    table = Table("Soal")
    for heading in ("Rata-rata", "Daya beda"):
        table.add_column(heading, justify="right")
    for heading in ("Pilihan yang tidak pernah dipilih", "Catatan"):
        table.add_column(heading)
    for item in report.analysis.items:
        notes = []
        if item.difficulty > _EASY:
            notes.append("mudah sekali")
        if item.difficulty < _HARD:
            notes.append("sulit sekali")
        if item.discrimination is not None and item.discrimination < _WEAK:
            notes.append("kurang membedakan; periksa kunci dan kalimatnya")
        beda = "–" if item.discrimination is None else _decimal(item.discrimination)
        unchosen = ", ".join(report.unchosen.get(item.question, ()))
        row = (item.question, f"{item.difficulty:.0%}", beda, unchosen, "; ".join(notes))
        table.add_row(*row)
    return table


def _decimal(value: float) -> str:
    return f"{value:.2f}".replace(".", ",")
