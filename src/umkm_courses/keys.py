"""Answer keys, read from the hidden tests of an assignment's source. For staff tools only."""

from collections.abc import Mapping

from umkm.exercise import Key
from umkm_courses.assignments import scoring_cells
from umkm_courses.calls import Call, find_calls
from umkm_courses.content import Assignment
from umkm_courses.notebooks import Cell, read_cells

# nbgrader's default delimiters; whatever stands between them never reaches a trainee.
_HIDDEN = ("BEGIN HIDDEN TESTS", "END HIDDEN TESTS")
_SCHEME = ("BEGIN MARK SCHEME", "END MARK SCHEME")


def read_keys(assignment: Assignment) -> Mapping[str, Key]:
    """Return the key of each automatically marked question, by question id.

    Raises:
        CourseError: a key is missing, or stands where nbgrader would hand it to trainees.
    """
    cells = read_cells(assignment.path)
    calls = {cell.id: _marks(cell) for cell in cells}
    keys: dict[str, Key] = {}
    scoring = scoring_cells(cells)
    for asked in assignment.questions:
        cell = scoring[asked.id]
        if asked.marking == "manual":
            _check_scheme(cell)
            continue
        marks = calls.pop(cell.id)
        if len(marks) != 1:
            raise cell.fail(
                f'needs exactly one mark("{asked.id}", …) between the hidden-test lines'
            )
        keys[asked.id] = _read_key(marks[0], asked.id)
    for marks in calls.values():
        for stray in marks:
            raise stray.fail("a key may stand only in the cell that carries the question's points")
    return keys


def _marks(cell: Cell) -> list[Call]:
    return [call for call in find_calls(cell) if call.name == "mark"]


def _read_key(call: Call, question_id: str) -> Key:
    if call.question_id != question_id:
        raise call.fail(
            f"marks {call.question_id!r} in the cell of {question_id!r}; make them agree"
        )
    first, last = _region(call.cell, *_HIDDEN)
    if not first < call.first_line <= call.last_line < last:
        raise call.fail(
            "trainees would see the right answer; put it between "
            f"'### {_HIDDEN[0]}' and '### {_HIDDEN[1]}'"
        )
    if not call.ends_cell:
        raise call.fail("must be the last statement: its number is what nbgrader scores")
    return call.key


def _check_scheme(cell: Cell) -> None:
    _region(cell, *_SCHEME)


def _region(cell: Cell, begin: str, end: str) -> tuple[int, int]:
    lines = cell.source.split("\n")
    begins = [number for number, line in enumerate(lines, start=1) if begin in line]
    ends = [number for number, line in enumerate(lines, start=1) if end in line]
    if len(begins) != 1 or len(ends) != 1 or begins[0] > ends[0]:
        raise cell.fail(f"needs one line with {begin!r} and after it one with {end!r}")
    return begins[0], ends[0]
