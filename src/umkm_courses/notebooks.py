"""Reads a notebook file into cells; nothing is executed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import nbformat

from umkm_courses.errors import CourseError


@dataclass(frozen=True)
class Grading:
    """What nbgrader's cell metadata (schema 3) says; `points` is None where it gives none."""

    grade_id: str
    grade: bool
    task: bool
    locked: bool
    solution: bool
    points: float | None

    @property
    def scores(self) -> bool:
        """Return whether the cell carries points."""
        return self.grade or self.task


@dataclass(frozen=True)
class Cell:
    """One cell of a notebook."""

    path: Path
    id: str
    kind: str
    source: str
    tags: tuple[str, ...]
    step: str | None
    grading: Grading | None

    def fail(self, message: str) -> CourseError:
        """Return an error about this cell, to be raised."""
        return CourseError(message, self.path, self.id)


def read_cells(path: Path) -> tuple[Cell, ...]:
    """Return the cells of a notebook in order.

    Raises:
        CourseError: no such file, no notebook, or metadata that means nothing.
    """
    try:
        raw = path.read_text(encoding="utf-8")
    except OSError as error:
        raise CourseError(f"cannot be read ({error.strerror}); create it", path) from error
    except UnicodeDecodeError as error:
        raise CourseError("is not UTF-8 text; open and save it in JupyterLab", path) from error
    _check_shape(path, raw)
    try:
        notebook = nbformat.reads(raw, as_version=nbformat.NO_CONVERT)  # type: ignore[no-untyped-call]
        nbformat.validate(notebook)
    except (nbformat.ValidationError, AttributeError, KeyError, TypeError) as error:
        reason = str(error).splitlines()[0]
        raise CourseError(f"is not a valid notebook: {reason}", path) from error
    return tuple(_read_cell(path, cell) for cell in notebook.cells)


def _check_shape(path: Path, raw: str) -> None:
    """Check what nbformat would mend in passing: errors must name the ids that authors chose."""
    try:
        notebook = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise CourseError("is not a notebook: its JSON is broken", path) from error
    written = notebook if isinstance(notebook, dict) else {}
    if (written.get("nbformat"), written.get("nbformat_minor")) != (4, 5):
        raise CourseError("is not of notebook format 4.5; save it with a current JupyterLab", path)
    cells = written.get("cells")
    if not isinstance(cells, list) or not all(isinstance(cell, dict) for cell in cells):
        raise CourseError("is not a valid notebook: it has no list of cells", path)
    seen: set[str] = set()
    for number, cell in enumerate(cells, start=1):
        cell_id = cell.get("id")
        if not isinstance(cell_id, str) or cell_id in seen:
            raise CourseError(f"cell number {number} needs an id of its own; write one", path)
        seen.add(cell_id)


def _read_cell(path: Path, cell: nbformat.NotebookNode) -> Cell:
    extra = cell.metadata.get("umkm", {})
    if not isinstance(extra, Mapping) or not isinstance(extra.get("step", ""), str):
        raise CourseError('metadata "umkm" must look like {"step": "cerita"}', path, cell.id)
    return Cell(
        path=path,
        id=cell.id,
        kind=cell.cell_type,
        source=cell.source,
        tags=tuple(cell.metadata.get("tags", ())),
        step=extra.get("step"),
        grading=_read_grading(path, cell),
    )


def _read_grading(path: Path, cell: nbformat.NotebookNode) -> Grading | None:
    fields = cell.metadata.get("nbgrader")
    if fields is None:
        return None
    if not isinstance(fields, Mapping) or fields.get("schema_version") != 3:
        raise CourseError("nbgrader metadata must be of schema_version 3", path, cell.id)
    grade_id = fields.get("grade_id")
    if not isinstance(grade_id, str) or not grade_id:
        raise CourseError("nbgrader metadata needs a grade_id", path, cell.id)
    for name in ("grade", "task", "locked", "solution"):
        if not isinstance(fields.get(name), bool):
            raise CourseError(f'nbgrader metadata needs "{name}": true or false', path, cell.id)
    points = fields.get("points")
    if points is not None and (not isinstance(points, int | float) or isinstance(points, bool)):
        raise CourseError("nbgrader points must be a number", path, cell.id)
    return Grading(
        grade_id=grade_id,
        grade=fields["grade"],
        task=fields["task"],
        locked=fields["locked"],
        solution=fields["solution"],
        points=points,
    )
