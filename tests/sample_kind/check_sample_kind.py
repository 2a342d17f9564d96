"""What the sample kind does once its folder is on the search path; test_sample_kind.py runs this.

It runs in a process of its own: a kind, once registered, is there for every other test.
"""

import sys
from datetime import UTC, datetime
from subprocess import run

import pytest
from tests.grading import every_kind
from tests.grading.classes import COHORT
from tests.unit.widgets.page import Page

from umkm.exercise import Key, mark, question_from_json, question_to_json, readable
from umkm.exercise.question import KINDS
from umkm_courses import check_course, load_catalogue
from umkm_courses.keys import read_keys
from umkm_grading import ClassFolder, grade, prepare, publish_feedback
from umkm_grading.class_folder.submission_folder import Submission, write_submission
from umkm_grading.gradebook.gradebook import open_gradebook, read_scores
from umkm_records import make_sample_class, open_records, result_of
from umkm_widgets import practice, sheet, yes_no

ASKED = 'yes_no("Apakah prive biaya usaha?")'


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory):
    """A course that asks in one way: the sample's; its lesson practises it too."""
    root = tmp_path_factory.mktemp("contoh") / "courses"
    with pytest.MonkeyPatch.context() as patch:
        key = '"tidak", near={"ya": "prive-bukan-biaya"}'
        patch.setattr(every_kind, "QUESTIONS", {"prive": (ASKED, key, 2)})
        patch.setattr(every_kind, "_INNER", set())
        every_kind.write_course(root)
    return load_catalogue(root)


def test_a_notebook_asks_it_and_json_carries_it(catalogue):
    check_course(catalogue.courses["segala-jenis"])
    assignment = catalogue.assignment(every_kind.NAME)
    (asked,) = assignment.questions
    assert asked.question == yes_no("Apakah prive biaya usaha?")
    assert asked.marking == "auto"
    assert read_keys(assignment)["prive"].right == "tidak"
    assert question_from_json(question_to_json(asked.question)) == asked.question
    assert readable(asked.question, "ya") == "Ya"
    assert mark(asked.question, Key("tidak"), "ya", 2).points == 0
    assert sheet.yes_no is yes_no is KINDS["yes_no"]


def test_it_is_answered_and_marked_on_a_phone(chromium):
    page = Page(chromium, 360)
    told = "Uang untuk rumah bukan biaya usaha."
    widget = practice("prive", yes_no("Apakah prive biaya usaha?"), "tidak", near={"ya": told})
    card = page.show(widget)
    page.pass_time(100)
    yes, no = (card.get_by_role("button", name=name, exact=True) for name in ("Ya", "Tidak"))
    feedback = card.locator(".umkm-feedback")
    check = card.get_by_role("button", name="Periksa")
    check.click()
    page.until(lambda: feedback.inner_text() != "")
    assert "Pilih Ya atau Tidak dulu." in feedback.inner_text()
    yes.click()
    page.until(lambda: widget.answer == "ya")
    assert yes.evaluate("(one) => getComputedStyle(one).outlineColor") == "rgb(11, 110, 93)"
    check.click()
    page.until(lambda: told in feedback.inner_text())
    no.click()
    check.click()
    page.until(lambda: "Benar." in feedback.inner_text())
    assert page.tab.evaluate("document.documentElement.scrollWidth") <= 360
    assert min(one.bounding_box()["height"] for one in (yes, no)) >= 47.5
    assert page.errors == []
    page.tab.close()


def test_nbgrader_grades_it_and_the_result_is_published(catalogue, tmp_path):
    assignment = catalogue.assignment(every_kind.NAME)
    records = open_records(tmp_path / "umkm.db")
    people = make_sample_class(records).participants
    class_folder = ClassFolder(tmp_path / "kelas", COHORT)
    prepare(class_folder, [assignment], people)
    earned = {"tidak": 2, "ya": 0, "mungkin": 0}
    answers = dict(zip((person.code for person in people), earned, strict=False))
    for code, answer in answers.items():
        at = datetime(2026, 11, 23, 8, tzinfo=UTC)
        sent = Submission(f"KRM-{code}", code, every_kind.NAME, 1, at, {"prive": answer})
        write_submission(class_folder, sent)
    assert [one.message for one in grade(class_folder, every_kind.NAME)] == ["", "", ""]
    with open_gradebook(class_folder) as gradebook:
        for code, answer in answers.items():
            scores = read_scores(gradebook, every_kind.NAME, code)
            assert scores["prive"].points == earned[answer]
    publish_feedback(class_folder, records, every_kind.NAME)
    points = {a: result_of(records, code, every_kind.NAME).points for code, a in answers.items()}
    assert points == earned


def test_a_name_that_is_taken_is_refused():
    taken = (
        "from dataclasses import dataclass\nfrom umkm.exercise import SingleChoice\n"
        "class Other(SingleChoice):\n    kind = 'yes_no'\n"
    )
    refused = run([sys.executable, "-c", taken], capture_output=True, text=True, check=False)
    assert "kind 'yes_no' is already YesNo" in refused.stderr
