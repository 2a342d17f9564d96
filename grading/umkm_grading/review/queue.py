"""The queue of texts that wait for a reviewer, over many classes: one query a gradebook."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NamedTuple

from nbgrader.api import Assignment, BaseCell, Grade, SubmittedAssignment, SubmittedNotebook
from sqlalchemy import Select, select

from umkm_grading.class_folder.class_folder import ClassFolder
from umkm_grading.errors import ClassFolderError, GradingError
from umkm_grading.gradebook.gradebook import connect, table_of
from umkm_records.reviews import TextToRead

#: A submission without a time comes first.
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class WaitingText(NamedTuple):
    """A text nobody has marked yet, and when it was sent."""

    text: TextToRead
    sent_at: datetime


@dataclass(frozen=True)
class Queue:
    """All texts that wait, oldest first.

    `automatic` counts automatic marks that staff changed once and must check again in formgrader;
    `troubles` says of each class that could not be read why.
    """

    waiting: tuple[WaitingText, ...] = ()
    automatic: int = 0
    troubles: Mapping[str, str] = field(default_factory=dict)

    def by_question(self) -> dict[tuple[str, str], list[WaitingText]]:
        """Return the texts by (assignment, question); the question with the oldest text first."""
        found: dict[tuple[str, str], list[WaitingText]] = {}
        for one in self.waiting:
            found.setdefault((one.text.assignment, one.text.question), []).append(one)
        return found


def read_queue(class_folders: Iterable[ClassFolder]) -> Queue:
    """Read the queue of these classes; one that cannot be read does not stop the others."""
    waiting: list[WaitingText] = []
    automatic, troubles = 0, {}
    statement = _statement()
    for class_folder in class_folders:
        try:
            texts, others = _waiting_in(class_folder, statement)
        except ClassFolderError:
            # Not opened yet: nobody in it has sent anything.
            continue
        except GradingError as error:
            troubles[class_folder.cohort_id] = error.message
            continue
        waiting += texts
        automatic += others
    waiting.sort(key=lambda one: (one.sent_at, one.text.cohort, one.text.participant))
    return Queue(tuple(waiting), automatic, troubles)


def _waiting_in(
    class_folder: ClassFolder, statement: Select[str, str, str, str, datetime]
) -> tuple[Sequence[WaitingText], int]:
    texts, others = [], 0
    with connect(class_folder) as connection:
        for kind, assignment, question, person, sent in connection.execute(statement):
            if kind != "TaskCell":
                others += 1
                continue
            text = TextToRead(class_folder.cohort_id, person, assignment, question)
            # nbgrader keeps UTC without saying so.
            texts.append(WaitingText(text, sent.replace(tzinfo=UTC) if sent else _LONG_AGO))
    return texts, others


def _statement() -> Select[str, str, str, str, datetime]:
    grade, cell, notebook = map(table_of, (Grade, BaseCell, SubmittedNotebook))
    submitted, owner = map(table_of, (SubmittedAssignment, Assignment))
    return (
        select(
            cell.c.type, owner.c.name, cell.c.name, submitted.c.student_id, submitted.c.timestamp
        )
        .select_from(grade)
        .join(cell, cell.c.id == grade.c.cell_id)
        .join(notebook, notebook.c.id == grade.c.notebook_id)
        .join(submitted, submitted.c.id == notebook.c.assignment_id)
        .join(owner, owner.c.id == submitted.c.assignment_id)
        .where(grade.c.needs_manual_grade.is_(True))
    )
