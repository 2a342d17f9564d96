"""`umkm grade`, `umkm feedback`, `umkm export`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from umkm_grading import GradeOutcome, deliver, export_grades, grade, publish_feedback
from umkm_records import class_roster

from .errors import CliError
from .places import find_places
from .warm_kernels import use_forked_kernels
from .workshop import OpenClass, open_class


def _assignment(opened: OpenClass, name: str) -> str:
    names = [a.name for a in opened.catalogue.courses[opened.cohort.course].assignments]
    if name not in names:
        raise CliError(f"Tugas {name} tidak ada di kelas ini. Yang ada: {', '.join(names)}.")
    return name


def run_grade(class_id: str, assignment: str, console: Console) -> bool:
    """Grade all new submissions; False if any could not be graded."""
    places = find_places()
    opened = open_class(places, class_id)
    name = _assignment(opened, assignment)
    use_forked_kernels(places.data_dir)
    deliver(opened.room, opened.records)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console) as progress:
        bar = progress.add_task("Menilai", total=None)

        def moved(done: int, total: int) -> None:
            progress.update(bar, completed=done, total=total)

        outcomes = grade(opened.room, opened.catalogue.assignment(name), on_progress=moved)
    if not outcomes:
        console.print("Tidak ada kiriman baru.")
        return True
    console.print(_outcome_table(opened, outcomes))
    waiting = sum(o.waiting_for_human for o in outcomes)
    if waiting:
        console.print(f"{waiting} kiriman menunggu penilaian uraian di formgrader (JupyterLab).")
    return all(o.ok for o in outcomes)


def _outcome_table(opened: OpenClass, outcomes: Sequence[GradeOutcome]) -> Table:
    names = {p.code: p.name for p in class_roster(opened.records, opened.cohort.id)}
    table = Table(title="Hasil penilaian")
    for heading in ("Kode", "Nama"):
        table.add_column(heading)
    table.add_column("Nilai", justify="right")
    table.add_column("Keterangan")
    for outcome in outcomes:
        points = f"{outcome.points:g}/{outcome.of:g}".replace(".", ",") if outcome.ok else "–"
        note = (
            outcome.reason
            if not outcome.ok
            else ("menunggu uraian dinilai" if outcome.waiting_for_human else "selesai")
        )
        table.add_row(outcome.participant, names.get(outcome.participant, ""), points, note)
    return table


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
        export_grades(
            opened.room, opened.records, opened.catalogue.courses[opened.cohort.course], target
        )
    except OSError as error:
        raise CliError(
            f"Berkas {target} tidak bisa ditulis ({error.strerror}). Pilih tempat lain dengan --output."
        ) from error
    console.print(f"Nilai ditulis ke {target}")
