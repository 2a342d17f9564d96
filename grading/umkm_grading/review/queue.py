"""What waits for a person, over any number of classes: one plain query a gradebook."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NamedTuple

from nbgrader.api import Assignment, BaseCell, Grade, SubmittedAssignment, SubmittedNotebook
from sqlalchemy import Select, select

from umkm_grading.class_folder.class_folder import ClassRoom
from umkm_grading.errors import ClassRoomError, GradingError
from umkm_grading.gradebook.gradebook import connect, table_of
from umkm_records.reviews import TextToRead

#: A submission that does not say when it was sent waits in front.
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class Waiting(NamedTuple):
    """A text nobody has marked yet, and when it was sent."""

    text: TextToRead
    sent_at: datetime


@dataclass(frozen=True)
class Queue:
    """All texts that wait, oldest first.

    `automatic` counts marks of the machine that staff changed once and must look at again, in
    formgrader; `troubles` tells of each class that could not be looked at why.
    """

    waiting: tuple[Waiting, ...] = ()
    automatic: int = 0
    troubles: Mapping[str, str] = field(default_factory=dict)

    def by_question(self) -> dict[tuple[str, str], list[Waiting]]:
        """The texts of each (assignment, question), the question with the oldest text first."""
        found: dict[tuple[str, str], list[Waiting]] = {}
        for one in self.waiting:
            found.setdefault((one.text.assignment, one.text.question), []).append(one)
        return found


def read_queue(rooms: Iterable[ClassRoom]) -> Queue:
    """Look through these classes; one that cannot be read stops nobody."""
    waiting: list[Waiting] = []
    automatic, troubles = 0, {}
    statement = _statement()
    for room in rooms:
        try:
            texts, others = _waiting_in(room, statement)
        except ClassRoomError:
            # Not opened yet: nobody in it has sent anything.
            continue
        except GradingError as error:
            troubles[room.cohort_id] = error.message
            continue
        waiting += texts
        automatic += others
    waiting.sort(key=lambda one: (one.sent_at, one.text.cohort, one.text.participant))
    return Queue(tuple(waiting), automatic, troubles)


def _waiting_in(
    room: ClassRoom, statement: Select[str, str, str, str, datetime]
) -> tuple[Sequence[Waiting], int]:
    texts, others = [], 0
    with connect(room) as connection:
        for kind, assignment, question, person, sent in connection.execute(statement):
            if kind != "TaskCell":
                others += 1
                continue
            text = TextToRead(room.cohort_id, person, assignment, question)
            # nbgrader keeps UTC without saying so.
            texts.append(Waiting(text, sent.replace(tzinfo=UTC) if sent else _LONG_AGO))
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
