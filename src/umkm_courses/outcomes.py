"""Learning outcomes, where each is taught, and the paired test that tests them."""

from collections.abc import Sequence
from pathlib import Path

from umkm_courses.content import Assignment, Lesson, Outcome, PairedTest
from umkm_courses.course_file import CourseFile
from umkm_courses.errors import CourseError
from umkm_courses.toml_files import table_error

_PROMISE = "Dapat "


def read_outcomes(table: CourseFile, lessons: Sequence[Lesson], path: Path) -> tuple[Outcome, ...]:
    """Return the outcomes of a course in the order of course.toml.

    Raises:
        CourseError: none, one twice, one that no lesson teaches, one not written "Dapat …".
    """
    taught = [lesson.slug for lesson in lessons]
    for entry in table.outcomes:
        place = f"outcomes {entry.id}"
        if entry.lesson not in taught:
            message = f"lesson {entry.lesson!r} is none of: {', '.join(taught)}"
            raise table_error(place, message, path)
        if not entry.text.startswith(_PROMISE):
            message = f'text must begin with "{_PROMISE.strip()}": say what people can do'
            raise table_error(place, message, path)
    if not table.outcomes:
        raise table_error("", "promises nothing; add an [[outcomes]] table", path)
    ids = [entry.id for entry in table.outcomes]
    if len(set(ids)) < len(ids):
        raise table_error("", "names an outcome twice; keep one", path)
    return tuple(
        Outcome(entry.id, entry.text, entry.lesson, entry.digcomp) for entry in table.outcomes
    )


def read_test(
    table: CourseFile, outcomes: Sequence[Outcome], assignments: Sequence[Assignment], path: Path
) -> PairedTest | None:
    """Return the test before and after the course, or None where it has none.

    Raises:
        CourseError: forms that are no two assignments, an item that tests no outcome.
    """
    test = table.test
    if test is None:
        return None
    known = {assignment.name: assignment for assignment in assignments}
    if len(test.forms) != 2 or len(set(test.forms)) != 2 or not set(test.forms) <= set(known):
        message = "forms must name two assignments of this course, A and B"
        raise table_error("test", message, path)
    ids = {outcome.id for outcome in outcomes}
    for question_id, outcome_id in test.items.items():
        if outcome_id not in ids:
            message = f"{question_id!r} tests no outcome of this course"
            raise table_error("test.items", message, path)
    first, second = (known[name] for name in test.forms)
    return PairedTest((first, second), test.items)


def check_test(test: PairedTest, outcomes: Sequence[Outcome], place: str) -> None:
    """Check that the two forms can stand for each other and leave no outcome untested.

    Item by item they have the same id, points and kind; otherwise a difference between before
    and after could come from the form.

    Raises:
        CourseError: the first thing that does not hold; `place` names the course.
    """
    shapes = [
        {asked.id: (asked.points, type(asked.template), asked.marking) for asked in form.questions}
        for form in test.forms
    ]
    first, second = test.forms
    if list(shapes[0]) != list(shapes[1]):
        differing = sorted(set(shapes[0]) ^ set(shapes[1])) or ["the order of the items"]
        raise CourseError(f"form A {first.name!r} asks otherwise: {differing}", second.path)
    for question_id, shape in shapes[0].items():
        if shapes[1][question_id] != shape:
            raise CourseError("other points or kind than in form A", second.path, question_id)
    if set(test.items) != set(shapes[0]):
        differing = sorted(set(test.items) ^ set(shapes[0]))
        raise CourseError(f"[test.items] and the forms differ: {differing}", first.path)
    for outcome in outcomes:
        if outcome.id not in test.items.values():
            raise CourseError(f"{place}: no test item tests outcome {outcome.id!r}", first.path)
