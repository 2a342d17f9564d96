"""`umkm feedback` and `umkm export`: publish results to participants, write them to a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from umkm_grading import By, Publication, export_grades, graded_class, publish_feedback
from umkm_records import list_cohorts, open_records

from .errors import CliError
from .naming import find_task
from .outputs import output_path
from .paths import find_paths
from .workshop import open_class


@dataclass(frozen=True)
class ExportOptions:
    """The options of `umkm export`; an empty class means all classes, an empty `by` no grouping."""

    class_id: str
    kind: str
    by: str
    output: Path | None


def run_feedback(class_id: str, typed: Sequence[str], console: Console) -> None:
    """Publish feedback of the named assignments, or of all, and print what still waits.

    Raises:
        CliError: there is no such class or assignment.
    """
    opened = open_class(find_paths(), class_id)
    known = opened.offered.assignments
    names = {find_task(known, name) for name in typed} or {one.name for one in known}
    wanted = [one for one in known if one.name in names]
    published = [
        (one, publish_feedback(opened.class_folder, opened.records, one)) for one in wanted
    ]
    shown = [(one, found) for one, found in published if typed or _has_results(found)]
    if not shown:
        console.print(f"Belum ada kiriman di kelas ini. Nilai dulu: umkm grade {class_id}")
        return
    table = Table("Tugas", title="Hasil yang dilihat peserta")
    for heading in ("Terlihat", "Menunggu uraian", "Ditahan"):
        table.add_column(heading, justify="right")
    for one, found in shown:
        counts = (len(found.published), len(found.waiting), len(found.held))
        table.add_row(one.title, *map(str, counts))
    console.print(table)
    for one, found in shown:
        if found.waiting:
            console.print(f"Belum ({one.title}): {', '.join(found.waiting)}")
        for code, reason in found.held.items():
            console.print(f"Ditahan ({one.title}): {code}. {reason}")
    if any(found.waiting for _, found in shown):
        console.print("Uraian dinilai di Periksa uraian (JupyterLab). Sesudah itu, ulangi.")


def _has_results(found: Publication) -> bool:
    return bool(found.published or found.waiting or found.held)


def run_export(options: ExportOptions, console: Console) -> None:
    """Write the grades of one class, or of all, to a file."""
    paths = find_paths()
    with open_records(paths.database) as records:
        known = [cohort.id for cohort in reversed(list_cohorts(records))]
    names = [options.class_id] if options.class_id else known
    if not names:
        raise CliError("Belum ada kelas di laptop ini. Buat dulu: umkm class new")
    name = f"nilai-{options.class_id or 'semua'}.{options.kind}"
    target = output_path(paths, options.output, name)
    if target.suffix.lower() != f".{options.kind}":
        raise CliError(
            f"Nama berkas {target.name} tidak cocok dengan --format {options.kind}. "
            f"Akhiri dengan .{options.kind}."
        )
    opened = [open_class(paths, name) for name in names]
    classes = [graded_class(one.class_folder, one.records, one.offered) for one in opened]
    try:
        export_grades(classes, target, By(options.by) if options.by else None)
    except OSError as error:
        raise CliError(
            f"Berkas {target} tidak bisa ditulis ({error.strerror}). Pilih tempat lain dengan --output."
        ) from error
    console.print(f"Nilai {len(names)} kelas ditulis ke {target}", soft_wrap=True)
