"""The class's grades as a table: one row a participant, one column a question group."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from umkm_courses import Assignment, Catalogue, Course
from umkm_grading.classroom import ClassRoom
from umkm_grading.errors import GradingError
from umkm_grading.files import write_file
from umkm_grading.gradebook import Score, open_gradebook, read_scores
from umkm_grading.ledger import is_graded_now
from umkm_grading.papers import Paper, list_papers
from umkm_grading.submissions import read_ticket
from umkm_records import Participant, Records, class_roster

Value = str | float | None

NOT_SENT = "belum mengirim"
NOT_GRADED = "belum dinilai"
WAITING = "menunggu nilai pelatih"
GRADED = "sudah dinilai"

#: A spreadsheet takes a cell that begins with one of these for a formula.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True)
class Gradesheet:
    """Column headings and rows; an amount of points not known yet is None, never 0."""

    headings: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


def export_grades(
    room: ClassRoom, records: Records, content: Course | Catalogue, path: Path
) -> Path:
    """Write the class's grades to `path`, as CSV or XLSX by its ending.

    Raises:
        GradingError: another ending.
        OSError: the file cannot be written.
    """
    writers = {".csv": _csv, ".xlsx": _xlsx}
    write = writers.get(path.suffix.lower())
    if write is None:
        raise GradingError(f"Berkas nilai harus berakhiran .csv atau .xlsx, bukan {path.name}.")
    write_file(path, write(make_gradesheet(room, records, content)))
    return path


def make_gradesheet(room: ClassRoom, records: Records, content: Course | Catalogue) -> Gradesheet:
    """The grades of everybody enrolled, also of those who sent nothing."""
    papers = {paper.name: paper for paper in list_papers(room)}
    courses = list(content.courses.values()) if isinstance(content, Catalogue) else [content]
    assignments = [one for course in courses for one in course.assignments if one.name in papers]
    # The test before and after shows what was learnt; it is no part of the grade.
    counts = [any(one in course.tasks for course in courses) for one in assignments]
    headings = ["Kode", "Nama", "Usaha"]
    for one in assignments:
        headings += [f"{one.title}: {group} (maks. {_maximum(one, group)})" for group in one.groups]
        headings += [f"{one.title}: jumlah (maks. {one.points:g})", f"{one.title}: keterangan"]
    headings.append(f"Jumlah (maks. {sum(one.points for one in compress(assignments, counts)):g})")
    with open_gradebook(room) as gradebook:
        rows = []
        for person in class_roster(records, room.cohort_id):
            standings = [
                _standing(room, gradebook, (one, papers[one.name]), person) for one in assignments
            ]
            rows.append(_row(person, standings, counts))
    return Gradesheet(tuple(headings), tuple(rows))


@dataclass(frozen=True)
class _Standing:
    columns: tuple[float | None, ...]
    total: float | None
    state: str


def _maximum(assignment: Assignment, group: str) -> str:
    of = {asked.id: asked.points for asked in assignment.questions}
    return f"{sum(of[question] for question in assignment.groups[group]):g}"


def _standing(
    room: ClassRoom, gradebook: Any, work: tuple[Assignment, Paper], person: Participant
) -> _Standing:
    assignment, paper = work
    nothing = (None,) * len(assignment.groups)
    if read_ticket(room, person.code, paper.name) is None:
        return _Standing(nothing, None, NOT_SENT)
    if not is_graded_now(room, paper, person.code):
        return _Standing(nothing, None, NOT_GRADED)
    scores = read_scores(gradebook, paper.name, person.code)
    columns = tuple(_sum(scores, questions) for questions in assignment.groups.values())
    total = _sum(scores, [question.id for question in paper.questions])
    return _Standing(columns, total, WAITING if total is None else GRADED)


def _sum(scores: Mapping[str, Score], questions: Iterable[str]) -> float | None:
    wanted = [scores.get(question) for question in questions]
    known = [score.points for score in wanted if score is not None and not score.waiting]
    return sum(known) if len(known) == len(wanted) else None


def _row(
    person: Participant, standings: Sequence[_Standing], counts: Sequence[bool]
) -> tuple[Value, ...]:
    row: list[Value] = [person.code, person.name, person.business_name]
    for standing in standings:
        row += [*standing.columns, standing.total, standing.state]
    totals = [standing.total for standing in compress(standings, counts)]
    known = [total for total in totals if total is not None]
    # A sum over half of the assignments would pass for the whole.
    row.append(sum(known) if known and len(known) == len(totals) else None)
    return tuple(row)


def _csv(sheet: Gradesheet) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    for row in (sheet.headings, *sheet.rows):
        writer.writerow([_whole(_harmless(value)) for value in row])
    # With the mark, Excel reads the file as UTF-8.
    return text.getvalue().encode("utf-8-sig", errors="replace")


def _harmless(value: Value) -> Value:
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return f"'{value}"
    return value


def _xlsx(sheet: Gradesheet) -> bytes:
    book = Workbook()
    page = book.active
    page.title = "Nilai"
    for number, row in enumerate((sheet.headings, *sheet.rows), start=1):
        for column, value in enumerate(row, start=1):
            _fill(page.cell(number, column), value)
    for column, heading in enumerate(sheet.headings, start=1):
        page.cell(1, column).font = Font(bold=True)
        widest = max(
            len(str(row[column - 1] or ""))
            for row in ((heading,) * len(sheet.headings), *sheet.rows)
        )
        page.column_dimensions[get_column_letter(column)].width = min(widest + 2, 40)
    page.freeze_panes = "C2"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _fill(cell: Any, value: Value) -> None:
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
        # openpyxl makes a formula of "=…"; this one is a name.
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(_FORMULA_STARTS)
    else:
        cell.value = _whole(value)


def _whole(value: Value) -> Value:
    return int(value) if isinstance(value, float) and value.is_integer() else value
