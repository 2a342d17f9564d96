"""`umkm collect`: import notebooks that participants worked on in JupyterLab."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.table import Table

from umkm_grading import collect
from umkm_records import class_roster

from .naming import find_task
from .paths import find_paths
from .workshop import open_class


def run_collect(class_id: str, assignment: str, folder: Path, console: Console) -> bool:
    """Collect the notebooks of a folder and return whether all were accepted."""
    opened = open_class(find_paths(), class_id)
    assignment = find_task(opened.offered.assignments, assignment)
    people = class_roster(opened.records, opened.cohort.id)
    collected = collect(opened.class_folder, assignment, folder, {person.code for person in people})
    refused = [one for one in collected if one.reason]
    if refused:
        table = Table("Folder", "Mengapa ditolak", title="Tidak diterima")
        for one in refused:
            table.add_row(one.participant, one.reason)
        console.print(table)
    console.print(f"Diterima: {len(collected) - len(refused)}. Nilai dengan: umkm grade {class_id}")
    return not refused
