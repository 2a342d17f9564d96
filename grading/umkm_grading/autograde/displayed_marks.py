"""The marks that our grade cells displayed in the executed notebook."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import nbformat

from umkm_grading.class_folder.class_folder import ClassFolder
from umkm_grading.class_folder.released_assignment import ReleasedAssignment
from umkm_widgets.sheet import MARK_MIME


@dataclass(frozen=True)
class DisplayedMark:
    """What `umkm_widgets.sheet.mark` displayed for one question."""

    points: float
    of: float
    message: str


def read_marks(
    class_folder: ClassFolder, released: ReleasedAssignment, participant: str
) -> dict[str, DisplayedMark]:
    """Read the marks in a participant's executed notebook, by question."""
    path = class_folder.autograded(participant, released.name) / f"{released.name}.ipynb"
    return marks_in(nbformat.read(path, as_version=4))  # type: ignore[no-untyped-call]


def marks_in(notebook: Any) -> dict[str, DisplayedMark]:
    """Return the marks in an executed notebook, by question."""
    return {
        question: found
        for cell in notebook.cells
        if (question := cell.metadata.get("nbgrader", {}).get("grade_id"))
        and (found := _mark_in(cell, question)) is not None
    }


def unmarked(
    released: ReleasedAssignment,
    marks: Mapping[str, DisplayedMark],
    points: Mapping[str, float | None],
) -> list[str]:
    """Return the questions whose points in the gradebook are no mark of ours.

    nbgrader gives full points to a cell without output and 0 to one that raised, without
    notice; such a number must never count as a grade.
    """
    return [
        question.id
        for question in released.questions
        if question.marking == "auto"
        and not _agree(marks.get(question.id), points.get(question.id), question.points)
    ]


def _agree(found: DisplayedMark | None, automatic: float | None, of: float) -> bool:
    return (
        found is not None
        and automatic is not None
        and math.isclose(found.points, automatic, abs_tol=1e-6)
        and math.isclose(found.of, of)
    )


def _mark_in(cell: Any, question: str) -> DisplayedMark | None:
    for output in cell.get("outputs", []):
        stored = output.get("data", {}).get(MARK_MIME)
        if isinstance(stored, dict) and stored.get("question") == question:
            return DisplayedMark(stored["points"], stored["of"], stored["message"])
    return None
