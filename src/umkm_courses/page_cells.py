"""What the code cells of a lesson do, read from their syntax tree: a page is shown without running them."""

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from umkm_courses.calls import find_calls
from umkm_courses.errors import CourseError
from umkm_courses.notebooks import Cell, read_cells

#: Calls of a lesson's cell that show a question, and those that draw a chart of a file.
QUESTIONS: Final = frozenset({"practice", "recall"})
CHARTS: Final = frozenset({"money_went", "month_cash"})
_PACKAGE: Final = "umkm_widgets"


@dataclass(frozen=True)
class Action:
    """One call of a cell: its name, and its arguments by name."""

    name: str
    arguments: Mapping[str, object]


def read_actions(path: Path) -> Mapping[str, tuple[Action, ...]] | None:
    """Return what each code cell of a notebook does, by the cell's id; None where only a kernel can tell.

    Raises:
        CourseError: no such file, or no notebook.
    """
    actions: dict[str, tuple[Action, ...]] = {}
    for cell in read_cells(path):
        if cell.kind == "code":
            try:
                found = _actions(cell)
            except CourseError:
                return None
            if found is None:
                return None
            actions[cell.id] = found
    return actions


def _actions(cell: Cell) -> tuple[Action, ...] | None:
    calls = {call.first_line: Action(call.name, call.arguments) for call in find_calls(cell)}
    found = []
    for statement in ast.parse(cell.source).body:
        if (action := calls.get(statement.lineno)) is not None:
            if action.name not in QUESTIONS:
                return None
            found.append(action)
        elif (chart := _chart(statement)) is not None:
            found.append(chart)
        elif not _is_import_of_ours(statement):
            return None
    return tuple(found)


def _is_import_of_ours(statement: ast.stmt) -> bool:
    return (
        isinstance(statement, ast.ImportFrom) and (statement.module or "").split(".")[0] == _PACKAGE
    )


def _chart(statement: ast.stmt) -> Action | None:
    match statement:
        case ast.Expr(
            ast.Call(func=ast.Name(id=name), args=[ast.Constant(value=str(file))], keywords=[])
        ) if name in CHARTS:
            return Action(name, {"name": file})
    return None
