"""The grades of one class or many as a table: one row a participant.

What a screen shows and what a file holds are the same table.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from umkm_courses import Assignment, Catalogue, Course
from umkm_grading.class_folder.class_folder import ClassFolder
from umkm_grading.class_folder.released_assignment import list_released
from umkm_grading.reports.class_results import Standing, State, percent, standings_of
from umkm_grading.reports.table_files import GradeTable, Value, write_spreadsheet
from umkm_records import Records, class_roster
from umkm_records.people import halves_of_class

#: Somebody's standing by assignment.
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
    #: Which form of a test comes first for them; None where nobody could say.
    half: int | None = None


@dataclass(frozen=True)
class GradedClass:
    """A class, the people in it, and the courses its assignments may come from."""

    class_folder: ClassFolder
    people: Sequence[Enrolled]
    courses: Sequence[Course]


@dataclass(frozen=True)
class Column:
    """A column of a table: its heading, and its value for one person."""

    heading: str
    value: "Callable[[Line], Value]"


def graded_class(
    class_folder: ClassFolder, records: Records, content: Course | Catalogue
) -> GradedClass:
    """Return a class with everybody enrolled in it, also those who sent nothing."""
    halves = halves_of_class(records, class_folder.cohort_id)
    people = [
        Enrolled(one.code, one.name, one.business_name, halves.get(one.code))
        for one in class_roster(records, class_folder.cohort_id)
    ]
    courses = [content] if isinstance(content, Course) else list(content.courses.values())
    return GradedClass(class_folder, people, courses)


def export_grades(classes: Sequence[GradedClass], path: Path, by: By | None = None) -> Path:
    """Write the grades of these classes to `path`, as CSV or XLSX by its ending.

    A workbook holds every sheet. A CSV holds the summary, or, broken down `by` something, the table of
    all details, which is too wide to be read on a screen.

    Raises:
        ClassFolderError: a class has no gradebook yet.
        GradebookTrouble: a gradebook cannot be read.
        GradingError: another ending.
        OSError: the file cannot be written.
    """
    sheets = make_grade_tables(classes, by or By.GROUP)
    if by is None and path.suffix.lower() == ".csv":
        sheets = sheets[:1]
    return write_spreadsheet(sheets, path)


def make_grade_tables(
    classes: Sequence[GradedClass], by: By = By.GROUP, only: Iterable[str] = ()
) -> list[GradeTable]:
    """Return the sheets of a workbook: the summary, each course by itself, all of it in one table.

    Raises:
        ClassFolderError: a class has no gradebook yet.
        GradebookTrouble: a gradebook cannot be read.
    """
    wanted, lines = _read(classes, only)
    found = [(course, _columns_of(course, wanted, by)) for course in _courses(classes)]
    details = [(course, columns) for course, columns in found if columns]
    sheets = [_sheet(lines, summary_columns(_courses(classes), wanted), "Ringkasan")]
    if len(details) > 1:
        sheets += [_sheet(lines, columns, course.title) for course, columns in details]
    every = [column for _, columns in details for column in columns]
    return [*sheets, _sheet(lines, every, "Semua")]


def make_grade_table(
    classes: Sequence[GradedClass], by: By = By.GROUP, only: Iterable[str] = ()
) -> GradeTable:
    """Return the grades of everybody in these classes; `only` names some assignments.

    Raises:
        ClassFolderError: a class has no gradebook yet.
        GradebookTrouble: a gradebook cannot be read.
    """
    return make_grade_tables(classes, by, only)[-1]


@dataclass(frozen=True)
class Line:
    """One person in one class, with their standing in each released assignment."""

    #: The class, where there are several; else nothing.
    where: tuple[str, ...]
    person: Enrolled
    standings: _Standings


def _read(classes: Sequence[GradedClass], only: Iterable[str]) -> tuple[set[str], list[Line]]:
    """Return the assignments that the tables are about, and everybody's line."""
    releases = {id(one): list_released(one.class_folder) for one in classes}
    given = {released.name for several in releases.values() for released in several}
    wanted = given & set(only) if (only := list(only)) else given
    lines = []
    for one in classes:
        standings = standings_of(
            one.class_folder,
            [released for released in releases[id(one)] if released.name in wanted],
            [person.code for person in one.people],
        )
        where = (one.class_folder.cohort_id,) if len(classes) > 1 else ()
        for person in one.people:
            theirs = {name: of[person.code] for name, of in standings.items()}
            lines.append(Line(where, person, theirs))
    return wanted, lines


