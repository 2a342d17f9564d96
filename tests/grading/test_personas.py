"""Five kinds of trainees get exactly the points written down for them, through real nbgrader."""

import json
from pathlib import Path

import pytest
from tests.grading.classes import TASK, open_class

from umkm_grading import grade, publish_feedback
from umkm_records import result_of

FILES = sorted(Path(__file__).with_name("personas").glob("*.json"))
PERSONAS = [json.loads(file.read_text(encoding="utf-8")) | {"name": file.stem} for file in FILES]
TEXT = "rencana-dua-laci"


@pytest.fixture(scope="module")
def graded(tmp_path_factory, catalogue):
    """All personas, sent and graded: the class, and what `grade` said of each."""
    one_class = open_class(tmp_path_factory.mktemp("persona"), catalogue)
    codes = dict(zip([one["name"] for one in PERSONAS], one_class.codes, strict=False))
    for persona in PERSONAS:
        one_class.put(codes[persona["name"]], persona["answers"])
    steps = []
    outcomes = grade(one_class.class_folder, one_class.assignment, lambda *step: steps.append(step))
    assert steps == [(done, 5) for done in range(6)]
    return one_class, codes, {outcome.participant: outcome for outcome in outcomes}


def test_the_five_personas_are_all_there():
    assert [one["name"] for one in PERSONAS] == ["benar", "kosong", "nakal", "salah", "sebagian"]


@pytest.mark.parametrize("persona", PERSONAS, ids=lambda one: one["name"])
def test_automatic_points_are_those_stated(graded, persona):
    one_class, codes, outcomes = graded
    code = codes[persona["name"]]
    assert outcomes[code].ok, outcomes[code].message
    scores = one_class.scores(code)
    assert {q: scores[q].points for q in persona["automatic"]} == persona["automatic"]
    assert outcomes[code].points == sum(persona["automatic"].values())
    assert outcomes[code].of == 10


@pytest.mark.parametrize("persona", PERSONAS, ids=lambda one: one["name"])
def test_only_texts_with_something_to_read_queue_for_staff(graded, persona):
    one_class, codes, outcomes = graded
    waits = persona["text"] == "read"
    assert outcomes[codes[persona["name"]]].waiting_for_human is waits
    assert one_class.scores(codes[persona["name"]])[TEXT].waiting is waits


def test_results_after_staff_read_the_texts_are_those_stated(graded):
    one_class, codes, _ = graded
    waiting = {codes[one["name"]] for one in PERSONAS if one["text"] == "read"}
    before = publish_feedback(one_class.class_folder, one_class.records, one_class.assignment)
    assert set(before.waiting) == waiting
    assert before.published == (codes["kosong"],)

    for persona in PERSONAS:
        if persona["staff"] is not None:
            one_class.staff_gives(codes[persona["name"]], TEXT, persona["staff"])
    after = publish_feedback(one_class.class_folder, one_class.records, one_class.assignment)
    assert set(after.published) == set(codes.values())
    results = {
        one["name"]: result_of(one_class.records, codes[one["name"]], TASK).points
        for one in PERSONAS
    }
    assert results == {one["name"]: one["total"] for one in PERSONAS}


def test_feedback_pages_hold_no_key_no_script_and_no_other_host(graded):
    one_class, codes, _ = graded
    for name in ("nakal", "salah"):
        one_class.staff_gives(codes[name], TEXT, 1, comment="Bagus <b>sekali</b>")
    publish_feedback(one_class.class_folder, one_class.records, one_class.assignment)
    for name in ("nakal", "salah"):
        page = (one_class.class_folder.feedback(codes[name], TASK) / f"{TASK}.html").read_text(
            "utf-8"
        )
        assert "<script" not in page
        assert "<img" not in page
        assert "<b>sekali" not in page
        assert "mark(" not in page
        assert "HIDDEN TESTS" not in page
        assert "MARK SCHEME" not in page
        assert "Beri 1 untuk tiap hal" not in page  # the mark scheme's first sentence
        assert "350000" not in page
        assert "Rp350.000" not in page
        assert "Pindahkan Rp150.000 ke laci rumah" not in page
        assert "http://" not in page
        assert "https://" not in page
    assert "&lt;script&gt;document.title=" in (
        one_class.class_folder.feedback(codes["nakal"], TASK) / f"{TASK}.html"
    ).read_text("utf-8")


def test_what_was_graded_once_is_left_alone(graded):
    one_class, _, _ = graded
    assert grade(one_class.class_folder, one_class.assignment) == []
