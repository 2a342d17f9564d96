"""Works off a plan: holds each submission, has its sheet run, books results in batches."""

from collections import deque
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cache
from itertools import islice

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from umkm import UmkmError
from umkm_grading.autograde.dask_pool import Cluster
from umkm_grading.autograde.failures import failed
from umkm_grading.autograde.history import is_graded_now
from umkm_grading.autograde.jobs import Done, Job, Sheet
from umkm_grading.autograde.kernel_executor import run_with_kernel
from umkm_grading.autograde.locked_submission import Held, Task
from umkm_grading.autograde.nbgrader_adapter import make_sheet
from umkm_grading.autograde.outcomes import GradeOutcome, Progress, Run
from umkm_grading.autograde.plan import Step, Why
from umkm_grading.autograde.process_pool import Pool
from umkm_grading.autograde.results import (
    Executed,
    book,
    conclude,
    keep_notebook,
    read_old,
    standing_outcome,
    understand,
)
from umkm_grading.autograde.run_job import run_job
from umkm_grading.class_folder.class_folder import LONG_WAIT, ClassFolder
from umkm_grading.class_folder.submission_folder import OWN_NOTEBOOK
from umkm_grading.errors import Busy, ClusterTrouble, NbgraderFailed, NotSandboxed
from umkm_grading.gradebook.gradebook import gradebook_engine
from umkm_grading.sandbox.bubblewrap import sandbox_trouble

#: Rows are written when this many submissions are done; each holds its locks until then.
_BATCH = 32


@dataclass(frozen=True)
class Manner:
    """How a run works, and whom it tells."""

    workers: int = 1
    #: A Dask scheduler's address, `local` for workers of our own on Dask, empty for plain processes.
    scheduler: str = ""
    wait_seconds: float = LONG_WAIT
    #: False only where staff insisted: trainees' notebooks then run with this program's rights.
    walled: bool = True
    on_progress: Callable[[Progress], None] = lambda progress: None
    should_stop: Callable[[], bool] = lambda: False


def work_off(steps: Sequence[tuple[Task, Step]], manner: Manner) -> Run:
    """Grade these submissions; one that fails stops no other.

    What is done stays done, whenever the run ends; the next run takes up the rest.

    Raises:
        ClusterTrouble: the scheduler is not there, or has no workers; nothing was begun.
    """
    if not steps:
        manner.on_progress(Progress(0, 0))
        return Run(())
    with _open_pool(manner, len(steps)) as pool:
        # Told only now: a progress bar may start a thread, and workers are forked before that.
        manner.on_progress(Progress(0, len(steps)))
        worker = _Worker(pool, manner, len(steps))
        try:
            worker.work(deque(steps))
        finally:
            worker.close()
    return Run(tuple(worker.outcomes), len(steps) - len(worker.outcomes))


def _open_pool(manner: Manner, jobs: int) -> Pool | Cluster:
    workers = min(manner.workers, jobs)
    return Cluster(manner.scheduler, workers) if manner.scheduler else Pool(workers, run_job)


