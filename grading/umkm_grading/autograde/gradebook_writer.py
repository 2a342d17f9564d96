"""Write to the gradebook what nbgrader's autograder would, many submissions at a time.

nbgrader's `Gradebook` commits, and waits for the disk, a dozen times for each submission. Here a
batch is one transaction.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from nbgrader.api import (
    Assignment,
    BaseCell,
    Comment,
    Grade,
    Notebook,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
    new_uuid,
)
from sqlalchemy import Connection, Engine, Table, insert, select, update

from umkm_grading.autograde.scores import Mark
from umkm_grading.errors import NotPrepared
from umkm_grading.gradebook.gradebook import scores_of, table_of

_MARKED = ("GradeCell", "TaskCell")
_COMMENTED = ("SolutionCell", "TaskCell")


@dataclass(frozen=True)
class GradebookEntry:
    """The rows of one submission, to be written."""

    participant: str
    sent_at: datetime | None
    marks: Mapping[str, Mark]
    comments: Mapping[str, str | None] = field(default_factory=dict)


@contextmanager
def batch(engine: Engine) -> Iterator[Connection]:
    """Run one transaction, for which other writers wait."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            # A transaction that reads first fails when another has written before it writes.
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        yield connection
        connection.commit()


def read_marks_of(
    connection: Connection, assignment: str, participants: Sequence[str]
) -> dict[str, dict[str, Mark]]:
    """Read the rows as they are now, by participant and question."""
    return {
        participant: {
            name: Mark(score.automatic, score.manual, score.waiting, score.extra)
            for name, score in scores.items()
        }
        for participant, scores in scores_of(connection, assignment, participants).items()
    }


def write_entries(
    connection: Connection, assignment: str, entries: Sequence[GradebookEntry]
) -> None:
    """Write entries to the gradebook, over earlier rows of the same submissions.

    Raises:
        NotPrepared: the gradebook does not know the assignment.
    """
    ids = _read_ids(connection, assignment)
    _add_students(connection, [entry.participant for entry in entries])
    notebooks = _find_notebooks(connection, ids, entries)
    _update_marks(connection, ids, entries, notebooks)


@dataclass(frozen=True)
class _AssignmentIds:
    """The ids of an assignment, its notebook, and its cells by name."""

    assignment: str
    notebook: str
    marked: Mapping[str, str]
    commented: Mapping[str, str]


def _read_ids(connection: Connection, assignment: str) -> _AssignmentIds:
    notebook, cell = table_of(Notebook), table_of(BaseCell)
    owner = table_of(Assignment)
    ids = connection.execute(
        select(owner.c.id, notebook.c.id)
        .join(notebook, notebook.c.assignment_id == owner.c.id)
        .where(owner.c.name == assignment, notebook.c.name == assignment)
    ).first()
    if ids is None:
        raise NotPrepared(assignment)
    cells = connection.execute(
        select(cell.c.name, cell.c.id, cell.c.type).where(cell.c.notebook_id == ids[1])
    ).all()
    return _AssignmentIds(
        *ids,
        marked={name: key for name, key, kind in cells if kind in _MARKED},
        commented={name: key for name, key, kind in cells if kind in _COMMENTED},
    )


def _add_students(connection: Connection, participants: Sequence[str]) -> None:
    student = table_of(Student)
    known = set(connection.scalars(select(student.c.id).where(student.c.id.in_(participants))))
    _insert(connection, student, [{"id": one} for one in participants if one not in known])


def _find_notebooks(
    connection: Connection, ids: _AssignmentIds, entries: Sequence[GradebookEntry]
) -> dict[str, str]:
    """Return the submitted notebook's id by participant; missing ones are created."""
    submitted, notebook = table_of(SubmittedAssignment), table_of(SubmittedNotebook)
    rows = connection.execute(
        select(submitted.c.student_id, submitted.c.id, notebook.c.id)
        .join(notebook, notebook.c.assignment_id == submitted.c.id)
        .where(
            submitted.c.assignment_id == ids.assignment,
            notebook.c.notebook_id == ids.notebook,
            submitted.c.student_id.in_([entry.participant for entry in entries]),
        )
    ).all()
    known = {participant: key for participant, _, key in rows}
    parents = {participant: parent for participant, parent, _ in rows}
    fresh = [entry for entry in entries if entry.participant not in known]
    for entry in fresh:
        known[entry.participant], parents[entry.participant] = new_uuid(), new_uuid()
    _insert(
        connection,
        submitted,
        [
            {
                "id": parents[entry.participant],
                "assignment_id": ids.assignment,
                "student_id": entry.participant,
            }
            for entry in fresh
        ],
    )
    _insert(
        connection,
        notebook,
        [
            {
                "id": known[entry.participant],
                "assignment_id": parents[entry.participant],
                "notebook_id": ids.notebook,
                "flagged": False,
            }
            for entry in fresh
        ],
    )
    _make_rows(connection, ids, [known[entry.participant] for entry in fresh])
    _write_timestamps(connection, entries, parents)
    return known


def _make_rows(connection: Connection, ids: _AssignmentIds, notebooks: Iterable[str]) -> None:
    keys = list(notebooks)
    for table, cells in ((table_of(Grade), ids.marked), (table_of(Comment), ids.commented)):
        _insert(
            connection,
            table,
            [
                {"id": new_uuid(), "cell_id": cell, "notebook_id": notebook}
                for notebook in keys
                for cell in cells.values()
            ],
        )


def _write_timestamps(
    connection: Connection, entries: Sequence[GradebookEntry], parents: Mapping[str, str]
) -> None:
    submitted = table_of(SubmittedAssignment)
    for entry in entries:
        if entry.sent_at is not None:
            connection.execute(
                update(submitted)
                .where(submitted.c.id == parents[entry.participant])
                .values(timestamp=entry.sent_at)
            )


def _update_marks(
    connection: Connection,
    ids: _AssignmentIds,
    entries: Sequence[GradebookEntry],
    notebooks: Mapping[str, str],
) -> None:
    grade, comment, notebook = table_of(Grade), table_of(Comment), table_of(SubmittedNotebook)
    for entry in entries:
        key = notebooks[entry.participant]
        # What `AssignLatePenalties` does with the one rule we use: no penalty.
        connection.execute(
            update(notebook).where(notebook.c.id == key).values(late_submission_penalty=None)
        )
        for question, mark in entry.marks.items():
            connection.execute(
                update(grade)
                .where(grade.c.notebook_id == key, grade.c.cell_id == ids.marked[question])
                .values(
                    auto_score=mark.automatic,
                    manual_score=mark.manual,
                    needs_manual_grade=mark.waiting,
                )
            )
        for question, text in entry.comments.items():
            connection.execute(
                update(comment)
                .where(comment.c.notebook_id == key, comment.c.cell_id == ids.commented[question])
                .values(auto_comment=text)
            )


def _insert(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(insert(table), rows)
