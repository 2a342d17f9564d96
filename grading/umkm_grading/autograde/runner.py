"""Run a plan: lock each submission, run its job in a pool, write results in batches."""

from collections import deque
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from umkm import UmkmError
from umkm_grading.autograde.dask_pool import DaskPool
from umkm_grading.autograde.failures import failed
from umkm_grading.autograde.history import is_graded_now
from umkm_grading.autograde.jobs import AutogradeJob, AutogradeResult, GradableNotebook
from umkm_grading.autograde.kernel_executor import run_with_kernel
from umkm_grading.autograde.locked_submission import ClassAssignment, LockedSubmission
from umkm_grading.autograde.nbgrader_adapter import make_gradable
from umkm_grading.autograde.outcomes import GradeOutcome, GradeProgress, GradingRun
from umkm_grading.autograde.plan import PlannedGrading, Reason
from umkm_grading.autograde.pool import JobPool
from umkm_grading.autograde.process_pool import ProcessPool
from umkm_grading.autograde.results import (
    ExecutedSubmission,
    outcome_in_gradebook,
    read_executed,
    read_marks_before,
    record_success,
    write_notebook,
    write_results,
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
class RunOptions:
    """Options of a grading run."""

    workers: int = 1
    #: A Dask scheduler's address, `local` for workers of our own on Dask, empty for plain processes.
    scheduler: str = ""
    wait_seconds: float = LONG_WAIT
    #: False only where staff asked for it: trainees' notebooks then run with our rights.
    sandboxed: bool = True
    on_progress: Callable[[GradeProgress], None] = lambda progress: None
    should_stop: Callable[[], bool] = lambda: False


def run_gradings(
    planned_gradings: Sequence[tuple[ClassAssignment, PlannedGrading]], options: RunOptions
) -> GradingRun:
    """Grade these submissions; one that fails stops no other.

    What was graded stays graded, whenever the run ends; the next run grades the rest.

    Raises:
        ClusterTrouble: no scheduler answers, or it has no workers; nothing was graded.
    """
    if not planned_gradings:
        options.on_progress(GradeProgress(0, 0))
        return GradingRun(())
    with _open_pool(options, len(planned_gradings)) as pool:
        # Only now: a progress bar may start a thread, and workers must be forked before.
        options.on_progress(GradeProgress(0, len(planned_gradings)))
        run = _Run(pool, options, len(planned_gradings))
        try:
            run.work(deque(planned_gradings))
        finally:
            run.close()
    return GradingRun(tuple(run.outcomes), len(planned_gradings) - len(run.outcomes))


def _open_pool(options: RunOptions, jobs: int) -> JobPool:
    workers = min(options.workers, jobs)
    if options.scheduler:
        return DaskPool(options.scheduler, workers)
    return ProcessPool(workers, run_job)


@dataclass
class _Run:
    pool: JobPool
    options: RunOptions
    total: int
    outcomes: list[GradeOutcome] = field(default_factory=list)
    running: dict[object, LockedSubmission] = field(default_factory=dict)
    executed: list[ExecutedSubmission] = field(default_factory=list)
    engines: dict[str, Engine] = field(default_factory=dict)

    def work(self, planned_gradings: deque[tuple[ClassAssignment, PlannedGrading]]) -> None:
        busy: deque[tuple[ClassAssignment, PlannedGrading]] = deque()
        while (planned_gradings or self.pool.pending) and not (
            self.options.should_stop() and self._stop(planned_gradings)
        ):
            while planned_gradings and self.pool.has_room:
                assignment, planned = planned_gradings.popleft()
                if not self._begin(assignment, planned, wait_seconds=0):
                    busy.append((assignment, planned))
            self._collect()
            if len(self.executed) >= _BATCH:
                self._flush()
        self._flush()
        # Wait with no lock held: two runs that waited for each other's would deadlock.
        for assignment, planned in busy:
            if self.options.should_stop():
                return
            self._begin(assignment, planned, self.options.wait_seconds, last_try=True)
            while self.pool.pending:
                self._collect()
            self._flush()

    def close(self) -> None:
        for submission in (*self.running.values(), *(one.submission for one in self.executed)):
            submission.locks.close()
        for engine in self.engines.values():
            engine.dispose()

    def _stop(self, planned_gradings: deque[tuple[ClassAssignment, PlannedGrading]]) -> bool:
        planned_gradings.clear()
        return not self.pool.pending

    def _begin(
        self,
        assignment: ClassAssignment,
        planned: PlannedGrading,
        wait_seconds: float,
        *,
        last_try: bool = False,
    ) -> bool:
        """Lock a submission and hand it to a worker; False when another process has it."""
        submission = LockedSubmission(assignment, planned, ExitStack())
        try:
            submission.locks.enter_context(
                assignment.class_folder.working_on(
                    planned.participant, assignment.name, wait_seconds
                )
            )
            if planned.reason is not Reason.ASKED and is_graded_now(
                assignment.class_folder, assignment.released, planned.participant
            ):
                self._report_other(submission)
                return True
            submission.read()
            gradable = _gradable(
                assignment.class_folder, assignment.name, assignment.released.edition
            )
            # As nbgrader does it: the assignment's own files replace those of the submission.
            submission.files |= gradable.companions
            job = self._job(submission, gradable)
        except Busy as error:
            if last_try:
                self._fail(submission, error)
            return last_try
        except Exception as error:
            self._fail(submission, error)
            return True
        key = (assignment.class_folder.root, assignment.name, planned.participant)
        self.running[key] = submission
        self.pool.add(key, job)
        return True

    def _job(self, submission: LockedSubmission, gradable: GradableNotebook) -> AutogradeJob:
        own = submission.files.pop(OWN_NOTEBOOK, b"").decode(errors="replace")
        submission.has_notebook = bool(own)
        # Another machine checks its own sandbox.
        needs_sandbox = bool(own) and self.options.sandboxed and self.pool.runs_here
        if needs_sandbox and (trouble := sandbox_trouble()):
            raise NotSandboxed(trouble)
        return AutogradeJob(gradable, submission.files, own, self.options.sandboxed)

    def _collect(self) -> None:
        for key, done in self.pool.results(timeout=1):
            submission = self.running.pop(key)
            try:
                submission.notes = _notes_of(submission, done)
                one = read_executed(submission, self._text(submission, done), done.shown)
                write_notebook(one)
            except Exception as error:
                self._fail(submission, error)
            else:
                self.executed.append(one)

    def _text(self, submission: LockedSubmission, done: AutogradeResult) -> str:
        if done.worker_error:
            raise ClusterTrouble(done.worker_error)
        if done.sandbox_error:
            raise NotSandboxed(done.sandbox_error)
        submission.seconds["jalan"] = done.seconds
        if not done.needs_kernel:
            return done.notebook
        read_marks_before(self._engine(submission.assignment.class_folder), submission)
        with submission.timed("kernel"):
            return run_with_kernel(
                submission.assignment.class_folder,
                submission.assignment.name,
                submission.participant,
            )

    def _flush(self) -> None:
        executed, self.executed = self.executed, []
        by_assignment: dict[tuple[Path, str], list[ExecutedSubmission]] = {}
        for one in executed:
            assignment = one.submission.assignment
            key = (assignment.class_folder.root, assignment.name)
            by_assignment.setdefault(key, []).append(one)
        for several in by_assignment.values():
            rest = iter(several)
            while part := list(islice(rest, _BATCH)):
                self._write_results(several[0].submission.assignment, part)

    def _write_results(
        self, assignment: ClassAssignment, executed: list[ExecutedSubmission]
    ) -> None:
        try:
            written = write_results(self._engine(assignment.class_folder), assignment, executed)
        except Exception as error:
            if len(executed) > 1 and not isinstance(error, DBAPIError | UmkmError):
                # One of them has a value that no row takes; nothing is written yet.
                for one in executed:
                    self._write_results(assignment, [one])
                return
            for one in executed:
                self._fail(one.submission, error)
            return
        for mine in written:
            try:
                if mine.missing:
                    raise NbgraderFailed(
                        f"Soal {', '.join(mine.missing)} tidak bisa dinilai otomatis. Nilai lagi; "
                        "bila berulang, kirimkan catatannya kepada pembuat materi."
                    )
                outcome = record_success(mine)
            except Exception as error:
                self._fail(mine.submission, error)
            else:
                self._report(mine.submission, outcome)

    def _engine(self, class_folder: ClassFolder) -> Engine:
        url = class_folder.gradebook_url
        if url not in self.engines:
            self.engines[url] = gradebook_engine(class_folder)
        return self.engines[url]

    def _report_other(self, submission: LockedSubmission) -> None:
        """Report the outcome of a submission that another process has just graded."""
        self._report(
            submission,
            outcome_in_gradebook(self._engine(submission.assignment.class_folder), submission),
        )

    def _report(self, submission: LockedSubmission, outcome: GradeOutcome) -> None:
        submission.locks.close()
        self.outcomes.append(outcome)
        self.options.on_progress(GradeProgress(len(self.outcomes), self.total, outcome))

    def _fail(self, submission: LockedSubmission, error: Exception) -> None:
        self._report(submission, failed(submission.assignment, submission.planned, error))


def _notes_of(submission: LockedSubmission, done: AutogradeResult) -> tuple[str, ...]:
    if submission.has_notebook and done.needs_kernel:
        return (*done.notes, "Notebook peserta tidak diperlihatkan: penilaiannya perlu kernel.")
    return done.notes


@cache
def _gradable(class_folder: ClassFolder, assignment: str, edition: str) -> GradableNotebook:
    return make_gradable(class_folder, assignment)
