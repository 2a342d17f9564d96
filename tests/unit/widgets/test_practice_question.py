"""Practice questions: variants, worked steps, misunderstandings, and the step Ingat."""

import pytest
from IPython.utils.capture import capture_output
from ipywidgets.widgets.widget import _instances
from tests.unit.umkm.kinds import CASES

from umkm import QuestionError
from umkm.exercise import rupiah, seed_of, single_choice, vary
from umkm_widgets import ReviewQuestion, practice, recall, use_answer_store, use_review_source
from umkm_widgets.practice_question import make_practice_question
from umkm_widgets.session import current_session

PROFIT = vary(
    rupiah("Jual {jual:rp}, beli {beli:rp}. Laba?"),
    {"jual": (400_000, 900_000, 10_000), "beli": (100_000, 300_000, 10_000)},
)
WHY = ["Jual: {jual:rp}", "Laba: {jual - beli:rp}"]
DRAWER = single_choice("Laci mana?", {"usaha": "Laci usaha", "rumah": "Laci rumah"})


def profit(**more):
    return practice("laba", PROFIT, "jual - beli", near={"jual": "Itu omzet."}, why=WHY, **more)


def numbers(attempt, who="srg-siti1"):
    return PROFIT.make(seed_of(who, "laba", attempt)).numbers


def say(widget, kind="change", **content):
    widget._handle_custom_msg({"type": kind, **content}, [])


def answer(widget, typed, seq, attempt=1):
    say(widget, answer={"attempt": attempt, "answer": typed}, writer="w1", seq=seq)


@pytest.fixture(autouse=True)
def alone(monkeypatch, shell):
    monkeypatch.setattr(current_session(), "practice", {})
    monkeypatch.setattr(current_session(), "review_source", None)


def test_everybody_has_numbers_of_their_own(store):
    prompts = set()
    for who in ("srg-siti1", "srg-dulah2", "srg-neneng3"):
        store.participant = who
        jual = numbers(1, who)["jual"]
        prompts.add(profit().question["prompt"])
        assert f"Jual Rp{jual // 1000}.000" in profit().question["prompt"]
    assert len(prompts) == 3


def test_an_answer_is_kept_with_its_attempt_and_found_again(store):
    widget = profit()
    answer(widget, "15rb", seq=1)
    assert store.stored == {"laba": {"attempt": 1, "answer": "15rb"}}
    assert widget.save_state == "saved"
    say(widget, "renew")
    assert widget.answer is None
    assert widget.save_state == ""  # what is kept answers the numbers of before
    assert store.stored == {"laba": {"attempt": 1, "answer": "15rb"}}
    answer(widget, "16rb", seq=2, attempt=2)
    again = profit()
    assert (again.answer, again.question["attempt"]) == ("16rb", 2)
    assert again.question["prompt"] == widget.question["prompt"]


def test_other_numbers_are_other_numbers_for_as_long_as_one_likes(store):
    widget = profit()
    seen = [widget.question["prompt"]]
    for _ in range(100):
        say(widget, "renew")
        assert widget.question["prompt"] != seen[-1]
        seen.append(widget.question["prompt"])
    assert len(set(seen)) > 80


def test_a_late_answer_to_the_last_numbers_is_not_taken_for_one_to_these(store):
    widget = profit()
    say(widget, "renew")
    answer(widget, "15rb", seq=3, attempt=1)
    assert (widget.answer, store.stored) == (None, {})


@pytest.mark.parametrize(
    "stored",
    [
        5,
        {"attempt": 0, "answer": "1rb"},
        {"attempt": "2", "answer": "1rb"},
        {"attempt": 2, "answer": 5},
    ],
)
def test_a_stored_attempt_that_is_none_counts_as_no_answer(store, stored):
    store.stored["laba"] = stored
    assert profit().answer is None


