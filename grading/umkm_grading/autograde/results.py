"""Write the results of executed notebooks: files, gradebook rows, grading history."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Engine

from umkm_grading.autograde.displayed_marks import marks_in, unmarked
from umkm_grading.autograde.gradebook_writer import (
    GradebookEntry,
    batch,
    read_marks_of,
    write_entries,
)
from umkm_grading.autograde.history import write_last_grading
from umkm_grading.autograde.locked_submission import ClassAssignment, LockedSubmission
from umkm_grading.autograde.nbgrader_adapter import CellScores, read_cell_scores, read_notebook
from umkm_grading.autograde.outcomes import GradeOutcome
from umkm_grading.autograde.scores import Mark
from umkm_grading.class_folder.atomic_files import write_folder


@dataclass(frozen=True)
class ExecutedSubmission:
    """A locked submission with its executed notebook."""

    submission: LockedSubmission
    notebook: Any
    scores: CellScores
    #: The notebook for staff and feedback.
    shown: str


@dataclass(frozen=True)
class WrittenResult:
    """A submission whose rows are in the gradebook; `missing` questions have no mark of ours."""

    submission: LockedSubmission
    marks: dict[str, Mark]
    missing: list[str]


def read_executed(submission: LockedSubmission, text: str, shown: str = "") -> ExecutedSubmission:
    """Return the points in an executed notebook; staff may be `shown` another."""
    with submission.timed("tulis"):
        notebook = read_notebook(text)
        return ExecutedSubmission(submission, notebook, read_cell_scores(notebook), shown or text)


def write_notebook(done: ExecutedSubmission) -> None:
    """Write the executed notebook to where nbgrader's feedback and formgrader look for it.

    Raises:
        OSError: the disk does not take it.
    """
    submission, name = done.submission, done.submission.assignment.name
    class_folder = submission.assignment.class_folder
    with submission.timed("tulis"):
        files = {**submission.files, f"{name}.ipynb": done.shown.encode("utf-8", "replace")}
        target = class_folder.autograded(submission.participant, name)
        # Read-only, as nbgrader leaves it.
        write_folder(target, files, class_folder.own_dir / "staging", read_only=True, durable=False)


def write_results(
    engine: Engine, assignment: ClassAssignment, executed: Sequence[ExecutedSubmission]
) -> list[WrittenResult]:
    """Write the rows of several submissions of one assignment in one transaction.

    Raises:
        DBAPIError: the gradebook is locked, full or out of reach; none of them is written.
    """
    people = [one.submission.participant for one in executed]
    with batch(engine) as connection:
        old = read_marks_of(connection, assignment.name, people)
        written = [_score(one, old.get(one.submission.participant, {})) for one in executed]
        write_entries(
            connection,
            assignment.name,
            [
                GradebookEntry(
                    one.submission.participant,
                    one.submission.sent_at,
                    mine.marks,
                    one.scores.comments,
                )
                for one, mine in zip(executed, written, strict=True)
            ],
        )
    return written


def record_success(written: WrittenResult) -> GradeOutcome:
    """Write the grading history of a graded submission, and return its outcome."""
    submission, assignment = written.submission, written.submission.assignment
    with submission.timed("tulis"):
        write_last_grading(
            assignment.class_folder,
            submission.participant,
            assignment.name,
            submission.graded,
            submission.seconds,
        )
    return _outcome(submission, written.marks)


def read_marks_before(engine: Engine, submission: LockedSubmission) -> None:
    """Read the gradebook's rows before nbgrader itself changes them."""
    with engine.connect() as connection:
        name, person = submission.assignment.name, submission.participant
        submission.old = read_marks_of(connection, name, [person]).get(person, {})


def outcome_in_gradebook(engine: Engine, submission: LockedSubmission) -> GradeOutcome:
    """Return what the gradebook holds of a submission."""
    read_marks_before(engine, submission)
    return _outcome(submission, submission.old or {})


def _outcome(submission: LockedSubmission, marks: Mapping[str, Mark]) -> GradeOutcome:
    return GradeOutcome(
        participant=submission.participant,
        ok=True,
        points=sum(mark.points for mark in marks.values()),
        of=submission.assignment.released.points,
        waiting_for_human=any(mark.waiting for mark in marks.values()),
        cohort=submission.assignment.class_folder.cohort_id,
        assignment=submission.assignment.name,
        reason=submission.planned.reason,
        notes=submission.notes,
        seconds=dict(submission.seconds),
    )


def _score(done: ExecutedSubmission, found: Mapping[str, Mark]) -> WrittenResult:
    released = done.submission.assignment.released
    old = found if done.submission.old is None else done.submission.old
    points = done.scores.points
    marks = done.submission.new_marks(old, points)
    missing = unmarked(released, marks_in(done.notebook), points)
    for question in missing:
        # Formgrader shows it as open, so that its points do not count as a grade.
        marks[question] = replace(marks[question], waiting=True)
    return WrittenResult(done.submission, marks, missing)
