"""Reads what an assignment asks from its nbgrader notebook, source or release alike."""

from collections.abc import Sequence
from pathlib import Path

from umkm.exercise import Question, template_of
from umkm_courses.calls import Call, find_calls
from umkm_courses.content import AskedQuestion
from umkm_courses.errors import CourseError
from umkm_courses.notebooks import Cell, Grading, read_cells


def read_questions(path: Path) -> tuple[AskedQuestion, ...]:
    """Return the questions of an assignment notebook, in order and without what is right.

    Each question is a locked cell that asks and, after it, the cell that carries its points:
    a code cell that shows and marks the answer, or for a long text or a photo a cell that shows it and
    then a task cell for staff.

    Raises:
        CourseError: a cell is missing, unlocked, doubled, or its points disagree.
    """
    cells = read_cells(path)
    scoring = scoring_cells(cells)
    asked: dict[str, AskedQuestion] = {}
    for position, cell in enumerate(cells):
        for call in find_calls(cell):
            if call.name in ("practice", "recall"):
                raise call.fail(f"{call.name} shows the right answer; use ask(…) in an assignment")
            if call.name == "ask":
                if call.question_id in asked:
                    raise call.fail(
                        f"{call.question_id!r} is asked twice; give each question its own id"
                    )
                asked[call.question_id] = _read_question(call, cells[position + 1 :], scoring)
    if not asked:
        raise CourseError('asks nothing; add a cell with ask("…", …, points=…)', path)
    for question_id, cell in scoring.items():
        if question_id not in asked:
            raise cell.fail(
                f"carries points but nothing asks {question_id!r}; add ask({question_id!r}, …)"
            )
    return tuple(asked.values())


def scoring_cells(cells: Sequence[Cell]) -> dict[str, Cell]:
    """Return the cells that carry points, by question id.

    Raises:
        CourseError: a cell trainees could change, or two cells of one grade_id.
    """
    seen: set[str] = set()
    scoring: dict[str, Cell] = {}
    for cell in cells:
        if cell.grading is None:
            continue
        if cell.grading.grade_id in seen:
            raise cell.fail(f"grade_id {cell.grading.grade_id!r} stands twice; change one")
        seen.add(cell.grading.grade_id)
        if cell.grading.solution or not cell.grading.locked:
            # An answer is data, never code: no cell of ours is there for a trainee to edit.
            raise cell.fail(
                'must be "locked": true and "solution": false; trainees never edit a cell'
            )
        if cell.grading.scores:
            scoring[cell.grading.grade_id] = cell
    return scoring


def _read_question(call: Call, later: Sequence[Cell], scoring: dict[str, Cell]) -> AskedQuestion:
    question_id = call.question_id
    if call.cell.grading is None or call.cell.grading.scores:
        raise call.fail("must stand in a locked nbgrader cell without points")
    template = template_of(call.question)
    manual = template.by_staff
    cell = scoring.get(question_id)
    if cell is None or cell not in later:
        kind = "task cell (markdown)" if manual else "autograded code cell"
        raise call.fail(f"no {kind} with grade_id {question_id!r} follows; add it")
    if cell.grading is None or cell.grading.points != call.points:
        raise cell.fail(f"points must be {call.points}, as in ask({question_id!r}, …)")
    if manual:
        _check_rubric(call, template)
        _check_task(cell, cell.grading, question_id)
        before = [call.cell, *later][later.index(cell)]
        _check_shown(question_id, before)
    else:
        _check_marked(cell, cell.grading, question_id)
    return AskedQuestion(question_id, call.question, call.points, "manual" if manual else "auto")


def _check_rubric(call: Call, question: Question) -> None:
    rubric = question.staff_rubric.values()
    if rubric and sum(rubric) != call.points:
        raise call.fail(f"the rubric adds up to {sum(rubric)}, the points are {call.points}")


def _check_task(cell: Cell, grading: Grading, question_id: str) -> None:
    if cell.kind != "markdown" or not grading.task or grading.grade:
        raise cell.fail(
            f"{question_id!r} is marked by staff: its points belong to a markdown cell "
            'with "task": true and "grade": false, so that staff see it'
        )


def _check_marked(cell: Cell, grading: Grading, question_id: str) -> None:
    if cell.kind != "code" or not grading.grade or grading.task:
        raise cell.fail('must be a code cell with "grade": true and "task": false')
    _check_shown(question_id, cell)


def _check_shown(question_id: str, cell: Cell) -> None:
    for call in find_calls(cell):
        if call.name == "show" and call.question_id == question_id:
            return
    raise cell.fail(
        f'show("{question_id}") is missing here; staff must see the answer as they score it'
    )
