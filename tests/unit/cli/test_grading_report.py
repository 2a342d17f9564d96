"""The report of `umkm grade`, on a terminal of 80 columns."""

import io
from datetime import date

import pytest
from rich.console import Console

from umkm_cli.grading import _report
from umkm_cli.paths import Paths
from umkm_cli.workshop import OpenClass
from umkm_grading import ClassFolder, GradeOutcome
from umkm_grading.autograde.outcomes import GradingRun
from umkm_records import CohortForm, create_cohort, find_cohort, open_records

LONG = "Kecamatan Kasemen Angkatan Kedua"


@pytest.fixture
def classes(sample_database, catalogue, tmp_path, pytestconfig):
    with open_records(sample_database) as records:
        form = CohortForm(
            "kasemen-angkatan-kedua-2026",
            LONG,
            "KASEMEN-1",
            "Aula",
            date(2026, 11, 2),
            ("pembukuan",),
        )
        create_cohort(records, form)
        yield [
            OpenClass(
                Paths(pytestconfig.rootpath, tmp_path), records, catalogue,
                find_cohort(records, name), ClassFolder(tmp_path, name),
            )
            for name in ("contoh-serang", "kasemen-angkatan-kedua-2026")
        ]  # fmt: skip


def report(classes, *outcomes):
    """The columns of the table as they are read: a heading, and what stands below it."""
    console = Console(file=io.StringIO(), width=80)
    _report(GradingRun(outcomes), classes, console)
    text = console.file.getvalue()
    lines = [line for line in text.splitlines() if "│" in line or "┃" in line]
    cells = [[cell.strip() for cell in line.replace("┃", "│").split("│")[1:-1]] for line in lines]
    headings, *rows = cells
    columns = {
        heading: "".join(row[place] for row in rows) for place, heading in enumerate(headings)
    }
    return columns, text


def graded(code, task="pembukuan-dua-laci", cohort="contoh-serang", *, waits=True):
    return GradeOutcome(
        participant=code, ok=True, points=3, of=10, waiting_for_human=waits,
        cohort=cohort, assignment=task,
    )  # fmt: skip


def squeezed(text):
    return text.replace(" ", "")


def test_nothing_is_cut_and_tasks_have_the_names_people_know(classes):
    columns, text = report(
        classes,
        graded("srg-siti1"),
        graded("srg-siti1", "pembukuan-laporan-sebulan"),
        graded("srg-siti1", "pembukuan-hpp-harga", "kasemen-angkatan-kedua-2026"),
    )
    assert "…" not in text
    assert list(columns) == ["Kelas", "Tugas", "Kode", "Nama", "Nilai", "Keterangan"]
    tasks = squeezed(columns["Tugas"])
    assert tasks == "DuaLaciLaporanSebulanHPPdanHarga"
    assert "kasemen-angkatan-kedua-2026" in columns["Kelas"]
    assert columns["Kode"] == "srg-siti1" * 3
    assert "SitiRohmah" in squeezed(columns["Nama"])
    assert columns["Nilai"] == "3/10" * 3


def test_one_class_needs_no_column_for_it_and_one_task_neither(classes):
    columns, _ = report(
        classes[:1], graded("srg-siti1"), graded("srg-siti1", "pembukuan-hpp-harga")
    )
    assert next(iter(columns)) == "Tugas"
    columns, _ = report(classes[:1], graded("srg-siti1"))
    assert next(iter(columns)) == "Kode"


def test_who_waits_is_sent_to_the_page_where_texts_are_read(classes):
    _, text = report(classes, graded("srg-siti1"))
    assert "Periksa uraian" in text
    assert "formgrader" not in text
    _, text = report(classes, graded("srg-siti1", waits=False))
    assert "Periksa uraian" not in text
