"""`umkm feedback` and `umkm export`: results for trainees, and for a spreadsheet."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from umkm_grading import export_grades, publish_feedback

from .errors import CliError
from .places import find_places
from .workshop import OpenClass, open_class


def _assignment(opened: OpenClass, name: str) -> str:
    names = [one.name for one in opened.course.assignments]
    if name not in names:
        raise CliError(f"Tugas {name} tidak ada di kelas ini. Yang ada: {', '.join(names)}.")
    return name


def run_feedback(class_id: str, assignment: str, console: Console) -> None:
    """Show graded results to trainees."""
    opened = open_class(find_places(), class_id)
    published = publish_feedback(
        opened.room, opened.records, opened.catalogue.assignment(_assignment(opened, assignment))
    )
    console.print(f"Hasil terlihat oleh {len(published.published)} peserta.")
    if published.waiting:
        console.print(
            f"Belum: {', '.join(published.waiting)} (uraian belum dinilai di formgrader)."
        )
    for code, reason in published.held.items():
        console.print(f"Ditahan: {code}. {reason}", markup=False)


def run_export(class_id: str, kind: str, output: Path | None, console: Console) -> None:
    """Write the class's grades to a file."""
    opened = open_class(find_places(), class_id)
    target = output or Path(f"nilai-{class_id}.{kind}")
    if target.suffix.lower() != f".{kind}":
        raise CliError(
            f"Nama berkas {target.name} tidak cocok dengan --format {kind}. Akhiri dengan .{kind}."
        )
    try:
        export_grades(opened.room, opened.records, opened.course, target)
    except OSError as error:
        raise CliError(
            f"Berkas {target} tidak bisa ditulis ({error.strerror}). Pilih tempat lain dengan --output."
        ) from error
    console.print(f"Nilai ditulis ke {target}")
