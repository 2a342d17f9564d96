"""Loads every course below a folder."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from umkm.errors import InputError
from umkm.identity import check_identifier
from umkm_courses.assignments import read_questions
from umkm_courses.content import AskedQuestion, Assignment, Catalogue, Course, Lesson
from umkm_courses.errors import CourseError
from umkm_courses.lessons import read_exercises
from umkm_courses.misunderstandings import load_misunderstandings
from umkm_courses.outcomes import read_outcomes, read_test
from umkm_courses.tables import Table, read_toml

_COURSE_FIELDS = ("title", "summary", "outcomes", "lessons", "assignments", "test")
# Nothing reads these any more; courses that were written with them still load.
_FORMER_COURSE_FIELDS = ("pass_mark",)
_LESSON_FIELDS = ("slug", "title", "summary", "minutes")
_ASSIGNMENT_FIELDS = ("name", "title", "lesson", "minutes", "groups", "outcomes")


def load_catalogue(root: Path) -> Catalogue:
    """Every course below `root`, one folder each.

    Raises:
        CourseError: a folder without a readable course, or two assignments of one name.
    """
    try:
        folders = sorted(entry for entry in root.iterdir() if entry.is_dir())
    except OSError as error:
        raise CourseError(
            f"cannot be read ({error.strerror}); name the folder of courses", root
        ) from error
    courses = {
        folder.name: _load_course(folder)
        for folder in folders
        if not folder.name.startswith((".", "_"))
    }
    if not courses:
        raise CourseError("holds no course; each course is a folder with a course.toml", root)
    _check_names(courses.values())
    return Catalogue(courses)


def _load_course(folder: Path) -> Course:
    table = read_toml(folder / "course.toml")
    table.only(_COURSE_FIELDS, ignored=_FORMER_COURSE_FIELDS)
    slug = _identifier(table, "the folder's name", folder.name)
    lessons = tuple(_load_lesson(slug, folder, entry) for entry in table.tables("lessons", "slug"))
    if not lessons:
        raise table.fail("names no lesson; add a [[lessons]] table")
    slugs = [lesson.slug for lesson in lessons]
    if len(set(slugs)) < len(slugs):
        raise table.fail("names a lesson twice; keep one")
    outcomes = read_outcomes(table, lessons)
    assignments = tuple(
        _load_assignment(slug, folder, entry, (slugs, [outcome.id for outcome in outcomes]))
        for entry in table.tables("assignments", "name")
    )
    return Course(
        slug=slug,
        title=table.text("title"),
        summary=table.text("summary"),
        outcomes=outcomes,
        lessons=lessons,
        assignments=assignments,
        path=folder,
        misunderstandings=load_misunderstandings(folder),
        test=read_test(table, outcomes, assignments),
    )


def _load_lesson(course: str, folder: Path, table: Table) -> Lesson:
    table.only(_LESSON_FIELDS)
    slug = _identifier(table, "slug", table.text("slug"))
    path = folder / "lessons" / f"{slug}.ipynb"
    return Lesson(
        course=course,
        slug=slug,
        title=table.text("title"),
        summary=table.text("summary"),
        minutes=table.whole("minutes", 1, 240),
        path=path,
        exercises=tuple(read_exercises(path)),
    )


def _load_assignment(
    course: str, folder: Path, table: Table, known: tuple[list[str], list[str]]
) -> Assignment:
    lessons, outcomes = known
    table.only(_ASSIGNMENT_FIELDS)
    name = _identifier(table, "name", table.text("name"))
    lesson = table.text("lesson")
    if lesson not in lessons:
        raise table.fail(f"lesson {lesson!r} is none of this course's: {', '.join(lessons)}")
    path = folder / "source" / name / f"{name}.ipynb"
    questions = read_questions(path)
    return Assignment(
        course=course,
        name=name,
        title=table.text("title"),
        lesson=lesson,
        minutes=table.whole("minutes", 1, 240),
        path=path,
        questions=questions,
        groups=_read_groups(table.table("groups"), questions),
        outcomes=_read_shown(table, questions, outcomes),
    )


def _read_shown(
    table: Table, questions: Iterable[AskedQuestion], outcomes: list[str]
) -> Mapping[str, str]:
    if "outcomes" not in table.fields:
        return {}
    shown = table.table("outcomes")
    asked = [question.id for question in questions]
    for question_id in shown.fields:
        if question_id not in asked:
            raise shown.fail(
                f"{question_id!r} is no question of this assignment: {', '.join(asked)}"
            )
        if shown.text(question_id) not in outcomes:
            raise shown.fail(f"{question_id!r} shows no outcome of this course")
    return {question_id: shown.text(question_id) for question_id in shown.fields}


def _read_groups(table: Table, questions: Iterable[AskedQuestion]) -> Mapping[str, tuple[str, ...]]:
    groups = {label: table.texts(label) for label in table.fields}
    grouped = [question_id for members in groups.values() for question_id in members]
    asked = [question.id for question in questions]
    for question_id in grouped:
        if question_id not in asked:
            raise table.fail(
                f"{question_id!r} is no question of this assignment: {', '.join(asked)}"
            )
        if grouped.count(question_id) > 1:
            raise table.fail(f"{question_id!r} stands in two groups; keep one")
    for question_id in asked:
        if question_id not in grouped:
            raise table.fail(f"{question_id!r} is in no group; add it, or its points get no column")
    return groups


def _identifier(table: Table, what: str, text: str) -> str:
    try:
        return check_identifier(text)
    except InputError as error:
        raise table.fail(f"{what} {text!r} must be 4-32 of a-z, 0-9 and '-'") from error


def _check_names(courses: Iterable[Course]) -> None:
    first: dict[str, Course] = {}
    for course in courses:
        for assignment in course.assignments:
            # nbgrader keeps one name once a database, whatever the course.
            if assignment.name in first:
                raise CourseError(
                    f"assignment {assignment.name!r} is also in course "
                    f"{first[assignment.name].slug!r}; rename one",
                    course.path / "course.toml",
                )
            first[assignment.name] = course
