"""Which form of the test a reader meets first, and when the other opens."""

from dataclasses import dataclass, field, replace

import pytest
from nbformat.v4 import new_markdown_cell, new_notebook

from umkm_apps.sittings import sitting_of, sittings
from umkm_apps.web.study import prepare_notebook
from umkm_courses import PairedTest, load_catalogue
from umkm_records import (
    DraftKey,
    Stamp,
    class_roster,
    half_of_class,
    make_sample_class,
    open_records,
    save_draft,
    submit,
)


@pytest.fixture
def records(tmp_path):
    with open_records(tmp_path / "umkm.db") as opened:
        make_sample_class(opened)
        yield opened


@pytest.fixture
def course(request):
    """Our own course with two assignments standing in for the forms of a test."""
    plain = load_catalogue(request.config.rootpath / "courses").courses["pembukuan"]
    first = plain.assignments[0]
    return replace(plain, test=PairedTest((first, replace(first, name="bentuk-b")), {}))


def test_the_two_halves_of_a_class_begin_with_different_forms(records, course):
    roster = class_roster(records, "contoh-serang")
    by_half = {half_of_class(records, person.code): person.code for person in roster}
    first, second = (sittings(records, course, by_half[half]) for half in (0, 1))
    assert [s.title for s in first] == [s.title for s in second] == ["Tes awal", "Tes akhir"]
    assert [s.form.name for s in first] == [s.form.name for s in reversed(second)]


def test_the_second_form_opens_when_the_first_is_sent(records, course):
    before, after = sittings(records, course, "srg-siti1")
    assert (before.open, after.open) == (True, False)
    key = DraftKey("srg-siti1", before.form.name, "soal")
    save_draft(records, key, "a", Stamp("w", 1))
    submit(records, "srg-siti1", before.form.name, ["soal"])
    assert [sitting.open for sitting in sittings(records, course, "srg-siti1")] == [True, True]


def test_an_ordinary_task_is_no_sitting(records, course):
    other = replace(course.assignments[0], name="tugas-lain")
    assert sitting_of(records, course, "srg-siti1", other) is None
    assert sittings(records, replace(course, test=None), "srg-siti1") == ()


@dataclass
class Page:
    about: dict[str, str] = field(default_factory=dict)


def test_what_is_said_to_trainers_reaches_no_trainee():
    cells = [
        new_markdown_cell("# Judul"),
        new_markdown_cell("Catatan pelatih: jangan buru-buru.", metadata={"tags": ["trainer"]}),
    ]
    shown = prepare_notebook(Page(), new_notebook(cells=cells), "")
    assert [cell.source for cell in shown.cells if cell.cell_type == "markdown"] == ["# Judul"]