@dataclass
class _Worker:
    pool: Pool | Cluster
    manner: Manner
    total: int
    outcomes: list[GradeOutcome] = field(default_factory=list)
    running: dict[object, Held] = field(default_factory=dict)
    executed: list[Executed] = field(default_factory=list)
    engines: dict[str, Engine] = field(default_factory=dict)

    def work(self, steps: deque[tuple[Task, Step]]) -> None:
        busy: deque[tuple[Task, Step]] = deque()
        while (steps or self.pool.pending) and not (
            self.manner.should_stop() and self._stop(steps)
        ):
            while steps and self.pool.has_room:
                task, step = steps.popleft()
                if not self._begin(task, step, wait_seconds=0):
                    busy.append((task, step))
            self._collect()
            if len(self.executed) >= _BATCH:
                self._flush()
        self._flush()
        # Waiting with nothing held: two runs that wait for each other's submissions would not end.
        for task, step in busy:
            if self.manner.should_stop():
                return
            self._begin(task, step, self.manner.wait_seconds, patient=True)
            while self.pool.pending:
                self._collect()
            self._flush()

    def close(self) -> None:
        for held in (*self.running.values(), *(one.held for one in self.executed)):
            held.locks.close()
        for engine in self.engines.values():
            engine.dispose()

    def _stop(self, steps: deque[tuple[Task, Step]]) -> bool:
        steps.clear()
        return not self.pool.pending

    def _begin(self, task: Task, step: Step, wait_seconds: float, *, patient: bool = False) -> bool:
        """Hold a submission and hand it to a worker; False when another process has it."""
        held = Held(task, step, ExitStack())
        try:
            held.locks.enter_context(
                task.class_folder.working_on(step.participant, task.name, wait_seconds)
            )
            if step.why is not Why.ASKED and is_graded_now(
                task.class_folder, task.released, step.participant
            ):
                self._tell_other(held)
                return True
            held.read()
            sheet = _sheet(task.class_folder, task.name, task.released.edition)
            # As nbgrader does it: the assignment's own files win over what lies there.
            held.files |= sheet.companions
            job = self._job(held, sheet)
        except Busy as error:
            if patient:
                self._fail(held, error)
            return patient
        except Exception as error:
            self._fail(held, error)
            return True
        key = (task.class_folder.root, task.name, step.participant)
        self.running[key] = held
        self.pool.add(key, job)
        return True

    def _job(self, held: Held, sheet: Sheet) -> Job:
        own = held.files.pop(OWN_NOTEBOOK, b"").decode(errors="replace")
        held.has_notebook = bool(own)
        # Another machine answers for itself.
        needs_walls = bool(own) and self.manner.walled and self.pool.runs_here
        if needs_walls and (trouble := sandbox_trouble()):
            raise NotSandboxed(trouble)
        return Job(sheet, held.files, own, self.manner.walled)

    def _collect(self) -> None:
        for key, done in self.pool.results(timeout=1):
            held = self.running.pop(key)
            try:
                held.notes = _notes_of(held, done)
                one = understand(held, self._text(held, done), done.shown)
                keep_notebook(one)
            except Exception as error:
                self._fail(held, error)
            else:
                self.executed.append(one)

    def _text(self, held: Held, done: Done) -> str:
        if done.lost:
            raise ClusterTrouble(done.lost)
        if done.unwalled:
            raise NotSandboxed(done.unwalled)
        held.seconds["jalan"] = done.seconds
        if not done.unusual:
            return done.notebook
        read_old(self._engine(held.task.class_folder), held)
        with held.timed("kernel"):
            return run_with_kernel(held.task.class_folder, held.task.name, held.participant)

    def _flush(self) -> None:
        done, self.executed = self.executed, []
        tasks = {
            (one.held.task.class_folder.root, one.held.task.name): one.held.task for one in done
        }
        for key, task in tasks.items():
            mine = iter(
                [
                    one
                    for one in done
                    if (one.held.task.class_folder.root, one.held.task.name) == key
                ]
            )
            while part := list(islice(mine, _BATCH)):
                self._book(task, part)

    def _book(self, task: Task, executed: list[Executed]) -> None:
        try:
            booked = book(self._engine(task.class_folder), task, executed)
        except Exception as error:
            if len(executed) > 1 and not isinstance(error, DBAPIError | UmkmError):
                # One of them has what no row takes; nothing is written yet.
                for one in executed:
                    self._book(task, [one])
                return
            for one in executed:
                self._fail(one.held, error)
            return
        for mine in booked:
            try:
                if mine.missing:
                    raise NbgraderFailed(
                        f"Soal {', '.join(mine.missing)} tidak bisa dinilai otomatis. Nilai lagi; "
                        "bila berulang, kirimkan catatannya kepada pembuat materi."
                    )
                outcome = conclude(mine)
            except Exception as error:
                self._fail(mine.held, error)
            else:
                self._tell(mine.held, outcome)

    def _engine(self, class_folder: ClassFolder) -> Engine:
        url = class_folder.gradebook_url
        if url not in self.engines:
            self.engines[url] = gradebook_engine(class_folder)
        return self.engines[url]

    def _tell_other(self, held: Held) -> None:
        """Another process has just graded it: say what came out."""
        self._tell(held, standing_outcome(self._engine(held.task.class_folder), held))

    def _tell(self, held: Held, outcome: GradeOutcome) -> None:
        held.locks.close()
        self.outcomes.append(outcome)
        self.manner.on_progress(Progress(len(self.outcomes), self.total, outcome))

    def _fail(self, held: Held, error: Exception) -> None:
        self._tell(held, failed(held.task, held.step, error))


def _notes_of(held: Held, done: Done) -> tuple[str, ...]:
    if held.has_notebook and done.unusual:
        return (*done.notes, "Notebook peserta tidak diperlihatkan: penilaiannya perlu kernel.")
    return done.notes


@cache
def _sheet(class_folder: ClassFolder, assignment: str, edition: str) -> Sheet:
    return make_sheet(class_folder, assignment)
