"""Checks that a course can be taught and graded."""

from collections.abc import Mapping, Set
from pathlib import Path

from umkm.errors import QuestionError
from umkm.exercise import check_asking
from umkm_courses.assignments import read_questions
from umkm_courses.content import Assignment, Course
from umkm_courses.errors import CourseError
from umkm_courses.facts import load_facts
from umkm_courses.keys import read_keys
from umkm_courses.lessons import read_exercises
from umkm_courses.misunderstandings import FILE_NAME as MISUNDERSTANDINGS
from umkm_courses.outcomes import check_test

# Beside a source notebook these would reach trainees (nbgrader copies the whole folder) or
# overwrite what they sent (autograde puts source files over submitted ones).
_UNWELCOME_SUFFIXES = (".ipynb", ".md", ".py")
_UNWELCOME_NAMES = ("answers.json",)


def check_course(course: Course) -> None:
    """Check that a loaded course can be taught and graded.

    Holds: folders and course.toml name the same lessons and assignments; every key fits its
    question and is hidden from trainees; points agree with nbgrader's; the forms of the test
    match and leave no outcome untested; facts are sourced; each misunderstanding has a question.

    Raises:
        CourseError: the first thing that does not hold.
    """
    _check_folders(course)
    table = course.misunderstandings.help
    named: set[str] = set()
    for lesson in course.lessons:
        for question_id, exercise in read_exercises(lesson.path).items():
            key = exercise.key.explained(table) if exercise.key else None
            named |= key.named if key else frozenset()
            try:
                check_asking(exercise.question, key, 1, exercise.why)
            except QuestionError as error:
                raise CourseError(f"{question_id}: {error}", lesson.path, exercise.cell) from error
    for assignment in course.assignments:
        named |= _check_assignment(assignment, table)
    _check_named(course, named)
    if course.test is not None:
        check_test(course.test, course.outcomes, course.slug)
    load_facts(course)


def _check_assignment(assignment: Assignment, table: Mapping[str, str]) -> set[str]:
    """Check it, and give the misunderstandings that its keys name."""
    if read_questions(assignment.path) != assignment.questions:
        raise CourseError("changed since the course was loaded; load it again", assignment.path)
    keys = read_keys(assignment)
    for asked in assignment.questions:
        key = keys[asked.id].explained(table) if asked.marking == "auto" else None
        try:
            check_asking(asked.question, key, asked.points)
        except QuestionError as error:
            raise CourseError(str(error), assignment.path, asked.id) from error
    return {name for key in keys.values() for name in key.named}


def _check_named(course: Course, named: Set[str]) -> None:
    unused = sorted(course.misunderstandings.help.keys() - named)
    if unused:
        raise CourseError(
            f"no question names {', '.join(unused)}; let one name it, or take it out",
            course.path / MISUNDERSTANDINGS,
        )


def _check_folders(course: Course) -> None:
    lessons = {lesson.path for lesson in course.lessons}
    for path in sorted((course.path / "lessons").glob("*.ipynb")):
        if path not in lessons:
            raise CourseError("is not in course.toml; add a [[lessons]] table for it", path)
    sources = {assignment.path.parent for assignment in course.assignments}
    for folder in sorted(path for path in (course.path / "source").glob("*") if path.is_dir()):
        if folder not in sources and not folder.name.startswith("."):
            raise CourseError("is not in course.toml; add an [[assignments]] table for it", folder)
    for assignment in course.assignments:
        _check_beside(assignment.path)


def _check_beside(notebook: Path) -> None:
    for path in sorted(notebook.parent.rglob("*")):
        if ".ipynb_checkpoints" in path.parts or path == notebook:
            continue
        if path.suffix in _UNWELCOME_SUFFIXES or path.name in _UNWELCOME_NAMES:
            raise CourseError(
                "nbgrader would copy this to trainees with its answers; move it away", path
            )
