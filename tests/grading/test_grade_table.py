"""The exported grades, read back by other programs."""

import csv
import shutil
import subprocess
import sys

import openpyxl
import pandas
import pytest
from tests.grading.classes import TASK, open_class

from umkm_grading import (
    By,
    GradingError,
    export_grades,
    grade,
    graded_class,
    make_grade_table,
)
from umkm_grading.gradebook.gradebook import open_gradebook
from umkm_records import Registration, register

TEXT = "rencana-dua-laci"
EVIL = "=HYPERLINK(A1)"
_SUMMARY = ("tes awal (%)", "tes akhir (%)", "tugas yang sudah dinilai (%)", "tugas terkirim")


@pytest.fixture(scope="module")
def half_graded(tmp_path_factory, catalogue):
    """Siti is done, Fauzi waits for staff, a third one is not graded, the others sent nothing."""
    one_class = open_class(tmp_path_factory.mktemp("nilai"), catalogue)
    done, waiting, fresh = one_class.codes[:3]
    plan = "Dua kaleng, 50 ribu sehari."
    for code in (done, waiting):
        one_class.put(
            code, {"seragam-sekolah": "bayar-langsung", "laba-bengkel": "350rb", TEXT: plan}
        )
    grade(one_class.class_folder, one_class.assignment)
    one_class.staff_gives(done, TEXT, 2.5)
    one_class.put(fresh, {TEXT: plan})
    form = Registration(
        join_code="SERANG-1", name=EVIL, business_name="-2+3 Warung", business_kind="warung",
        kelurahan="36.73.02.1001", phone="0812 0000 0099", consent_version="1", consent_given=True,
        pin="839201",
    )  # fmt: skip
    evil = register(one_class.records, form)
    return one_class, {"done": done, "waiting": waiting, "fresh": fresh, "evil": evil.code}


def read_csv(path, **options):
    """As a spreadsheet with Indonesian settings reads it."""
    return pandas.read_csv(path, sep=";", decimal=",", **options)


def graded(one_class):
    return graded_class(one_class.class_folder, one_class.records, one_class.catalogue)


def exported(half_graded, tmp_path, ending, by=By.GROUP):
    one_class, codes = half_graded
    path = export_grades([graded(one_class)], tmp_path / f"nilai.{ending}", by)
    return path, codes, one_class


def row_of(table, code):
    (row,) = [row for row in table.rows if code in row]
    return dict(zip(table.headings, row, strict=True))


def test_csv_has_one_row_a_participant_and_one_column_a_group(half_graded, tmp_path):
    path, codes, one_class = exported(half_graded, tmp_path, "csv")
    table = read_csv(path, index_col="Kode")
    assert len(table) == 13
    title = one_class.assignment.title
    groups = [name for name in table.columns if name.startswith(title)]
    # and sum, percentage, attempt, minutes late, remark
    assert len(groups) == len(one_class.assignment.groups) + 5
    first = table.loc[codes["done"]].tolist()
    assert first[2:8] == [1, 3, 2.5, 6.5, 65, 1]
    assert first[9:] == ["sudah dinilai", 6.5, 65]
    waiting = table.loc[codes["waiting"]]
    assert waiting.tolist()[2:4] == [1, 3]
    assert waiting.isna().tolist()[4:7] == [True, True, True]
    assert "menunggu nilai pelatih" in waiting.tolist()
    assert "belum dinilai" in table.loc[codes["fresh"]].tolist()
    assert "belum mengirim" in table.loc[codes["evil"]].tolist()
    assert table["Jumlah (maks. 10)"].count() == 1


def test_a_csv_without_a_wish_is_the_summary_and_can_be_read(half_graded, tmp_path):
    path, codes, _ = exported(half_graded, tmp_path, "csv", None)
    with path.open(encoding="utf-8-sig", newline="") as file:
        headings, *rows = csv.reader(file, delimiter=";")
    assert headings == ["Kode", "Nama", "Usaha", *(f"Pembukuan: {words}" for words in _SUMMARY)]
    assert len(rows) == 13
    (done,) = [row for row in rows if row[0] == codes["done"]]
    assert done[3:] == ["", "", "65", "1 dari 1"]
    # The workbook begins with the same table, and has the details too.
    book, _, _ = exported(half_graded, tmp_path, "xlsx", None)
    sheets = openpyxl.load_workbook(book)
    assert sheets.sheetnames[0] == "Ringkasan"
    assert [cell.value for cell in sheets["Ringkasan"][1]] == headings
    assert "Semua" in sheets.sheetnames


