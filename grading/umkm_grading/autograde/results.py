"""Turns executed notebooks into results: files, gradebook rows, ledger; a batch at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Engine

from umkm_grading.autograde.displayed_marks import marks_in, unmarked
from umkm_grading.autograde.gradebook_writer import Entry, batch, read_marks_of, write_entries
from umkm_grading.autograde.history import write_graded
from umkm_grading.autograde.locked_submission import Held, Task
from umkm_grading.autograde.nbgrader_adapter import Verdict, read_notebook, read_verdict
from umkm_grading.autograde.outcomes import GradeOutcome
from umkm_grading.autograde.scores import Mark
from umkm_grading.class_folder.atomic_files import write_folder


@dataclass(frozen=True)
class Executed:
    """A held submission with its executed notebook."""

    held: Held
    notebook: Any
    verdict: Verdict
    #: What is left for staff and feedback.
    shown: str


@dataclass(frozen=True)
class Booked:
    """A submission whose rows are in the gradebook; `missing` questions have no mark of ours."""

    held: Held
    marks: dict[str, Mark]
    missing: list[str]


def understand(held: Held, text: str, shown: str = "") -> Executed:
    """Read the points nbgrader would find in an executed notebook; staff may be `shown` another."""
    with held.timed("tulis"):
        notebook = read_notebook(text)
        return Executed(held, notebook, read_verdict(notebook), shown or text)


def keep_notebook(done: Executed) -> None:
    """Leave the executed notebook where nbgrader's feedback and formgrader look for it.

    Raises:
        OSError: the disk does not take it.
    """
    held, name = done.held, done.held.task.name
    class_folder = held.task.class_folder
    with held.timed("tulis"):
        files = {**held.files, f"{name}.ipynb": done.shown.encode("utf-8", "replace")}
        target = class_folder.autograded(held.participant, name)
        # Read-only, as nbgrader leaves it.
        write_folder(target, files, class_folder.own_dir / "staging", read_only=True, durable=False)


def book(engine: Engine, task: Task, executed: Sequence[Executed]) -> list[Booked]:
    """Write the rows of several submissions of one assignment in one transaction.

    Raises:
        DBAPIError: the gradebook is locked, full or out of reach; none of them is written.
    """
    people = [one.held.participant for one in executed]
    with batch(engine) as connection:
        old = read_marks_of(connection, task.name, people)
        booked = [_settle(one, old.get(one.held.participant, {})) for one in executed]
        write_entries(
            connection,
            task.name,
            [
                Entry(one.held.participant, one.held.sent_at, mine.marks, one.verdict.comments)
                for one, mine in zip(executed, booked, strict=True)
            ],
        )
    return booked


def conclude(booked: Booked) -> GradeOutcome:
    """Note that the grading went well, and say what came out."""
    held, task = booked.held, booked.held.task
    with held.timed("tulis"):
        write_graded(task.class_folder, held.participant, task.name, held.graded, held.seconds)
    return _outcome(held, booked.marks)


def read_old(engine: Engine, held: Held) -> None:
    """Keep the gradebook's rows as they are, before nbgrader itself changes them."""
    with engine.connect() as connection:
        name, person = held.task.name, held.participant
        held.old = read_marks_of(connection, name, [person]).get(person, {})


def standing_outcome(engine: Engine, held: Held) -> GradeOutcome:
    """What the gradebook already says of a submission."""
    read_old(engine, held)
    return _outcome(held, held.old or {})


def _outcome(held: Held, marks: Mapping[str, Mark]) -> GradeOutcome:
    return GradeOutcome(
        participant=held.participant,
        ok=True,
        points=sum(mark.points for mark in marks.values()),
        of=held.task.released.points,
        waiting_for_human=any(mark.waiting for mark in marks.values()),
        cohort=held.task.class_folder.cohort_id,
        assignment=held.task.name,
        why=held.step.why,
        notes=held.notes,
        seconds=dict(held.seconds),
    )


def _settle(done: Executed, found: Mapping[str, Mark]) -> Booked:
    released = done.held.task.released
    old = found if done.held.old is None else done.held.old
    points = done.verdict.points
    marks = done.held.settle(old, points)
    missing = unmarked(released, marks_in(done.notebook), points)
    for question in missing:
        # Formgrader shows it as open, so that its number does not pass for a grade.
        marks[question] = replace(marks[question], waiting=True)
    return Booked(done.held, marks, missing)
