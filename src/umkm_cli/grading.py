"""`umkm grade`: choose classes and assignments, grade them in one run, print the results."""

from __future__ import annotations

import os
import signal
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from types import FrameType

from rich.console import Console
from rich.table import Table

from umkm_grading import (
    ClassAssignment,
    GradeOutcome,
    GradeProgress,
    GradingRun,
    RunOptions,
    Scope,
    assignments_of,
    deliver,
    grade_all,
    repair_submissions,
)
from umkm_records import class_roster, list_cohorts, open_records

from .errors import CliError
from .grading_progress import JsonLines, Listener, ProgressLine
from .naming import find_task
from .paths import Paths, find_paths
from .warm_kernels import use_forked_kernels
from .workshop import SAMPLE, OpenClass, open_class

#: Longer result tables are reduced to the rows with notes or failures.
_LONG_TABLE = 60


@dataclass(frozen=True)
class GradeOptions:
    """The options of `umkm grade`."""

    names: Sequence[str] = ()
    workers: int = 0
    scheduler: str = ""
    scope: Scope = Scope.DUE
    as_json: bool = False
    sandboxed: bool = True


@dataclass
class _StopFlag:
    """A flag set by the first Ctrl-C; a second one interrupts at once."""

    raised: bool = False


def run_grade(options: GradeOptions, console: Console) -> bool:
    """Grade what is due in the named classes, and return whether all could be graded.

    Raises:
        CliError: a name is neither a class nor an assignment.
        KeyboardInterrupt: the run was stopped; what was graded stays graded.
    """
    paths = find_paths()
    classes, tasks = _choose(paths, options.names)
    use_forked_kernels(paths.data_dir)
    for opened in classes:
        deliver(opened.class_folder, opened.records)
        repair_submissions(opened.class_folder, opened.records)
    run = _grade(paths, tasks, options, console)
    if not options.as_json:
        _report(run, classes, console)
    if run.left:
        raise KeyboardInterrupt
    return not run.failed


def _choose(paths: Paths, names: Sequence[str]) -> tuple[list[OpenClass], list[ClassAssignment]]:
    with open_records(paths.database) as records:
        known = [cohort.id for cohort in list_cohorts(records)]
    # The sample class is created when it is first named.
    cohorts = [name for name in names if name in known or name == SAMPLE]
    typed = [name for name in names if name not in cohorts]
    classes = [open_class(paths, name) for name in cohorts or known]
    if not classes:
        raise CliError(
            "Belum ada kelas di laptop ini. Buat dulu: umkm class new, atau buka: umkm workshop"
        )
    known_tasks = [one for opened in classes for one in opened.offered.assignments]
    wanted = {find_task(known_tasks, name) for name in typed}
    tasks = []
    for opened in classes:
        names_here = [one.name for one in opened.offered.assignments]
        here = [name for name in names_here if not wanted or name in wanted]
        tasks += assignments_of(opened.class_folder, here) if here else []
    return classes, tasks


def _grade(
    paths: Paths, tasks: list[ClassAssignment], options: GradeOptions, console: Console
) -> GradingRun:
    log = (
        paths.data_dir / "log" / f"penilaian-{datetime.now(UTC):%Y%m%dT%H%M%S}-{os.getpid()}.jsonl"
    )
    with ExitStack() as stack, _stop_on_ctrl_c() as flag:
        listeners: list[Listener] = [JsonLines(stack, log)]
        listeners.append(JsonLines(stack) if options.as_json else ProgressLine(stack, console))

        def on_progress(step: GradeProgress) -> None:
            for listener in listeners:
                listener.on_progress(step)

        workers = options.workers or len(os.sched_getaffinity(0))
        run_options = RunOptions(
            workers,
            options.scheduler,
            sandboxed=options.sandboxed,
            on_progress=on_progress,
            should_stop=lambda: flag.raised,
        )
        return grade_all(tasks, options.scope, run_options)


@contextmanager
def _stop_on_ctrl_c() -> Iterator[_StopFlag]:
    flag = _StopFlag()

    def stop(number: int, frame: FrameType | None) -> None:
        if flag.raised:
            raise KeyboardInterrupt
        flag.raised = True

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield flag
    finally:
        signal.signal(signal.SIGINT, before)


def _report(run: GradingRun, classes: Sequence[OpenClass], console: Console) -> None:
    if not run.outcomes and not run.left:
        console.print("Tidak ada kiriman baru.")
        return
    notable = [outcome for outcome in run.outcomes if outcome.notes or not outcome.ok]
    shown = run.outcomes if len(run.outcomes) <= _LONG_TABLE else notable
    if shown:
        console.print(_table(shown, classes))
    reasons = Counter(str(outcome.reason) for outcome in run.outcomes if outcome.ok)
    words = ", ".join(f"{count} {reason}" for reason, count in reasons.most_common())
    console.print(f"Dinilai: {sum(reasons.values())}{f' ({words})' if words else ''}.")
    if run.failed:
        console.print(f"Gagal: {len(run.failed)}. Perbaiki sebabnya di tabel, lalu jalankan lagi.")
    waiting = sum(outcome.waiting_for_human for outcome in run.outcomes)
    if waiting:
        console.print(
            f"{waiting} kiriman menunggu. Nilai uraiannya di Periksa uraian (JupyterLab)."
        )
    if run.left:
        console.print(
            f"Dihentikan. {run.left} kiriman belum dinilai; jalankan lagi untuk melanjutkan."
        )


def _table(outcomes: Sequence[GradeOutcome], classes: Sequence[OpenClass]) -> Table:
    names = {
        person.code: person.name
        for opened in classes
        for person in class_roster(opened.records, opened.cohort.id)
    }
    titles = {
        one.name: one.title.removeprefix("Tugas: ")
        for opened in classes
        for one in opened.offered.assignments
    }
    # A column with one value takes width from the others.
    of_classes = len({outcome.cohort for outcome in outcomes}) > 1
    of_tasks = len({outcome.assignment for outcome in outcomes}) > 1
    table = Table(title="Hasil penilaian")
    for heading in (*(["Kelas"] * of_classes), *(["Tugas"] * of_tasks)):
        table.add_column(heading, overflow="fold")
    # Never wrapped, because codes are copied into other commands.
    table.add_column("Kode", no_wrap=True)
    table.add_column("Nama", overflow="fold")
    table.add_column("Nilai", justify="right", no_wrap=True)
    table.add_column("Keterangan", overflow="fold")
    for outcome in sorted(outcomes, key=lambda one: (one.cohort, one.assignment, one.participant)):
        task = titles.get(outcome.assignment, outcome.assignment)
        where = (*([outcome.cohort] * of_classes), *([task] * of_tasks))
        person = (outcome.participant, names.get(outcome.participant, ""))
        table.add_row(*where, *person, *_result(outcome))
    return table


def _result(outcome: GradeOutcome) -> tuple[str, str]:
    if not outcome.ok:
        return "–", outcome.message
    points = f"{outcome.points:g}/{outcome.of:g}".replace(".", ",")
    state = "menunggu uraian dinilai" if outcome.waiting_for_human else "selesai"
    return points, "; ".join((state, *outcome.notes))
