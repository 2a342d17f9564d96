"""Reads the practice exercises of a lesson notebook."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from umkm.exercise import Key, LongText, Question
from umkm_courses.calls import Call, find_calls
from umkm_courses.errors import CourseError
from umkm_courses.notebooks import read_cells


@dataclass(frozen=True)
class Exercise:
    """A practice question; its key travels with it, None for a long text."""

    question: Question
    key: Key | None
    cell: str


def read_exercises(path: Path) -> Mapping[str, Exercise]:
    """The exercises of a lesson by id, in order.

    Raises:
        CourseError: an id used twice, a long text with a key, or an assessment in a lesson.
    """
    exercises: dict[str, Exercise] = {}
    for cell in read_cells(path):
        for call in find_calls(cell):
            if call.name != "practice":
                raise call.fail("belongs to an assignment; a lesson uses practice(…)")
            if call.question_id in exercises:
                raise call.fail(f"{call.question_id!r} stands twice; give each exercise its own id")
            exercises[call.question_id] = Exercise(call.question, _read_key(call), cell.id)
    if not exercises:
        raise CourseError('has no exercise; add a cell with practice("…", …)', path)
    return exercises


def _read_key(call: Call) -> Key | None:
    if not isinstance(call.question, LongText):
        return call.key
    if call.arguments["right"] is not None:
        raise call.fail("nobody can mark a long text at once; write None as the right answer")
    return None
