"""Answer sheets of lessons and assignments: their names in the records, and what fits them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container

from umkm.exercise import is_well_formed
from umkm_courses import Assignment, Lesson
from umkm_courses.lessons import read_exercises

from .batch import AnswerSheet


def lesson_sheet(lesson: Lesson) -> str:
    """Return the name of a lesson's sheet: its course and its own."""
    return f"{lesson.course}/{lesson.slug}"


def practice_sheet(lesson: Lesson) -> AnswerSheet:
    """Return the exercises of a lesson; answers there count for no result, so any short JSON fits."""
    return AnswerSheet(
        lesson_sheet(lesson), frozenset(lesson.exercises), lambda _question, _answer: True
    )


def assignment_sheet(assignment: Assignment) -> AnswerSheet:
    """Return the questions of an assignment; each says what fits it."""
    asked = {question.id: question.question for question in assignment.questions}
    return AnswerSheet(
        assignment.name,
        frozenset(asked),
        lambda question, answer: is_well_formed(asked[question], answer),
    )


def places_of(lesson: Lesson, questions: Container[str]) -> list[tuple[str, str]]:
    """Return what the lesson's page calls each of these exercises, and where it stands there."""
    found, counts = [], Counter[str]()
    for name, exercise in read_exercises(lesson.path).items():
        step = exercise.step or ""
        counts[step] += 1
        if name in questions:
            found.append((f"{step.capitalize()}: soal {counts[step]}", f"{step}-{counts[step]}"))
    return found
