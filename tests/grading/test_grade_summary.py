"""The summary of a workbook: one row a person, which prints on paper."""

import subprocess

import pypdf
from tests.support.find_office import find_office

from umkm_grading.gradebook.gradebook import Score
from umkm_grading.reports.class_results import Standing, State
from umkm_grading.reports.grades import Enrolled, Line, summary_columns
from umkm_grading.reports.table_files import GradeTable, write_spreadsheet


def line_of(course, code, half, points):
    """Somebody who got so many points for every question of these assignments, and sent no other."""
    standings = {one.name: Standing(State.NOT_SENT) for one in course.assignments}
    for one in course.assignments:
        if one.name in points:
            scores = {
                asked.id: Score(
                    asked.id,
                    points[one.name] * asked.points,
                    asked.points,
                    None,
                    None,
                    waiting=False,
                    comment="",
                )
                for asked in one.questions
            }
            standings[one.name] = Standing(State.GRADED, scores, 1)
    return Line((), Enrolled(code, "Siti", "Warung", half), standings)


def test_before_and_after_follow_each_persons_own_order(catalogue):
    course = catalogue.courses["pembukuan"]
    wanted = {one.name for one in course.assignments}
    columns = summary_columns([course], wanted)
    headings = [f"Pembukuan: {words}" for words in _SUMMARY]
    assert [column.heading for column in columns] == headings
    taken = {"pembukuan-tes-a": 1, "pembukuan-tes-b": 0.5, "pembukuan-dua-laci": 0.25}
    told = {
        half: [column.value(line_of(course, "srg-siti1", half, taken)) for column in columns]
        for half in (0, 1, None)
    }
    assert told == {
        0: [100, 50, 25, "1 dari 3"],
        1: [50, 100, 25, "1 dari 3"],
        None: [None, None, 25, "1 dari 3"],
    }
    # Half a test is no result, and nothing sent is no 0.
    nothing = [column.value(line_of(course, "srg-siti1", 0, {})) for column in columns]
    assert nothing == [None, None, None, "0 dari 3"]


_SUMMARY = ("tes awal (%)", "tes akhir (%)", "tugas yang sudah dinilai (%)", "tugas terkirim")


def test_the_first_sheet_is_one_row_a_person_that_prints_on_two_pages(catalogue, tmp_path):
    courses = list(catalogue.courses.values())
    wanted = {one.name for course in courses for one in course.assignments}
    columns = summary_columns(courses, wanted)
    people = [
        (f"srg-uji{n:02}", f"Peserta Dengan Nama Panjang {n}", "Warung Uji Coba Serang")
        for n in range(40)
    ]
    rows = tuple(
        (*who, *(87.5 if "%" in one.heading else "2 dari 3" for one in columns)) for who in people
    )
    headings = ("Kode", "Nama", "Usaha", *(one.heading for one in columns))
    assert len(headings) <= 20
    file = write_spreadsheet([GradeTable(headings, rows, "Ringkasan")], tmp_path / "nilai.xlsx")
    office = find_office()
    assert office, "run `make .cache/office` first"
    profile = f"-env:UserInstallation=file://{tmp_path / 'profil'}"
    subprocess.run(
        [office, profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, file],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    pages = pypdf.PdfReader(tmp_path / "nilai.pdf").pages
    assert len(pages) <= 2
    for page in pages:
        assert page.mediabox.width > page.mediabox.height
        assert "terkirim" in page.extract_text()  # the headings again on each page
    told = "".join(page.extract_text() for page in pages)
    assert all(code in told for code, _, _ in people)
