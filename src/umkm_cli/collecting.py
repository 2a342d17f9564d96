"""`umkm collect`: notebooks worked on in JupyterLab, taken in for grading."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.table import Table

from umkm_grading import collect
from umkm_records import class_roster

from .naming import find_task
from .places import find_places
from .workshop import open_class


def run_collect(class_id: str, assignment: str, folder: Path, console: Console) -> bool:
    """Take in a folder of notebooks; False if any was refused."""
    opened = open_class(find_places(), class_id)
    assignment = find_task(opened.offered.assignments, assignment)
    people = class_roster(opened.records, opened.cohort.id)
    taken = collect(opened.class_folder, assignment, folder, {person.code for person in people})
    refused = [one for one in taken if one.reason]
    if refused:
        table = Table("Folder", "Mengapa ditolak", title="Tidak diterima")
        for one in refused:
            table.add_row(one.participant, one.reason)
        console.print(table)
    console.print(f"Diterima: {len(taken) - len(refused)}. Nilai dengan: umkm grade {class_id}")
    return not refused
