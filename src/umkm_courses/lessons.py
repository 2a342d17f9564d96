"""Reads the practice exercises of a lesson notebook."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from umkm.exercise import Asking, Key, template_of
from umkm_courses.calls import Call, find_calls
from umkm_courses.errors import CourseError
from umkm_courses.notebooks import read_cells


@dataclass(frozen=True)
class Exercise:
    """A practice question; its key travels with it, None for a long text.

    `why` is the calculation, step by step; `step` is the step of the lesson it stands in.
    """

    question: Asking
    key: Key | None
    why: tuple[str, ...]
    cell: str
    step: str | None


def read_exercises(path: Path) -> Mapping[str, Exercise]:
    """Return the exercises of a lesson by id, in order.

    Raises:
        CourseError: an id used twice, a long text with a key, or an assessment in a lesson.
    """
    exercises: dict[str, Exercise] = {}
    step = None
    for cell in read_cells(path):
        step = cell.step or step
        for call in find_calls(cell):
            if call.name == "recall":
                continue
            if call.name != "practice":
                raise call.fail("belongs to an assignment; a lesson uses practice(…)")
            if call.question_id in exercises:
                raise call.fail(f"{call.question_id!r} stands twice; give each exercise its own id")
            exercises[call.question_id] = Exercise(
                call.question, _read_key(call), call.why, cell.id, step
            )
    if not exercises:
        raise CourseError('has no exercise; add a cell with practice("…", …)', path)
    return exercises


def _read_key(call: Call) -> Key | None:
    if not template_of(call.question).by_staff:
        return call.key
    if call.arguments["right"] is not None:
        raise call.fail("nobody can mark a long text at once; write None as the right answer")
    return None
