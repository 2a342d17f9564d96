"""Everything that must hold before a course meets a class."""

from pathlib import Path

from umkm.errors import QuestionError
from umkm.exercise import check_key
from umkm_courses.assignments import read_questions
from umkm_courses.content import Assignment, Course
from umkm_courses.errors import CourseError
from umkm_courses.facts import load_facts
from umkm_courses.keys import read_keys
from umkm_courses.lessons import read_exercises

# Beside a source notebook these would reach trainees (nbgrader copies the whole folder) or
# overwrite what they sent (autograde puts source files over submitted ones).
_UNWELCOME_SUFFIXES = (".ipynb", ".md", ".py")
_UNWELCOME_NAMES = ("answers.json",)


def check_course(course: Course) -> None:
    """Make sure that a loaded course can be taught and graded.

    Holds: folders and course.toml name the same lessons and assignments; every key fits its
    question and is hidden from trainees; points agree with nbgrader's; facts are sourced.

    Raises:
        CourseError: the first thing that does not hold.
    """
    _check_folders(course)
    for lesson in course.lessons:
        for question_id, exercise in read_exercises(lesson.path).items():
            if exercise.key is not None:
                try:
                    check_key(exercise.question, exercise.key, 1)
                except QuestionError as error:
                    raise CourseError(
                        f"{question_id}: {error}", lesson.path, exercise.cell
                    ) from error
    for assignment in course.assignments:
        _check_assignment(assignment)
    load_facts(course)


def _check_assignment(assignment: Assignment) -> None:
    if read_questions(assignment.path) != assignment.questions:
        raise CourseError("changed since the course was loaded; load it again", assignment.path)
    keys = read_keys(assignment)
    for asked in assignment.questions:
        if asked.marking == "auto":
            try:
                check_key(asked.question, keys[asked.id], asked.points)
            except QuestionError as error:
                raise CourseError(str(error), assignment.path, asked.id) from error


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
