"""Ingat on a served page: exercises of earlier lessons, noted where they come from."""

import nbformat
import pytest
from tests.unit.apps.kernel_api_socket import serve_kernel_api

from umkm.exercise import seed_of
from umkm_apps.answers.earlier_lessons import EarlierLessons
from umkm_records import make_sample_class, open_records, record_event
from umkm_records.answers import checks_of

VARY = 'vary(rupiah("Jual {a:rp}. Laba?"), {"a": (1_000, 90_000, 1_000)})'


@pytest.fixture
def records(sample_database):
    with open_records(sample_database) as opened:
        yield opened


@pytest.fixture
def siti(records):
    return make_sample_class(records).participants[0].code


@pytest.fixture
def folder(tmp_path):
    lessons = tmp_path / "lessons"
    lessons.mkdir()
    for slug, code in {
        "01-laci": ['practice("laci", single_choice("?", {"a": "A", "b": "B"}), "a", why="Ya.")',
                    'practice("janji", long_text("?"), None)'],
        "02-laba": [f'practice("laba", {VARY}, "a / 2", why=["{{a:rp}} : 2"])', "recall()"],
        "03-bon": ['practice("bon", rupiah("?"), 5_000)', "recall()"],
    }.items():  # fmt: skip
        cells = [nbformat.v4.new_code_cell(one, id=f"c{n}") for n, one in enumerate(code)]
        notebook = nbformat.v4.new_notebook(cells=cells)
        notebook.nbformat_minor = 5
        nbformat.write(notebook, lessons / f"{slug}.ipynb")
    return lessons


@pytest.fixture
def page(records):
    with serve_kernel_api(records) as made:
        yield made


def check(records, who, sheet, question, verdict):
    record_event(records, who, "checked", sheet, {"question": question, "verdict": verdict})


def test_the_first_lesson_has_nothing_to_recall(page, siti, folder):
    assert EarlierLessons(page(siti, "kas/01-laci"), folder)(2) == []


def test_earlier_lessons_come_back_wrong_ones_first_and_no_text_for_staff(
    records, page, siti, folder
):
    check(records, siti, "kas/01-laci", "laci", "right")
    check(records, siti, "kas/02-laba", "laba", "partly")
    found = EarlierLessons(page(siti, "kas/03-bon"), folder)(2)
    assert [one.question_id for one in found] == ["laba", "laci"]
    assert EarlierLessons(page(siti, "kas/03-bon"), folder)(1)[0].question_id == "laba"


def test_other_numbers_than_last_time_and_the_check_is_noted_where_it_belongs(
    records, page, siti, folder
):
    check(records, siti, "kas/02-laba", "laba", "wrong")
    (laba, _) = EarlierLessons(page(siti, "kas/03-bon"), folder)(2)
    first, now = (seed_of(siti, "laba", attempt) for attempt in (1, 3))
    assert laba.practice_question.attempt == 3
    # Where a page without its line asks for a check.
    assert laba.practice_question.place == {"attempt": 3, "sheet": "kas/02-laba"}
    assert first != now
    laba.practice_question.note_check("right", ("omzet-bukan-laba",))
    noted = checks_of(records, siti, ["kas/02-laba", "kas/03-bon"])
    assert [(one.sheet, one.verdict) for one in noted] == [
        ("kas/02-laba", "wrong"),
        ("kas/02-laba", "right"),
    ]
