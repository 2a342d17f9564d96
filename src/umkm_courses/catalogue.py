"""Loads every course below a folder."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from umkm.errors import InputError
from umkm.identity import check_identifier
from umkm_courses.assignments import read_questions
from umkm_courses.content import AskedQuestion, Assignment, Catalogue, Course, Lesson
from umkm_courses.course_file import AssignmentTable, CourseFile, LessonTable
from umkm_courses.errors import CourseError
from umkm_courses.lessons import read_exercises
from umkm_courses.misunderstandings import load_misunderstandings
from umkm_courses.outcomes import read_outcomes, read_test
from umkm_courses.toml_files import convert, read_toml, table_error


def load_catalogue(root: Path) -> Catalogue:
    """Return every course below `root`, one folder each.

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
    path = folder / "course.toml"
    table = convert(read_toml(path), CourseFile, path)
    slug = _identifier(folder.name, "the folder's name", "", path)
    lessons = tuple(_load_lesson(slug, folder, entry) for entry in table.lessons)
    if not lessons:
        raise table_error("", "names no lesson; add a [[lessons]] table", path)
    slugs = [lesson.slug for lesson in lessons]
    if len(set(slugs)) < len(slugs):
        raise table_error("", "names a lesson twice; keep one", path)
    outcomes = read_outcomes(table, lessons, path)
    assignments = tuple(
        _load_assignment(slug, folder, entry, (slugs, [outcome.id for outcome in outcomes]))
        for entry in table.assignments
    )
    return Course(
        slug=slug,
        title=table.title,
        summary=table.summary,
        outcomes=outcomes,
        lessons=lessons,
        assignments=assignments,
        path=folder,
        misunderstandings=load_misunderstandings(folder),
        test=read_test(table, outcomes, assignments, path),
        facts_checked_by=table.facts_checked_by,
    )


def _load_lesson(course: str, folder: Path, table: LessonTable) -> Lesson:
    slug = _identifier(table.slug, "slug", f"lessons {table.slug}", folder / "course.toml")
    path = folder / "lessons" / f"{slug}.ipynb"
    return Lesson(
        course=course,
        slug=slug,
        title=table.title,
        summary=table.summary,
        minutes=table.minutes,
        path=path,
        exercises=tuple(read_exercises(path)),
    )


def _load_assignment(
    course: str, folder: Path, table: AssignmentTable, known: tuple[list[str], list[str]]
) -> Assignment:
    lessons, outcomes = known
    place, toml = f"assignments {table.name}", folder / "course.toml"
    name = _identifier(table.name, "name", place, toml)
    if table.lesson not in lessons:
        message = f"lesson {table.lesson!r} is none of this course's: {', '.join(lessons)}"
        raise table_error(place, message, toml)
    path = folder / "source" / name / f"{name}.ipynb"
    questions = read_questions(path)
    _check_groups(table.groups, questions, f"{place}.groups", toml)
    _check_shown(table.outcomes, questions, outcomes, f"{place}.outcomes", toml)
    return Assignment(
        course=course,
        name=name,
        title=table.title,
        lesson=table.lesson,
        minutes=table.minutes,
        path=path,
        questions=questions,
        groups=table.groups,
        outcomes=table.outcomes,
    )


def _check_shown(
    shown: Mapping[str, str],
    questions: Iterable[AskedQuestion],
    outcomes: list[str],
    place: str,
    path: Path,
) -> None:
    asked = [question.id for question in questions]
    for question_id, outcome in shown.items():
        if question_id not in asked:
            message = f"{question_id!r} is no question of this assignment: {', '.join(asked)}"
            raise table_error(place, message, path)
        if outcome not in outcomes:
            raise table_error(place, f"{question_id!r} shows no outcome of this course", path)


def _check_groups(
    groups: Mapping[str, tuple[str, ...]],
    questions: Iterable[AskedQuestion],
    place: str,
    path: Path,
) -> None:
    grouped = [question_id for members in groups.values() for question_id in members]
    asked = [question.id for question in questions]
    for question_id in grouped:
        if question_id not in asked:
            message = f"{question_id!r} is no question of this assignment: {', '.join(asked)}"
            raise table_error(place, message, path)
        if grouped.count(question_id) > 1:
            message = f"{question_id!r} stands in two groups; keep one"
            raise table_error(place, message, path)
    for question_id in asked:
        if question_id not in grouped:
            message = f"{question_id!r} is in no group; add it, or its points get no column"
            raise table_error(place, message, path)


def _identifier(text: str, what: str, place: str, path: Path) -> str:
    try:
        return check_identifier(text)
    except InputError as error:
        message = f"{what} {text!r} must be 4-32 of a-z, 0-9 and '-'"
        raise table_error(place, message, path) from error


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
