import json

import pytest

from umkm import QuestionError
from umkm.exercise import long_text, question_from_json, question_to_json, rupiah, single_choice

QUESTIONS = [
    single_choice("Laci mana?", {"usaha": "Laci usaha", "rumah": "Laci rumah"}),
    rupiah("Berapa labanya?", minimum=-1_000_000, maximum=5_000_000),
    long_text("Ceritakan.", max_chars=200),
]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.kind)
def test_questions_survive_json(question):
    assert question_from_json(json.loads(json.dumps(question_to_json(question)))) == question


def test_the_order_of_options_survives_sorted_keys():
    question = single_choice("Pilih", {"z": "Pertama", "a": "Kedua"})
    shape = json.loads(json.dumps(question_to_json(question), sort_keys=True))
    assert list(question_from_json(shape).options) == ["z", "a"]


def test_options_cannot_be_changed_from_outside():
    options = {"ya": "Ya", "tidak": "Tidak"}
    question = single_choice("Pilih", options)
    options["mungkin"] = "Mungkin"
    assert list(question.options) == ["ya", "tidak"]


@pytest.mark.parametrize(
    "make",
    [
        lambda: single_choice("", {"a": "A", "b": "B"}),
        lambda: single_choice("Pilih", {"a": "A"}),
        lambda: single_choice("Pilih", {str(n): f"Pilihan {n}" for n in range(11)}),
        lambda: single_choice("Pilih", {"A B": "A", "b": "B"}),
        lambda: single_choice("Pilih", {"a": "Sama", "b": " sama "}),
        lambda: single_choice("Pilih", {"a": "", "b": "B"}),
        lambda: single_choice("Pilih", ["a", "b"]),
        lambda: rupiah("  "),
        lambda: rupiah("Berapa?", minimum=5, maximum=5),
        lambda: rupiah("Berapa?", minimum=0.5),
        lambda: rupiah("Berapa?", maximum=True),
        lambda: long_text("Tulis", max_chars=0),
        lambda: long_text("Tulis", max_chars=10**6),
        lambda: long_text(None),
    ],
)
def test_nonsense_is_refused(make):
    with pytest.raises(QuestionError):
        make()


@pytest.mark.parametrize(
    "shape",
    [
        None,
        [],
        "rupiah",
        {},
        {"kind": "essay", "prompt": "?"},
        {"kind": "rupiah"},
        {"kind": "rupiah", "prompt": "?", "right": 5},
        {"kind": "rupiah", "prompt": "?", "minimum": "0"},
        {"kind": "single_choice", "prompt": "?", "options": {"a": "A", "b": "B"}},
        {"kind": "single_choice", "prompt": "?", "options": [{"id": "a", "text": "A"}, "b"]},
        {"kind": "single_choice", "prompt": "?", "options": [{"id": "a", "text": "A"}] * 2},
        {"kind": "single_choice", "prompt": "?", "options": [{"id": [], "text": "A"}] * 2},
    ],
)
def test_json_that_is_no_question_is_refused(shape):
    with pytest.raises(QuestionError):
        question_from_json(shape)
