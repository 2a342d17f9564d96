"""The grades of one class or many as a table: one row a participant.

What a screen shows and what a file holds are the same table.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from umkm_courses import Assignment, Catalogue, Course
from umkm_grading.class_results import Standing, percent, standings_of
from umkm_grading.classroom import ClassRoom
from umkm_grading.papers import list_papers
from umkm_grading.spreadsheets import Gradesheet, Value, write_spreadsheet
from umkm_records import Records, class_roster

#: What somebody has in each assignment that their class was given.
_Standings = Mapping[str, Standing]
_Asked = Sequence[tuple[Assignment, str]]


class By(StrEnum):
    """What the points are broken down by."""

    GROUP = "group"
    QUESTION = "question"
    OUTCOME = "outcome"


@dataclass(frozen=True)
class Enrolled:
    """Somebody in a class, as a table of grades names them."""

    code: str
    name: str
    business_name: str


@dataclass(frozen=True)
class GradedClass:
    """A class, the people in it, and the courses its assignments may come from."""

    room: ClassRoom
    people: Sequence[Enrolled]
    courses: Sequence[Course]


@dataclass(frozen=True)
class _Column:
    heading: str
    value: Callable[[_Standings], Value]


def graded_class(room: ClassRoom, records: Records, content: Course | Catalogue) -> GradedClass:
    """A class with everybody enrolled in it, also those who sent nothing."""
    people = [
        Enrolled(one.code, one.name, one.business_name)
        for one in class_roster(records, room.cohort_id)
    ]
    courses = [content] if isinstance(content, Course) else list(content.courses.values())
    return GradedClass(room, people, courses)


def export_grades(classes: Sequence[GradedClass], path: Path, by: By = By.GROUP) -> Path:
    """Write the grades of these classes to `path`, as CSV or XLSX by its ending.

    Raises:
        ClassRoomError: a class has no gradebook yet.
        GradebookTrouble: a gradebook cannot be read.
        GradingError: another ending.
        OSError: the file cannot be written.
    """
    return write_spreadsheet(make_gradesheet(classes, by), path)


def make_gradesheet(
    classes: Sequence[GradedClass], by: By = By.GROUP, only: Iterable[str] = ()
) -> Gradesheet:
    """The grades of everybody in these classes; of `only` some assignments, where it names any.

    Raises:
        ClassRoomError: a class has no gradebook yet.
        GradebookTrouble: a gradebook cannot be read.
    """
    papers = {id(one): list_papers(one.room) for one in classes}
    given = {paper.name for several in papers.values() for paper in several}
    wanted = given & set(only) if (only := list(only)) else given
    columns = [column for course in _courses(classes) for column in _columns_of(course, wanted, by)]
    many = len(classes) > 1
    headings = (*(("Kelas",) if many else ()), "Kode", "Nama", "Usaha")
    rows: list[tuple[Value, ...]] = []
    for one in classes:
        standings = standings_of(
            one.room,
            [paper for paper in papers[id(one)] if paper.name in wanted],
            [person.code for person in one.people],
        )
        for person in one.people:
            theirs = {name: of[person.code] for name, of in standings.items()}
            who = (person.code, person.name, person.business_name)
            where = (one.room.cohort_id,) if many else ()
            rows.append((*where, *who, *(column.value(theirs) for column in columns)))
    return Gradesheet((*headings, *(column.heading for column in columns)), tuple(rows))


def _courses(classes: Iterable[GradedClass]) -> list[Course]:
    return list({course.slug: course for one in classes for course in one.courses}.values())


def _columns_of(course: Course, wanted: set[str], by: By) -> list[_Column]:
    assignments = [one for one in course.assignments if one.name in wanted]
    columns: list[_Column] = []
    if by is By.OUTCOME:
        columns += _by_outcome(course, assignments)
    for one in assignments:
        columns += _of_assignment(one, by)
    # The test before and after shows what was learnt; it is no part of the grade.
    counted = _asked_in(one for one in assignments if one in course.tasks)
    return [*columns, *_sum_and_percent("Jumlah", counted)] if assignments else []


def _of_assignment(one: Assignment, by: By) -> list[_Column]:
    parts: Mapping[str, Sequence[str]] = {}
    if by is By.GROUP:
        parts = one.groups
    elif by is By.QUESTION:
        parts = {asked.id: (asked.id,) for asked in one.questions}
    columns = [
        _points(f"{one.title}: {label}", [(one, question) for question in questions])
        for label, questions in parts.items()
    ]
    return [
        *columns,
        *_sum_and_percent(f"{one.title}: jumlah", _asked_in([one])),
        _fact(one, "kiriman ke", lambda standing: standing.attempt),
        _fact(one, "terlambat (menit)", lambda standing: standing.late_minutes),
        _fact(one, "keterangan", lambda standing: str(standing.state)),
    ]


def _by_outcome(course: Course, assignments: Sequence[Assignment]) -> list[_Column]:
    tasks = [one for one in assignments if one in course.tasks]
    tests = [one for one in assignments if one not in course.tasks]
    columns = []
    promised = [(outcome.id, outcome.text) for outcome in course.outcomes]
    for outcome, text in (*promised, (None, "Di luar capaian")):
        for label, these in (("tugas", tasks), *((one.title, [one]) for one in tests)):
            asked = [pair for pair in _asked_in(these) if course.outcome_of(*pair) == outcome]
            columns += _sum_and_percent(f"{text} ({label})", asked) if asked else []
    return columns


def _asked_in(assignments: Iterable[Assignment]) -> _Asked:
    return [(one, asked.id) for one in assignments for asked in one.questions]


def _sum_and_percent(label: str, asked: _Asked) -> list[_Column]:
    points, most = _points(label, asked), _most(asked)
    shown = _Column(f"{label} (%)", lambda standings: percent(_total(standings, asked), most))
    return [points, shown]


def _points(label: str, asked: _Asked) -> _Column:
    return _Column(f"{label} (maks. {_most(asked):g})", lambda standings: _total(standings, asked))


def _most(asked: _Asked) -> float:
    return sum(one.points for owner, name in asked for one in owner.questions if one.id == name)


def _total(standings: _Standings, asked: _Asked) -> float | None:
    found = [
        standings[one.name].points([question]) if one.name in standings else None
        for one, question in asked
    ]
    known = [points for points in found if points is not None]
    # A sum over half of it would pass for the whole.
    return sum(known) if known and len(known) == len(found) else None


def _fact(one: Assignment, label: str, value: Callable[[Standing], Value]) -> _Column:
    return _Column(
        f"{one.title}: {label}",
        lambda standings: value(standings[one.name]) if one.name in standings else None,
    )
