"""What a course promises: outcomes, where each is taught, and the paired test that tests it."""

from collections.abc import Sequence

from umkm_courses.content import Assignment, Lesson, Outcome, PairedTest
from umkm_courses.errors import CourseError
from umkm_courses.tables import Table

_OUTCOME_FIELDS = ("id", "text", "lesson", "digcomp")
_TEST_FIELDS = ("forms", "items")
_PROMISE = "Dapat "


def read_outcomes(table: Table, lessons: Sequence[Lesson]) -> tuple[Outcome, ...]:
    """Give the outcomes of a course in the order of course.toml.

    Raises:
        CourseError: none, one twice, one that no lesson teaches, one not written "Dapat …".
    """
    taught = [lesson.slug for lesson in lessons]
    outcomes = []
    for entry in table.tables("outcomes", "id"):
        entry.only(_OUTCOME_FIELDS)
        outcome = Outcome(
            id=entry.text("id"),
            text=entry.text("text"),
            lesson=entry.text("lesson"),
            digcomp=entry.text("digcomp", ""),
        )
        if outcome.lesson not in taught:
            raise entry.fail(f"lesson {outcome.lesson!r} is none of: {', '.join(taught)}")
        if not outcome.text.startswith(_PROMISE):
            raise entry.fail(f'text must begin with "{_PROMISE.strip()}": say what people can do')
        outcomes.append(outcome)
    if not outcomes:
        raise table.fail("promises nothing; add an [[outcomes]] table")
    ids = [outcome.id for outcome in outcomes]
    if len(set(ids)) < len(ids):
        raise table.fail("names an outcome twice; keep one")
    return tuple(outcomes)


def read_test(
    table: Table, outcomes: Sequence[Outcome], assignments: Sequence[Assignment]
) -> PairedTest | None:
    """Give the test before and after the course, or None where it has none.

    Raises:
        CourseError: forms that are no two assignments, an item that tests no outcome.
    """
    if "test" not in table.fields:
        return None
    test = table.table("test")
    test.only(_TEST_FIELDS)
    names = test.texts("forms")
    known = {assignment.name: assignment for assignment in assignments}
    if len(names) != 2 or len(set(names)) != 2 or not set(names) <= set(known):
        raise test.fail("forms must name two assignments of this course, A and B")
    items = test.table("items")
    ids = {outcome.id for outcome in outcomes}
    for question_id in items.fields:
        if items.text(question_id) not in ids:
            raise items.fail(f"{question_id!r} tests no outcome of this course")
    first, second = (known[name] for name in names)
    return PairedTest((first, second), {name: items.text(name) for name in items.fields})


def check_test(test: PairedTest, outcomes: Sequence[Outcome], place: str) -> None:
    """Make sure that the two forms can stand for each other and leave no outcome untested.

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
