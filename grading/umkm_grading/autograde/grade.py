"""Grades what lies in a class: decides what is due, works it off, says what came out."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from umkm_courses import Assignment
from umkm_grading.autograde.history import read_past, read_waiting
from umkm_grading.autograde.locked_submission import Task
from umkm_grading.autograde.outcomes import GradeOutcome, Run
from umkm_grading.autograde.plan import Step, Want, Why, plan
from umkm_grading.autograde.runner import Manner, work_off
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
    want: Want = Want.DUE,
) -> list[GradeOutcome]:
    """Grade every new or changed submission of an assignment; one that fails stops no other.

    `on_progress` is told (done, total), first with 0.

    Raises:
        NotPrepared: the assignment is not released in this class.
    """
    released = read_released(
        class_folder, assignment if isinstance(assignment, str) else assignment.name
    )
    manner = Manner(on_progress=lambda step: on_progress(step.done, step.total))
    run = grade_all([Task(class_folder, released)], want, manner)
    return sorted(run.outcomes, key=lambda outcome: outcome.participant)


def grade_all(tasks: Iterable[Task], want: Want = Want.DUE, manner: Manner | None = None) -> Run:
    """Grade several assignments of several classes in one run."""
    tasks, manner = list(tasks), manner or Manner()
    steps = [(task, step) for task in tasks for step in plan_task(task, want)]
    run = work_off(steps, manner)
    return replace(run, outcomes=(*run.outcomes, *_strays(tasks)))


def tasks_of(class_folder: ClassFolder, assignments: Iterable[str] = ()) -> list[Task]:
    """The assignments released in a class; some of them, or all.

    Raises:
        NotPrepared: one of them is not released in this class.
    """
    names = list(assignments)
    releases = (
        [read_released(class_folder, name) for name in names]
        if names
        else list_released(class_folder)
    )
    return [Task(class_folder, released) for released in releases]


def plan_task(task: Task, want: Want = Want.DUE) -> list[Step]:
    """What is to be graded of an assignment, and why."""
    class_folder, name = task.class_folder, task.name
    people = list_submitters(class_folder, name)
    waiting = [read_waiting(class_folder, person, name) for person in people]
    past = {person: read_past(class_folder, person, name) for person in people}
    return plan(waiting, past, task.released.edition, want)


def grade_one(
    class_folder: ClassFolder,
    released: ReleasedAssignment,
    participant: str,
    wait_seconds: float = LONG_WAIT,
) -> GradeOutcome:
    """Grade one submission anew, whatever was graded before."""
    steps = [(Task(class_folder, released), Step(participant, Why.ASKED))]
    (outcome,) = work_off(steps, Manner(wait_seconds=wait_seconds)).outcomes
    return outcome


def failed_outcome(participant: str, of: float, reason: str) -> GradeOutcome:
    """The outcome of a submission that could not be graded."""
    return GradeOutcome(
        participant, ok=False, points=0, of=of, waiting_for_human=False, reason=reason
    )


def _strays(tasks: Iterable[Task]) -> list[GradeOutcome]:
    return [
        replace(
            failed_outcome(ascii(name)[1:-1], task.released.points, _STRAY),
            cohort=task.class_folder.cohort_id,
            assignment=task.name,
        )
        for task in tasks
        for name in list_strays(task.class_folder, task.name)
    ]


_STRAY = (
    "Nama folder kiriman ini bukan kode peserta, jadi tidak dinilai. "
    "Ganti namanya menjadi kode peserta, atau hapus."
)
