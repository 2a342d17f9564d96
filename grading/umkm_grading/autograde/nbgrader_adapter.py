"""The parts of nbgrader's autograder that run around a notebook executed without a kernel.

Before: the sanitising half of `nbgrader autograde`, once for an assignment. After: the points it
would read from the executed notebook.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import nbformat
from nbgrader.converters import Autograde
from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import (
    compute_checksum,
    determine_grade,
    is_grade,
    is_solution,
    is_task,
    parse_utc,
)

from umkm_grading.autograde.jobs import GradableNotebook
from umkm_grading.class_folder.class_folder import ClassFolder
from umkm_grading.class_folder.submission_folder import TIMESTAMP
from umkm_grading.gradebook.converters import quietly
from umkm_grading.gradebook.nbgrader_config import nbgrader_config


@dataclass(frozen=True)
class CellScores:
    """What nbgrader reads from an executed notebook, by cell."""

    points: dict[str, float | None]
    comments: dict[str, str | None]


def make_gradable(class_folder: ClassFolder, assignment: str) -> GradableNotebook:
    """Return a released assignment's notebook as `nbgrader autograde` would run it for anybody.

    Every answers-only submission is the same released notebook, so the locked cells and hidden
    tests are put back once instead of for each.
    """
    config = nbgrader_config(class_folder)
    course = CourseDirectory(config=config, assignment_id=assignment, student_id="*")
    released = class_folder.release(assignment) / f"{assignment}.ipynb"
    resources = {
        "unique_key": assignment,
        "output_files_dir": f"{assignment}_files",
        "nbgrader": {
            "student": "*",
            "assignment": assignment,
            "notebook": assignment,
            "db_url": course.db_url,
        },
    }
    with quietly("*"):
        step = Autograde(coursedir=course, config=config)
        exporter = step.exporter_class(parent=step, config=step.config)
        for preprocessor in step.sanitize_preprocessors:
            exporter.register_preprocessor(preprocessor, enabled=True)
        notebook, _ = exporter.from_filename(str(released), resources=resources)
    companions = {
        path.name: path.read_bytes()
        for path in class_folder.source(assignment).glob("[!.]*")
        if path.is_file() and path.suffix != ".ipynb"
    }
    return GradableNotebook(assignment, notebook, released.read_text(encoding="utf-8"), companions)


def read_cell_scores(notebook: Any) -> CellScores:
    """Return the points and automatic comments that nbgrader gives an executed notebook."""
    points, comments = {}, {}
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        if is_grade(cell):
            points[name], _ = determine_grade(cell)
        if is_solution(cell) or is_task(cell):
            comments[name] = _comment(cell)
    return CellScores(points, comments)


def read_notebook(text: str) -> Any:
    """Return a notebook from its JSON."""
    return nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]


def sent_at(files: Mapping[str, bytes]) -> datetime | None:
    """Return when a submission was sent, in nbgrader's naive UTC; None when it does not say."""
    text = files.get(TIMESTAMP, b"").decode(errors="replace").strip()
    try:
        moment: datetime | None = parse_utc(text) if text else None
    except (ValueError, OverflowError):
        return None
    return moment


def _comment(cell: Any) -> str | None:
    unchanged = cell.metadata.nbgrader.get("checksum") == compute_checksum(cell)
    return "No response." if unchanged and not is_task(cell) else None