def test_feedback_knows_the_numbers_and_opens_the_reckoning(store):
    widget = profit()
    mine = numbers(1)
    answer(widget, str(mine["jual"]), seq=1)
    say(widget, "explain")
    assert widget.feedback == {}  # nothing to explain before an answer was checked
    say(widget, "check")
    assert widget.feedback["message"] == "Itu omzet."
    say(widget, "explain")
    right = mine["jual"] - mine["beli"]
    assert widget.feedback["steps"][1] == f"Laba: Rp{right // 1000}.000"
    answer(widget, str(right), seq=2)
    say(widget, "check")
    assert widget.feedback == {"verdict": "right", "message": "Benar."}


def test_misunderstandings_have_their_sentence_from_the_table_and_are_noted(
    store, tmp_path, monkeypatch
):
    (tmp_path / "lessons").mkdir()
    (tmp_path / "misunderstandings.toml").write_text('omzet-bukan-laba = "Omzet belum laba."')
    monkeypatch.chdir(tmp_path / "lessons")
    widget = practice("laba", rupiah("Laba?"), 5_000, near={9_000: "omzet-bukan-laba"})
    widget.answer = "9000"
    widget.check()
    assert widget.feedback["message"] == "Omzet belum laba."
    assert store.shown == ["omzet-bukan-laba"]
    with pytest.raises(QuestionError, match="no misunderstanding is called 'salah-nama'"):
        practice("laba", rupiah("Laba?"), 5_000, near={9_000: "salah-nama"})


def test_parts_of_an_answer_are_marked_one_by_one(store):
    for question, key in CASES:
        widget = practice("soal", question, key.right)
        assert widget.question.get("rule", "") == question.rule
        widget.check()
        assert widget.feedback["verdict"] == "empty"
        assert "parts" not in widget.feedback


def test_nothing_a_page_gets_of_a_varied_question_holds_its_key(store):
    widget = practice("laba", PROFIT, "jual - beli", near={"jual": "Itu omzet."}, why=["Rahasia"])
    synced = repr({**widget.get_state(), "_esm": "", "_css": ""})
    assert "omzet" not in synced
    assert "Rahasia" not in synced
    assert str(numbers(1)["jual"] - numbers(1)["beli"]) not in synced


def test_room_is_kept_for_the_longest_feedback():
    practice_question = make_practice_question(
        "laci", DRAWER, "rumah", near={"usaha": "x" * 90}, why="y" * 120
    )
    assert practice_question.longest == len("Benar. ") + 120


def shown(count=2):
    with capture_output() as captured:
        recall(count)
    views = [one.data["application/vnd.jupyter.widget-view+json"] for one in captured.outputs]
    return [_instances[view["model_id"]] for view in views]


def test_without_a_reader_two_exercises_of_the_notebook_come_again_with_other_numbers():
    first, _ = profit(), practice("laci", DRAWER, "rumah")
    practice("lagi", DRAWER, "rumah")
    again, laci = shown()
    assert (again.question["id"], laci.question["id"]) == ("laba", "laci")
    assert again.question["prompt"] != first.question["prompt"]
    first.answer = "1rb"
    first.check()
    assert first.feedback["verdict"] == "wrong"
    assert (again.answer, again.feedback, again.keeping) == (None, {}, False)


def test_what_the_reader_is_due_for_comes_first(store):
    noted = []
    practice_question = make_practice_question("lama", DRAWER, "rumah")
    practice_question.note_check = lambda verdict, names: noted.append((verdict, names))
    use_review_source(lambda count: [ReviewQuestion("lama", practice_question)])
    practice("laci", DRAWER, "rumah")
    old, here = shown()
    assert (old.question["id"], here.question["id"]) == ("lama", "laci")
    old.answer = "usaha"
    old.check()
    assert (noted, store.checks, store.stored) == ([("wrong", ())], [], {})
    here.answer = "rumah"
    here.check()
    assert store.checks == [("laci", "right")]
    use_answer_store(None)
