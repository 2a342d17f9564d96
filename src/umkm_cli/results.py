"""`umkm feedback` and `umkm export`: results for trainees, and for a spreadsheet."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from umkm_grading import By, export_grades, graded_class, publish_feedback
from umkm_records import list_cohorts, open_records

from .errors import CliError
from .places import find_places
from .workshop import OpenClass, open_class


@dataclass(frozen=True)
class ExportOptions:
    """What `umkm export` was asked for; an empty class means all of them."""

    class_id: str
    kind: str
    by: str
    output: Path | None


def _assignment(opened: OpenClass, name: str) -> str:
    names = [one.name for one in opened.offered.assignments]
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
        console.print(f"Ditahan: {code}. {reason}")


def run_export(options: ExportOptions, console: Console) -> None:
    """Write the grades of one class, or of all, to a file."""
    places = find_places()
    with open_records(places.database) as records:
        known = [cohort.id for cohort in reversed(list_cohorts(records))]
    names = [options.class_id] if options.class_id else known
    if not names:
        raise CliError("Belum ada kelas di laptop ini. Buat dulu: umkm class new")
    target = options.output or Path(f"nilai-{options.class_id or 'semua'}.{options.kind}")
    if target.suffix.lower() != f".{options.kind}":
        raise CliError(
            f"Nama berkas {target.name} tidak cocok dengan --format {options.kind}. "
            f"Akhiri dengan .{options.kind}."
        )
    opened = [open_class(places, name) for name in names]
    classes = [graded_class(one.room, one.records, one.offered) for one in opened]
    try:
        export_grades(classes, target, By(options.by))
    except OSError as error:
        raise CliError(
            f"Berkas {target} tidak bisa ditulis ({error.strerror}). Pilih tempat lain dengan --output."
        ) from error
    console.print(f"Nilai {len(names)} kelas ditulis ke {target}")
