"""The exported grades, read back by other programs."""

import csv

import openpyxl
import pandas
import pytest
from tests.grading.classes import TASK, open_class

from umkm_grading import GradingError, export_grades, grade
from umkm_records import Registration, register

TEXT = "rencana-dua-laci"
EVIL = "=HYPERLINK(A1)"


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
    grade(one_class.room, one_class.assignment)
    one_class.staff_gives(done, TEXT, 2.5)
    one_class.put(fresh, {TEXT: plan})
    form = Registration(
        join_code="SERANG-1", name=EVIL, business_name="-2+3 Warung", business_kind="warung",
        kelurahan="36.73.02.1001", phone="0812 0000 0099", consent_version="1", consent_given=True,
        pin="839201",
    )  # fmt: skip
    evil = register(one_class.records, form)
    return one_class, {"done": done, "waiting": waiting, "fresh": fresh, "evil": evil.code}


def exported(half_graded, tmp_path, ending):
    one_class, codes = half_graded
    path = export_grades(
        one_class.room, one_class.records, one_class.catalogue, tmp_path / f"nilai.{ending}"
    )
    return path, codes, one_class


def test_csv_has_one_row_a_participant_and_one_column_a_group(half_graded, tmp_path):
    path, codes, one_class = exported(half_graded, tmp_path, "csv")
    table = pandas.read_csv(path, index_col="Kode")
    assert len(table) == 13
    title = one_class.assignment.title
    groups = [name for name in table.columns if name.startswith(title)]
    assert len(groups) == len(one_class.assignment.groups) + 2  # and sum, and remark
    first = table.loc[codes["done"]].tolist()
    assert first[2:] == [1, 3, 2.5, 6.5, "sudah dinilai", 6.5]
    waiting = table.loc[codes["waiting"]]
    assert waiting.tolist()[2:4] == [1, 3]
    assert waiting.isna().tolist()[4:6] == [True, True]
    assert "menunggu nilai pelatih" in waiting.tolist()
    assert "belum dinilai" in table.loc[codes["fresh"]].tolist()
    assert "belum mengirim" in table.loc[codes["evil"]].tolist()
    assert table["Jumlah (maks. 10)"].count() == 1


def test_csv_names_are_no_formulas(half_graded, tmp_path):
    path, codes, _ = exported(half_graded, tmp_path, "csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = {row[0]: row for row in csv.reader(file)}
    assert rows[codes["evil"]][1:3] == ["'=HYPERLINK(A1)", "'-2+3 Warung"]


def test_xlsx_has_numbers_as_numbers_and_names_as_text(half_graded, tmp_path):
    path, codes, _ = exported(half_graded, tmp_path, "xlsx")
    page = openpyxl.load_workbook(path).active
    rows = {row[0].value: row for row in page.iter_rows(min_row=2)}
    done = rows[codes["done"]]
    assert [cell.value for cell in done[3:7]] == [1, 3, 2.5, 6.5]
    assert {cell.data_type for cell in done[3:7]} == {"n"}
    evil = rows[codes["evil"]]
    assert (evil[1].value, evil[1].data_type) == (EVIL, "s")
    assert page.max_row == 14


def test_another_ending_is_refused(half_graded, tmp_path):
    one_class, _ = half_graded
    with pytest.raises(GradingError, match=r"\.csv atau \.xlsx"):
        export_grades(one_class.room, one_class.records, one_class.catalogue, tmp_path / "n.ods")


def test_a_folder_that_is_not_there_is_made_and_a_file_in_its_place_is_an_error(
    half_graded, tmp_path
):
    one_class, _ = half_graded
    (tmp_path / "berkas").write_text("")
    with pytest.raises((NotADirectoryError, FileExistsError)):
        export_grades(
            one_class.room, one_class.records, one_class.catalogue, tmp_path / "berkas" / "n.csv"
        )


def test_a_class_nobody_sent_anything_in(one_class, tmp_path):
    path = export_grades(one_class.room, one_class.records, one_class.catalogue, tmp_path / "n.csv")
    table = pandas.read_csv(path)
    assert len(table) == 12
    assert set(table[f"{one_class.assignment.title}: keterangan"]) == {"belum mengirim"}
    assert TASK not in path.read_text("utf-8-sig")
