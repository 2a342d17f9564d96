"""Write a submission's feedback page as `nbgrader generate_feedback` does, ten times as fast.

nbgrader builds its exporter and compiles its template for each page; here this is done once.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

import nbformat
from nbgrader.converters import GenerateFeedback
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import GetGrades
from nbgrader.utils import is_grade, is_solution, is_task
from traitlets.utils.importstring import import_item

from umkm_grading.class_folder.atomic_files import write_folder
from umkm_grading.class_folder.class_folder import ClassFolder
from umkm_grading.gradebook.converters import quietly
from umkm_grading.gradebook.gradebook import Score
from umkm_grading.gradebook.nbgrader_config import feedback_config


def write_feedback_page(
    class_folder: ClassFolder, assignment: str, participant: str, scores: Mapping[str, Score]
) -> None:
    """Write a submission's feedback folder: the page, and the files beside the notebook.

    Raises:
        OSError: the executed notebook cannot be read, or the page cannot be written.
        NbgraderFailed: nbgrader's exporter gave up.
    """
    name = f"{assignment}.ipynb"
    found = class_folder.autograded(participant, assignment)
    files = {path.name: path.read_bytes() for path in found.iterdir() if path.is_file()}
    notebook = nbformat.reads(files.pop(name).decode(), as_version=4)  # type: ignore[no-untyped-call]
    resources = {
        "unique_key": assignment,
        "output_files_dir": f"{assignment}_files",
        "nbgrader": {
            "student": participant,
            "assignment": assignment,
            "notebook": assignment,
            "score": sum(score.points for score in scores.values()),
            "max_score": sum(score.of for score in scores.values()),
            "late_penalty": 0,
        },
    }
    _put_scores(notebook, scores)
    with quietly(participant):
        page, _ = _exporter(class_folder).from_notebook_node(notebook, resources=resources)
    files[f"{assignment}.html"] = page.encode()
    target = class_folder.feedback(participant, assignment)
    write_folder(target, files, class_folder.own_dir / "staging", durable=False)


def _put_scores(notebook: Any, scores: Mapping[str, Score]) -> None:
    """Set scores and comments in the notebook, as nbgrader's `GetGrades` does from its database."""
    for cell in notebook.cells:
        score = scores.get(cell.metadata.get("nbgrader", {}).get("grade_id"))
        if score is None:
            continue
        if is_solution(cell) or is_task(cell):
            cell.metadata.nbgrader["comment"] = score.comment or None
        if is_grade(cell) or is_task(cell):
            cell.metadata.nbgrader["score"] = score.points
            cell.metadata.nbgrader["points"] = score.of


@cache
def _exporter(class_folder: ClassFolder) -> Any:
    config = feedback_config(class_folder)
    step = GenerateFeedback(coursedir=CourseDirectory(config=config), config=config)
    exporter: Any = step.exporter_class(parent=step, config=step.config)
    for preprocessor in step.preprocessors:
        kind = import_item(preprocessor) if isinstance(preprocessor, str) else preprocessor
        if not issubclass(kind, GetGrades):
            exporter.register_preprocessor(kind, enabled=True)
    return exporter