def _sheet(lines: Sequence[Line], columns: Sequence[Column], title: str) -> GradeTable:
    many = bool(lines) and bool(lines[0].where)
    headings = (*(("Kelas",) if many else ()), "Kode", "Nama", "Usaha")
    rows = tuple(
        (
            *line.where,
            *(line.person.code, line.person.name, line.person.business_name),
            *(column.value(line) for column in columns),
        )
        for line in lines
    )
    return GradeTable((*headings, *(column.heading for column in columns)), rows, title)


def _courses(classes: Iterable[GradedClass]) -> list[Course]:
    return list({course.slug: course for one in classes for course in one.courses}.values())


def _columns_of(course: Course, wanted: set[str], by: By) -> list[Column]:
    assignments = [one for one in course.assignments if one.name in wanted]
    columns: list[Column] = []
    if by is By.OUTCOME:
        columns += _by_outcome(course, assignments)
    for one in assignments:
        columns += _of_assignment(one, by)
    # The test before and after shows what was learnt; it is no part of the grade.
    counted = _asked_in(one for one in assignments if one in course.tasks)
    return [*columns, *_sum_and_percent("Jumlah", counted)] if assignments else []


def _of_assignment(one: Assignment, by: By) -> list[Column]:
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


def _by_outcome(course: Course, assignments: Sequence[Assignment]) -> list[Column]:
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


def _sum_and_percent(label: str, asked: _Asked) -> list[Column]:
    points, most = _points(label, asked), _most(asked)
    shown = Column(f"{label} (%)", lambda line: percent(_total(line.standings, asked), most))
    return [points, shown]


def _points(label: str, asked: _Asked) -> Column:
    return Column(f"{label} (maks. {_most(asked):g})", lambda line: _total(line.standings, asked))


def _most(asked: _Asked) -> float:
    return sum(one.points for owner, name in asked for one in owner.questions if one.id == name)


def _total(standings: _Standings, asked: _Asked) -> float | None:
    found = [
        standings[one.name].points([question]) if one.name in standings else None
        for one, question in asked
    ]
    known = [points for points in found if points is not None]
    # A sum over a part of it would be taken for the whole.
    return sum(known) if known and len(known) == len(found) else None


def _fact(one: Assignment, label: str, value: Callable[[Standing], Value]) -> Column:
    return Column(
        f"{one.title}: {label}",
        lambda line: value(line.standings[one.name]) if one.name in line.standings else None,
    )


def summary_columns(courses: Sequence[Course], wanted: set[str]) -> list[Column]:
    """Return the columns of the first sheet: per course the two tests, the tasks, how many were sent.

    With the names in front no more than 20, so that they can be read on paper: of more than four
    courses only the second test and the tasks, of more than eight only the tasks.
    """
    found = [
        _summary_of(course, [one for one in course.assignments if one.name in wanted])
        for course in courses
        if any(one.name in wanted for one in course.assignments)
    ]
    kept = (0, 1, 2, 3) if len(found) <= 4 else (1, 2) if len(found) <= 8 else (2,)
    return [columns[place] for columns in found for place in kept]


def _summary_of(course: Course, assignments: Sequence[Assignment]) -> list[Column]:
    tasks = [one for one in assignments if one in course.tasks]

    def sitting(place: int) -> Callable[[Line], Value]:
        def value(line: Line) -> Value:
            if course.test is None or line.person.half is None:
                return None
            form = course.test.sittings(line.person.half)[place]
            asked = _asked_in([form])
            return percent(_total(line.standings, asked), _most(asked))

        return value

    def average(line: Line) -> Value:
        done = [_asked_in([one]) for one in tasks]
        known = [
            (total, _most(one))
            for one in done
            if (total := _total(line.standings, one)) is not None
        ]
        return (
            percent(sum(total for total, _ in known), sum(most for _, most in known))
            if known
            else None
        )

    def sent(line: Line) -> Value:
        theirs = [line.standings[one.name] for one in tasks if one.name in line.standings]
        # In words: a spreadsheet would make a date of "2/3".
        return f"{sum(one.state is not State.NOT_SENT for one in theirs)} dari {len(theirs)}"

    return [
        Column(f"{course.title}: tes awal (%)", sitting(0)),
        Column(f"{course.title}: tes akhir (%)", sitting(1)),
        Column(f"{course.title}: tugas yang sudah dinilai (%)", average),
        Column(f"{course.title}: tugas terkirim", sent),
    ]
