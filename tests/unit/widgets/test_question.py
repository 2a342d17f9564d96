"""The widget as Python sees it: what it believes of a browser, what it keeps, what it tells."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from umkm import QuestionError
from umkm.exercise import long_text, question_to_json, rupiah, single_choice
from umkm_widgets import assess, practice, use_answer_store

DRAWER = single_choice(
    "Laci mana?", {"usaha": "Laci usaha", "rumah": "Laci rumah", "tabungan": "Tabungan"}
)
PROFIT = rupiah("Berapa labanya?")
PLAN = long_text("Apa rencana Anda?", max_chars=50)


def say(widget, kind="change", **content):
    widget._handle_custom_msg({"type": kind, **content}, [])


def saved(widget):
    return widget.save_state, widget.saved_writer, widget.saved_seq


def test_a_question_shows_its_text_and_never_a_key(store):
    widget = practice(
        "laci",
        DRAWER,
        "rumah",
        near={"tabungan": (0, "Tabungan untuk modal.")},
        why="Aturan dua laci.",
    )
    assert widget.question == {"id": "laci", **question_to_json(DRAWER)}
    synced = repr({**widget.get_state(), "_esm": "", "_css": ""})
    assert "modal" not in synced
    assert "Aturan" not in synced


def test_an_answer_is_kept_before_it_is_called_saved(store):
    widget = assess("laci", DRAWER, points=2)
    states = []
    store.save = lambda *change: states.append((widget.save_state, *change))
    say(widget, answer="rumah", writer="w1", seq=1)
    assert states == [("", "laci", "rumah", "w1", 1)]
    assert saved(widget) == ("saved", "w1", 1)
    assert (widget.answer, widget.seq, widget.points) == ("rumah", 1, 2)


def test_a_stored_answer_is_found_again(store):
    store.stored["laba"] = "250rb"
    widget = assess("laba", PROFIT, points=3)
    assert (widget.answer, widget.save_state, widget.locked) == ("250rb", "saved", False)
    assert widget.echo == {"text": "Rp250.000", "words": "dua ratus lima puluh ribu rupiah"}
    assert store.kept == []


@pytest.mark.parametrize("stored", [5, {"a": 1}, "gudang"])
def test_a_stored_answer_that_does_not_fit_counts_as_none(store, stored):
    store.stored["laci"] = stored
    assert assess("laci", DRAWER, points=2).answer is None


def test_an_answer_that_cannot_be_kept_is_never_called_saved(store):
    widget = assess("rencana", PLAN, points=5)
    store.break_down()
    say(widget, answer="Dua kaleng", writer="w1", seq=1)
    assert (widget.save_state, widget.save_message) == (
        "failed",
        "Penyimpanan penuh. Beri tahu pengajar.",
    )
    assert widget.saved_seq == 0
    store.failure = None
    say(widget, "save_again", answer="Dua kaleng", writer="w1", seq=1)
    assert saved(widget) == ("saved", "w1", 1)
    assert store.stored == {"rencana": "Dua kaleng"}


def test_a_keeper_that_breaks_in_an_unforeseen_way_is_reported_in_plain_words(store, caplog):
    widget = assess("rencana", PLAN, points=5)
    store.failure = ZeroDivisionError("x")
    say(widget, answer="Dua kaleng", writer="w1", seq=1)
    assert widget.save_state == "failed"
    assert widget.save_message == "Jawaban belum bisa disimpan. Tunggu sebentar, lalu coba lagi."
    assert "could not store" in caplog.text


def test_an_answer_that_cannot_be_recalled_is_not_written_over(store):
    store.stored["laci"] = "rumah"
    store.break_down("Muat ulang halaman.")
    widget = assess("laci", DRAWER, points=2)
    assert (widget.locked, widget.save_state, widget.save_message) == (
        True,
        "failed",
        "Muat ulang halaman.",
    )
    store.failure = None
    say(widget, answer="usaha", writer="w1", seq=1)
    assert store.stored == {"laci": "rumah"}


def test_late_and_doubled_changes_of_a_page_are_passed_over(store):
    widget = assess("rencana", PLAN, points=5)
    say(widget, answer="Dua", writer="w1", seq=2)
    say(widget, answer="Satu", writer="w1", seq=1)
    say(widget, answer="Dua", writer="w1", seq=2)
    assert store.kept == [("Dua", "w1", 2)]
    assert widget.answer == "Dua"


def test_two_pages_of_one_trainee_do_not_confirm_each_other(store):
    widget = assess("rencana", PLAN, points=5)
    say(widget, answer="Dari HP lama", writer="w1", seq=7)
    say(widget, answer="Dari HP baru", writer="w2", seq=1)
    assert saved(widget) == ("saved", "w2", 1)
    assert store.stored == {"rencana": "Dari HP baru"}
    store.break_down()
    say(widget, answer="Lagi", writer="w1", seq=8)
    assert saved(widget) == ("failed", "w2", 1)


def test_a_page_that_missed_the_confirmation_gets_it_again(store):
    widget = assess("rencana", PLAN, points=5)
    say(widget, answer="Satu", writer="w1", seq=1)
    say(widget, answer="Dua", writer="w2", seq=1)
    say(widget, "save_again", answer="Satu", writer="w1", seq=1)
    assert saved(widget) == ("saved", "w1", 1)
    assert widget.answer == "Dua"


@pytest.mark.parametrize("told_first", [True, False])
def test_a_locked_sheet_takes_no_change(store, told_first):
    store.stored["laci"] = "rumah"
    store.locked = told_first
    widget = assess("laci", DRAWER, points=2)
    assert widget.locked is told_first
    store.locked = True
    say(widget, answer="usaha", writer="w1", seq=1)
    assert (widget.locked, widget.answer, store.kept) == (True, "rumah", [])
    assert widget.save_message == "Jawaban sudah dikirim, jadi tidak bisa diubah lagi."


def test_a_browser_sets_the_answer_and_nothing_else(store):
    widget = assess("laci", DRAWER, points=2)
    widget.set_state(
        {
            "answer": "rumah",
            "seq": 4,
            "saved_seq": 99,
            "locked": True,
            "points": 100,
            "question": {},
            "_esm": "x",
        }
    )
    assert (widget.answer, widget.saved_seq, widget.locked, widget.points) == ("rumah", 4, False, 2)
    assert widget.question["prompt"] == "Laci mana?"
    widget.set_state({"feedback": {"verdict": "right"}, "save_state": "failed", "nonsense": 1})
    assert (widget.feedback, widget.save_state) == ({}, "saved")


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (DRAWER, "gudang"),
        (DRAWER, 5),
        (DRAWER, ["rumah"]),
        (PROFIT, 15_000),
        (PROFIT, "9" * 201),
        (PLAN, "a" * 51),
    ],
)
def test_malformed_answers_are_refused_and_not_kept(store, question, answer):
    widget = assess("soal", question, points=2)
    say(widget, answer=answer, writer="w1", seq=1)
    assert (widget.answer, store.kept) == (None, [])
    assert (widget.save_state, widget.saved_seq) == ("failed", 0)


anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["rumah", "change", "check"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


messages = st.fixed_dictionaries(
    {
        "type": st.sampled_from(["change", "check", "save_again"]) | anything,
        "answer": anything,
        "writer": st.just("w1") | anything,
        "seq": st.integers(1, 9) | anything,
    }
)


@pytest.mark.slow
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    message=messages | anything, state=st.fixed_dictionaries({"answer": anything, "seq": anything})
)
def test_no_message_of_any_shape_raises_or_is_wrongly_called_saved(store, message, state):
    store.stored = {}
    widget = practice("laci", DRAWER, "rumah")
    widget._handle_custom_msg(message, [])
    widget.set_state(state)
    assert widget.answer in (None, "usaha", "rumah", "tabungan")
    assert store.stored.get("laci") == widget.answer


def test_an_answer_set_in_python_is_kept_too(store):
    widget = assess("laci", DRAWER, points=2)
    widget.answer = "rumah"
    widget.answer = "usaha"
    assert [answer for answer, _, _ in store.kept] == ["rumah", "usaha"]
    assert widget.save_state == "saved"


def test_without_a_store_nothing_is_called_saved():
    widget = assess("laci", DRAWER, points=2)
    say(widget, answer="rumah", writer="w1", seq=1)
    assert (widget.answer, widget.keeping, widget.save_state) == ("rumah", False, "")


def test_a_served_page_shows_what_is_stored_and_leaves_storing_to_its_browser(store):
    class Reader:
        participant = "srg-siti1"
        load, note_check, is_locked = store.load, store.note_check, store.is_locked

    store.stored["laci"] = "usaha"
    use_answer_store(Reader())
    widget = assess("laci", DRAWER, points=2)
    assert (widget.answer, widget.by_page, widget.save_state) == ("usaha", True, "saved")
    say(widget, answer="rumah", writer="w1", seq=1)
    assert (widget.answer, widget.saved_seq, store.stored) == ("rumah", 0, {"laci": "usaha"})
    use_answer_store(store)
    assert assess("laci", DRAWER, points=2).by_page is False


@pytest.mark.parametrize(
    ("typed", "echo"),
    [
        ("1,5 jt", {"text": "Rp1.500.000", "words": "satu juta lima ratus ribu rupiah"}),
        (
            "halo",
            {"problem": "Jumlah ini belum bisa dibaca. Tulis misalnya 15.000, 15rb, atau 1,5 jt."},
        ),
        ("-5rb", {"problem": "Jumlahnya paling sedikit Rp0."}),
        (
            "15",
            {
                "ask": "Maksud Anda Rp15 atau Rp15.000?",
                "candidates": [
                    {"text": "Rp15", "words": "lima belas rupiah"},
                    {"text": "Rp15.000", "words": "lima belas ribu rupiah"},
                ],
            },
        ),
        ("", {}),
    ],
)
def test_an_amount_is_said_back(typed, echo):
    widget = assess("laba", PROFIT, points=3)
    say(widget, answer=typed, writer="w1", seq=1)
    assert widget.echo == echo


@pytest.mark.parametrize(
    ("answer", "verdict", "message"),
    [
        ("rumah", "right", "Benar. Dapur bukan usaha."),
        ("usaha", "wrong", "Belum tepat. Coba lagi."),
        ("tabungan", "wrong", "Tabungan untuk modal."),
        (None, "empty", "Jawab dulu, lalu tekan Periksa."),
    ],
)
def test_practice_answers_at_once(store, answer, verdict, message):
    widget = practice(
        "laci",
        DRAWER,
        "rumah",
        near={"tabungan": (0, "Tabungan untuk modal.")},
        why="Dapur bukan usaha.",
    )
    say(widget, "check", answer=answer, writer="w1", seq=1)
    assert widget.feedback == {"verdict": verdict, "message": message}
    assert store.checks == [("laci", verdict)]
    say(widget, answer="usaha" if answer != "usaha" else "rumah", writer="w1", seq=2)
    assert widget.feedback == {}


def test_feedback_stands_even_when_nothing_can_be_stored(store, caplog):
    widget = practice("laba", PROFIT, 250_000, tolerance=1_000)
    store.break_down()
    say(widget, "check", answer="250rb", writer="w1", seq=1)
    assert (widget.feedback["verdict"], widget.save_state) == ("right", "failed")


def test_a_long_text_is_practised_without_a_key(store):
    widget = practice("rencana", PLAN, why="Lakukan hari ini.")
    say(widget, "check", answer="Dua kaleng", writer="w1", seq=1)
    assert widget.feedback == {
        "verdict": "manual",
        "message": "Terima kasih sudah menulis. Lakukan hari ini.",
    }
    assert store.checks == [("rencana", "manual")]


def test_assessment_gives_no_feedback(store):
    widget = assess("laci", DRAWER, points=2)
    say(widget, "check", answer="rumah", writer="w1", seq=1)
    assert (widget.practice, widget.feedback, store.checks) == (False, {}, [])
    assert store.stored == {"laci": "rumah"}


@pytest.mark.parametrize(
    "make",
    [
        lambda: practice("laci", DRAWER, "gudang"),
        lambda: practice("laci", DRAWER),
        lambda: practice("laba", PROFIT, "250rb"),
        lambda: practice("rencana", PLAN, "apa saja"),
        lambda: practice("Laci!", DRAWER, "rumah"),
        lambda: assess("x", DRAWER, points=2),
        lambda: assess(None, DRAWER, points=2),
    ],
)
def test_what_an_author_wrote_wrongly_is_told(make):
    with pytest.raises(QuestionError):
        make()