def test_csv_names_are_no_formulas(half_graded, tmp_path):
    path, codes, _ = exported(half_graded, tmp_path, "csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = {row[0]: row for row in csv.reader(file, delimiter=";")}
    assert rows[codes["evil"]][1:3] == ["'=HYPERLINK(A1)", "'-2+3 Warung"]


def test_xlsx_has_numbers_as_numbers_and_names_as_text(half_graded, tmp_path):
    path, codes, _ = exported(half_graded, tmp_path, "xlsx")
    page = openpyxl.load_workbook(path)["Semua"]
    rows = {row[0].value: row for row in page.iter_rows(min_row=2)}
    done = rows[codes["done"]]
    assert [cell.value for cell in done[3:9]] == [1, 3, 2.5, 6.5, 65, 1]
    assert {cell.data_type for cell in done[3:9]} == {"n"}
    evil = rows[codes["evil"]]
    assert (evil[1].value, evil[1].data_type) == (EVIL, "s")
    assert page.max_row == 14


def test_another_ending_is_refused(half_graded, tmp_path):
    one_class, _ = half_graded
    with pytest.raises(GradingError, match=r"\.csv atau \.xlsx"):
        export_grades([graded(one_class)], tmp_path / "n.ods")


def test_a_folder_that_is_not_there_is_made_and_a_file_in_its_place_is_an_error(
    half_graded, tmp_path
):
    one_class, _ = half_graded
    (tmp_path / "berkas").write_text("")
    with pytest.raises((NotADirectoryError, FileExistsError)):
        export_grades([graded(one_class)], tmp_path / "berkas" / "n.csv")


def test_a_class_nobody_sent_anything_in(one_class, tmp_path):
    path = export_grades([graded(one_class)], tmp_path / "n.csv", By.GROUP)
    table = read_csv(path)
    assert len(table) == 12
    assert set(table[f"{one_class.assignment.title}: keterangan"]) == {"belum mengirim"}
    assert TASK not in path.read_text("utf-8-sig")


def test_by_question_there_is_a_column_for_each(half_graded):
    one_class, codes = half_graded
    row = row_of(make_grade_table([graded(one_class)], By.QUESTION), codes["done"])
    title = one_class.assignment.title
    found = {question.id: question.points for question in one_class.assignment.questions}
    points = {name: row[f"{title}: {name} (maks. {of:g})"] for name, of in found.items()}
    assert points == {"seragam-sekolah": 1, "laba-bengkel": 3, TEXT: 2.5}


def test_by_outcome_points_of_a_promise_are_added_up(half_graded):
    one_class, codes = half_graded
    table = make_grade_table([graded(one_class)], By.OUTCOME)
    done, waiting = (row_of(table, codes[who]) for who in ("done", "waiting"))
    apart = "Dapat memisahkan uang usaha dan uang rumah setiap hari. (tugas)"
    profit = "Dapat membedakan omzet, laba, dan uang yang diambil pemilik. (tugas)"
    # 1 of 2 for the choice and 2.5 of 5 for the plan; 3 of 3 for the profit
    assert (done[f"{apart} (maks. 7)"], done[f"{apart} (%)"]) == (3.5, 50)
    assert (done[f"{profit} (maks. 3)"], done[f"{profit} (%)"]) == (3, 100)
    assert (waiting[f"{apart} (maks. 7)"], waiting[f"{apart} (%)"]) == (None, None)
    assert (waiting[f"{profit} (maks. 3)"], waiting[f"{profit} (%)"]) == (3, 100)
    assert not any("Di luar capaian" in heading for heading in table.headings)


@pytest.mark.parametrize(
    ("due", "late"),
    # Sent at 08:01 UTC.
    [("08:01", 0), ("08:00", 1), ("07:30", 31), ("09:00", 0)],
)
def test_late_is_counted_in_minutes_from_the_due_date(half_graded, due, late):
    one_class, codes = half_graded
    with open_gradebook(one_class.class_folder) as gradebook:
        gradebook.update_or_create_assignment(TASK, duedate=f"2026-11-23 {due}:00")
    try:
        table = make_grade_table([graded(one_class)])
    finally:
        with open_gradebook(one_class.class_folder) as gradebook:
            gradebook.update_or_create_assignment(TASK, duedate=None)
    heading = f"{one_class.assignment.title}: terlambat (menit)"
    assert row_of(table, codes["done"])[heading] == late
    assert row_of(table, codes["fresh"])[heading] == late  # not graded, but sent
    assert row_of(table, codes["evil"])[heading] is None


def test_several_classes_are_one_table_with_the_class_in_front(half_graded, tmp_path):
    one_class, codes = half_graded
    other = open_class(tmp_path / "lain", one_class.catalogue, "pembukuan-hpp-harga")
    table = make_grade_table([graded(one_class), graded(other)])
    assert table.headings[:2] == ("Kelas", "Kode")
    assert len(table.rows) == 13 + 12
    mine = next(dict(zip(table.headings, row, strict=True)) for row in table.rows)
    # A task this class was not given is a gap, no zero, and so is a sum that lacks it.
    assert mine["Tugas: HPP dan Harga: keterangan"] is None
    assert row_of(table, codes["evil"])["Kelas"] == "contoh-serang"


def test_nbgrader_export_writes_the_same_table(half_graded, tmp_path, monkeypatch):
    one_class, codes = half_graded
    monkeypatch.chdir(one_class.class_folder.root)
    target = tmp_path / "dari-nbgrader.csv"
    command = [sys.executable, "-m", "nbgrader", "export", f"--to={target}"]
    exporter = "--exporter=umkm_grading.reports.nbgrader_exporter.ClassExporter"
    done = subprocess.run([*command, exporter], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    theirs = read_csv(target, index_col="Kode").drop(index=codes["evil"], errors="ignore")
    path, _, _ = exported(half_graded, tmp_path, "csv")
    ours = read_csv(path, index_col="Kode").drop(index=codes["evil"])
    pandas.testing.assert_frame_equal(theirs.sort_index(), ours.sort_index())

    only = [*command, exporter, f"--student=['{codes['done']}']", "--ClassExporter.by=QUESTION"]
    done = subprocess.run(only, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    table = read_csv(target, index_col="Kode")
    assert table.index.tolist() == [codes["done"]]
    assert f"{one_class.assignment.title}: laba-bengkel (maks. 3)" in table


def test_nbgrader_export_elsewhere_ends_with_a_sentence(half_graded, tmp_path, monkeypatch):
    one_class, _ = half_graded
    monkeypatch.chdir(shutil.copytree(one_class.class_folder.root, tmp_path / "salinan"))
    exporter = "--exporter=umkm_grading.reports.nbgrader_exporter.ClassExporter"
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", "export", exporter],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "bukan folder kelas" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_person_given_more_time_is_late_only_after_it(half_graded):
    one_class, codes = half_graded
    with open_gradebook(one_class.class_folder) as gradebook:
        gradebook.update_or_create_assignment(TASK, duedate="2026-11-23 07:00:00")
        gradebook.grant_extension(TASK, codes["done"], hours=1)
    try:
        table = make_grade_table([graded(one_class)])
    finally:
        with open_gradebook(one_class.class_folder) as gradebook:
            gradebook.update_or_create_assignment(TASK, duedate=None)
            gradebook.grant_extension(TASK, codes["done"])
    heading = f"{one_class.assignment.title}: terlambat (menit)"
    # Sent at 08:01 UTC: an hour and a minute after the date, a minute after the hour that was given.
    assert row_of(table, codes["done"])[heading] == 1
    assert row_of(table, codes["waiting"])[heading] == 61


def test_a_csv_opens_in_a_spreadsheet_with_indonesian_settings(half_graded, tmp_path):
    path, codes, _ = exported(half_graded, tmp_path, "csv")
    line = next(line for line in path.read_text("utf-8-sig").splitlines() if codes["done"] in line)
    assert ";2,5;6,5;65;" in line
