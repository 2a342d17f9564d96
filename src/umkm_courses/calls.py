"""Finds the question calls in code cells by reading their syntax tree, never by running it."""

import ast
import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from umkm.errors import QuestionError
from umkm.exercise import KINDS, Asking, Key, Question, Varied, vary
from umkm_courses.errors import CourseError
from umkm_courses.notebooks import Cell

QUESTION_ID = re.compile(r"[a-z0-9-]{2,40}")

_CONSTRUCTORS: Mapping[str, Callable[..., Asking]] = {**KINDS, "vary": vary}


def _signature(*needed: str, **optional: object) -> inspect.Signature:
    given = [inspect.Parameter(name, inspect.Parameter.POSITIONAL_OR_KEYWORD) for name in needed]
    named = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default)
        for name, default in optional.items()
    ]
    return inspect.Signature([*given, *named])


# The calls a course may make about a question, as `umkm_widgets` offers them.
_SIGNATURES: Mapping[str, inspect.Signature] = {
    "ask": _signature("question_id", "question", "points"),
    "mark": _signature("question_id", "right", near=None, tolerance=0),
    "practice": _signature("question_id", "question", "right", near=None, tolerance=0, why=""),
    "recall": _signature(),
    "show": _signature("question_id"),
}


@dataclass(frozen=True)
class Call:
    """One call of ask, show, mark, practice or recall with its arguments, and the lines it stands on."""

    cell: Cell
    name: str
    arguments: Mapping[str, object]
    first_line: int
    last_line: int
    ends_cell: bool

    @property
    def question_id(self) -> str:
        """Return the question the call is about; raises CourseError if the id is no id."""
        value = self.arguments["question_id"]
        if not isinstance(value, str) or not QUESTION_ID.fullmatch(value):
            raise self.fail(f"{value!r} is no question id; use 2-40 of a-z, 0-9 and '-'")
        return value

    @property
    def question(self) -> Asking:
        """Return the question asked; raises CourseError if there is none."""
        value = self.arguments["question"]
        if not isinstance(value, Question | Varied):
            raise self.fail(f"write the question as one of {', '.join(sorted(_CONSTRUCTORS))}")
        return value

    @property
    def points(self) -> float:
        """Return the points of the question; raises CourseError unless they are above 0."""
        value = self.arguments["points"]
        if not isinstance(value, int | float) or isinstance(value, bool) or not 0 < value < 1000:
            raise self.fail(f"points {value!r}: give a number above 0")
        return value

    @property
    def key(self) -> Key:
        """Return what is right; raises CourseError where it is not written as one."""
        right, near = self.arguments["right"], self.arguments["near"]
        tolerance = self.arguments["tolerance"]
        if right is None:
            raise self.fail("say which answer is right")
        if not isinstance(tolerance, int | float) or isinstance(tolerance, bool):
            raise self.fail("tolerance must be a number")
        if near is None:
            near = {}
        if not isinstance(near, dict):
            raise self.fail('near must look like {answer: "message"}')
        return Key(right, near, tolerance)

    @property
    def why(self) -> tuple[str, ...]:
        """Return the calculation of a practice question, step by step; raises CourseError if it is none."""
        why = self.arguments["why"]
        lines = [why] if isinstance(why, str) else why
        if not isinstance(lines, list | tuple) or not all(isinstance(one, str) for one in lines):
            raise self.fail("why must be a text, or a list of texts: one for each step")
        return tuple(line for line in lines if line)

    def fail(self, message: str) -> CourseError:
        """Return an error about this call, to be raised."""
        return self.cell.fail(f"{self.name}(): {message}")


def find_calls(cell: Cell) -> tuple[Call, ...]:
    """Return the question calls of a cell, in order; none for a cell without code.

    Raises:
        CourseError: code that is no plain Python, a call that is hidden inside other code, or
            arguments that only running the notebook would tell.
    """
    if cell.kind != "code":
        return ()
    try:
        body = ast.parse(cell.source).body
    except (SyntaxError, ValueError, RecursionError) as error:
        raise cell.fail(f"is no plain Python ({error}); mend it") from error
    plain = {statement: call for statement in body if (call := _plain_call(statement)) is not None}
    _refuse_hidden_calls(cell, body, list(plain.values()))
    return tuple(
        _read_call(cell, call, ends_cell=statement is body[-1]) for statement, call in plain.items()
    )


def _plain_call(statement: ast.stmt) -> ast.Call | None:
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
        call = statement.value
        if isinstance(call.func, ast.Name) and call.func.id in _SIGNATURES:
            return call
    return None


def _refuse_hidden_calls(cell: Cell, body: list[ast.stmt], plain: list[ast.Call]) -> None:
    for statement in body:
        for node in ast.walk(statement):
            if isinstance(node, ast.Call) and node not in plain and _called(node) in _SIGNATURES:
                raise cell.fail(
                    f"write {_called(node)}(…) as a statement of its own, called by its plain name"
                )


def _read_call(cell: Cell, node: ast.Call, *, ends_cell: bool) -> Call:
    name = _called(node)
    args, options = _arguments(cell, node)
    try:
        bound = _SIGNATURES[name].bind(*args, **options)
    except TypeError as error:
        raise cell.fail(f"{name}(): {error}") from error
    bound.apply_defaults()
    last_line = node.end_lineno or node.lineno
    return Call(cell, name, bound.arguments, node.lineno, last_line, ends_cell)


def _called(node: ast.Call) -> str:
    return str(getattr(node.func, "id", getattr(node.func, "attr", "")))


def _arguments(cell: Cell, node: ast.Call) -> tuple[list[object], dict[str, object]]:
    args = [_value(cell, argument) for argument in node.args]
    options: dict[str, object] = {}
    for keyword in node.keywords:
        if keyword.arg is None:
            raise cell.fail(
                "write the arguments out; '**' can not be read without running the notebook"
            )
        options[keyword.arg] = _value(cell, keyword.value)
    return args, options


def _value(cell: Cell, node: ast.expr) -> object:
    if isinstance(node, ast.Call) and _called(node) in _CONSTRUCTORS:
        args, options = _arguments(cell, node)
        try:
            return _CONSTRUCTORS[_called(node)](*args, **options)
        except (QuestionError, TypeError) as error:
            raise cell.fail(f"{_called(node)}(): {error}") from error
    _refuse_doubles(cell, node)
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError) as error:
        raise cell.fail(
            f"line {node.lineno}: write the value itself (a text, a number, a dict); "
            "names and expressions can not be read without running the notebook"
        ) from error


def _refuse_doubles(cell: Cell, node: ast.expr) -> None:
    for table in ast.walk(node):
        if isinstance(table, ast.Dict):
            written = [ast.dump(key) for key in table.keys if key is not None]
            if len(set(written)) < len(written):
                raise cell.fail(f"line {table.lineno}: a key stands twice; keep one")
