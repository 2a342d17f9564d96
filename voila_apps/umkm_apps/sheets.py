"""Names under which answers are kept, and what may be kept there."""

from __future__ import annotations

from umkm.exercise import is_well_formed
from umkm_courses import Assignment, Lesson

from .answers import Sheet


def lesson_sheet(lesson: Lesson) -> str:
    """The name of a lesson's sheet: its course and its own."""
    return f"{lesson.course}/{lesson.slug}"


def practice_sheet(lesson: Lesson) -> Sheet:
    """The exercises of a lesson; an answer there counts for nobody, so any short JSON fits."""
    return Sheet(lesson_sheet(lesson), frozenset(lesson.exercises), lambda _question, _answer: True)


def assignment_sheet(assignment: Assignment) -> Sheet:
    """The questions of an assignment; each says what fits it."""
    asked = {question.id: question.question for question in assignment.questions}
    return Sheet(
        assignment.name,
        frozenset(asked),
        lambda question, answer: is_well_formed(asked[question], answer),
    )
