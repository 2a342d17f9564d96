"""Grade the submissions of a class: plan, run, return outcomes."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from umkm_courses import Assignment
from umkm_grading.autograde.history import read_history, read_pending
from umkm_grading.autograde.locked_submission import ClassAssignment
from umkm_grading.autograde.outcomes import GradeOutcome, GradingRun
from umkm_grading.autograde.plan import PlannedGrading, Reason, Scope, plan
from umkm_grading.autograde.runner import RunOptions, run_gradings
from umkm_grading.class_folder.class_folder import LONG_WAIT, ClassFolder
from umkm_grading.class_folder.released_assignment import (
    ReleasedAssignment,
    list_released,
    read_released,
)
from umkm_grading.class_folder.submission_folder import list_strays, list_submitters


def grade(
    class_folder: ClassFolder,
    assignment: Assignment | str,
    on_progress: Callable[[int, int], None] = lambda done, total: None,
    scope: Scope = Scope.DUE,
) -> list[GradeOutcome]:
    """Grade every new or changed submission of an assignment; one that fails stops no other.

    `on_progress` is called with (done, total), first with done=0.

    Raises:
        NotPrepared: the assignment is not released in this class.
    """
    released = read_released(
        class_folder, assignment if isinstance(assignment, str) else assignment.name
    )
    options = RunOptions(on_progress=lambda one: on_progress(one.done, one.total))
    run = grade_all([ClassAssignment(class_folder, released)], scope, options)
    return sorted(run.outcomes, key=lambda outcome: outcome.participant)


def grade_all(
    assignments: Iterable[ClassAssignment],
    scope: Scope = Scope.DUE,
    options: RunOptions | None = None,
) -> GradingRun:
    """Grade several assignments of several classes in one run."""
    assignments, options = list(assignments), options or RunOptions()
    planned = [
        (assignment, one)
        for assignment in assignments
        for one in plan_assignment(assignment, scope)
    ]
    run = run_gradings(planned, options)
    return replace(run, outcomes=(*run.outcomes, *_strays(assignments)))


def assignments_of(
    class_folder: ClassFolder, assignments: Iterable[str] = ()
) -> list[ClassAssignment]:
    """Return the assignments released in a class; all, or the named ones.

    Raises:
        NotPrepared: one of them is not released in this class.
    """
    names = list(assignments)
    releases = (
        [read_released(class_folder, name) for name in names]
        if names
        else list_released(class_folder)
    )
    return [ClassAssignment(class_folder, released) for released in releases]


def plan_assignment(assignment: ClassAssignment, scope: Scope = Scope.DUE) -> list[PlannedGrading]:
    """Return which submissions of an assignment have to be graded, and why."""
    class_folder, name = assignment.class_folder, assignment.name
    people = list_submitters(class_folder, name)
    pending = [read_pending(class_folder, person, name) for person in people]
    history = {person: read_history(class_folder, person, name) for person in people}
    return plan(pending, history, assignment.released.edition, scope)


def grade_one(
    class_folder: ClassFolder,
    released: ReleasedAssignment,
    participant: str,
    wait_seconds: float = LONG_WAIT,
) -> GradeOutcome:
    """Grade one submission again, whatever was graded before."""
    planned = [(ClassAssignment(class_folder, released), PlannedGrading(participant, Reason.ASKED))]
    (outcome,) = run_gradings(planned, RunOptions(wait_seconds=wait_seconds)).outcomes
    return outcome


def failed_outcome(participant: str, of: float, message: str) -> GradeOutcome:
    """Return the outcome of a submission that could not be graded."""
    return GradeOutcome(
        participant, ok=False, points=0, of=of, waiting_for_human=False, message=message
    )


def _strays(assignments: Iterable[ClassAssignment]) -> list[GradeOutcome]:
    return [
        replace(
            failed_outcome(ascii(name)[1:-1], assignment.released.points, _STRAY),
            cohort=assignment.class_folder.cohort_id,
            assignment=assignment.name,
        )
        for assignment in assignments
        for name in list_strays(assignment.class_folder, assignment.name)
    ]


_STRAY = (
    "Nama folder kiriman ini bukan kode peserta, jadi tidak dinilai. "
    "Ganti namanya menjadi kode peserta, atau hapus."
)
