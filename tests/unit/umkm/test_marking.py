"""Answers and marks: hand-worked cases, then any JSON at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from umkm import QuestionError
from umkm.exercise import (
    Answered,
    Empty,
    Key,
    Mark,
    Refused,
    check_key,
    long_text,
    mark,
    read,
    readable,
    rupiah,
    single_choice,
)

DRAWER = single_choice(
    "Laci mana?", {"usaha": "Laci usaha", "rumah": "Laci rumah", "tabungan": "Tabungan"}
)
PROFIT = rupiah("Berapa labanya?", maximum=10_000_000)
PLAN = long_text("Apa rencana Anda?", max_chars=50)

DRAWER_KEY = Key("rumah", {"tabungan": (1, "Tabungan untuk modal, bukan untuk dapur.")})
# Sold for 400,000 what cost 150,000: a profit of 250,000; 400,000 is the turnover.
PROFIT_KEY = Key(250_000, {400_000: (0, "Itu omzet, belum laba.")}, tolerance=500)


@pytest.mark.parametrize(
    ("question", "key", "answer", "expected"),
    [
        (DRAWER, DRAWER_KEY, "rumah", Mark("right", 2, 2, "Benar.")),
        (DRAWER, DRAWER_KEY, "usaha", Mark("wrong", 0, 2, "Belum tepat.")),
        (
            DRAWER,
            DRAWER_KEY,
            "tabungan",
            Mark("partly", 1, 2, "Tabungan untuk modal, bukan untuk dapur."),
        ),
        (DRAWER, DRAWER_KEY, None, Mark("empty", 0, 2, "Belum dijawab.")),
        (
            DRAWER,
            DRAWER_KEY,
            "gudang",
            Mark("refused", 0, 2, "Pilihan ini tidak ada. Silakan pilih lagi."),
        ),
        (PROFIT, PROFIT_KEY, "250rb", Mark("right", 2, 2, "Benar.")),
        (PROFIT, PROFIT_KEY, "Rp 250.500", Mark("right", 2, 2, "Benar.")),
        (PROFIT, PROFIT_KEY, "250.501", Mark("wrong", 0, 2, "Belum tepat.")),
        (PROFIT, PROFIT_KEY, "0,4 jt", Mark("wrong", 0, 2, "Itu omzet, belum laba.")),
        (PROFIT, PROFIT_KEY, "  ", Mark("empty", 0, 2, "Belum dijawab.")),
        (PROFIT, PROFIT_KEY, "250", Mark("refused", 0, 2, "Maksud Anda Rp250 atau Rp250.000?")),
        (PROFIT, PROFIT_KEY, "-5rb", Mark("refused", 0, 2, "Jumlahnya paling sedikit Rp0.")),
        (
            PROFIT,
            PROFIT_KEY,
            "11 jt",
            Mark("refused", 0, 2, "Jumlahnya paling banyak Rp10.000.000."),
        ),
        (PROFIT, None, "250rb", Mark("manual", 0, 2, "Menunggu dinilai pengajar.")),
        (PLAN, None, "Dua kaleng.", Mark("manual", 0, 2, "Menunggu dinilai pengajar.")),
        (PLAN, None, "\n", Mark("empty", 0, 2, "Belum dijawab.")),
    ],
)
def test_marks(question, key, answer, expected):
    assert mark(question, key, answer, 2) == expected


@pytest.mark.parametrize("question", [DRAWER, PROFIT, PLAN], ids=lambda question: question.kind)
@pytest.mark.parametrize("answer", [0, 1, True, 2.5, [], ["rumah"], {}, {"answer": "rumah"}])
def test_answers_of_a_wrong_type_are_refused(question, answer):
    assert isinstance(read(question, answer), Refused)
    assert readable(question, answer) == "(jawaban tidak terbaca)"


def test_a_long_text_keeps_its_lines_and_loses_what_no_database_takes():
    assert read(PLAN, "Satu\r\nDua\x00\ud83d ") == Answered(
        "Satu\nDua\N{REPLACEMENT CHARACTER}", "Satu\nDua\ufffd"
    )


def test_too_long_a_text_is_refused_and_shown_cut():
    assert isinstance(read(PLAN, "a" * 51), Refused)
    assert readable(PLAN, "a" * 10**6) == "a" * 50 + " … (dipotong)"


@pytest.mark.parametrize(
    ("question", "answer", "shown"),
    [
        (DRAWER, "rumah", "Laci rumah"),
        (DRAWER, None, "Belum dijawab"),
        (DRAWER, "<script>", "<script>"),
        (PROFIT, "1,5 jt", "Rp1.500.000"),
        (PROFIT, "15", "15"),
        (PLAN, "Dua kaleng", "Dua kaleng"),
    ],
)
def test_answers_for_people(question, answer, shown):
    assert readable(question, answer) == shown


anything = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["rumah", "15rb", "\ud800"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)


@pytest.mark.slow
@given(
    case=st.sampled_from(
        [(DRAWER, DRAWER_KEY), (PROFIT, PROFIT_KEY), (PLAN, None), (PLAN, Key("x")), (DRAWER, None)]
    ),
    answer=anything,
    points=st.sampled_from([1, 2, 2.5]),
)
def test_any_json_gets_a_mark(case, answer, points):
    question, key = case
    outcome = mark(question, key, answer, points)
    assert 0 <= outcome.points <= outcome.of == points
    assert outcome.message
    assert (outcome.points == points) == (outcome.verdict == "right") or outcome.verdict == "partly"
    assert isinstance(read(question, answer), Answered | Empty | Refused)
    readable(question, answer).encode("utf-8")


@pytest.mark.parametrize(
    ("question", "key", "points"),
    [
        (DRAWER, Key("gudang"), 2),
        (DRAWER, Key(5), 2),
        (DRAWER, Key(["rumah"]), 2),
        (DRAWER, Key("rumah", {"gudang": (0, "Tidak ada.")}), 2),
        (DRAWER, Key("rumah", {"rumah": (1, "Sama.")}), 2),
        (DRAWER, Key("rumah", {"usaha": (3, "Terlalu banyak.")}), 2),
        (DRAWER, Key("rumah", {"usaha": (-1, "Kurang.")}), 2),
        (DRAWER, Key("rumah", {"usaha": (float("nan"), "Aneh.")}), 2),
        (DRAWER, Key("rumah", {"usaha": (1, " ")}), 2),
        (DRAWER, Key("rumah", {"usaha": 1}), 2),
        (DRAWER, Key("rumah", {"usaha": " "}), 2),
        (DRAWER, Key("rumah", {"usaha": "omzet-bukan-laba"}), 2),
        (DRAWER, Key("rumah", tolerance=5), 2),
        (DRAWER, Key("rumah"), 0),
        (DRAWER, Key("rumah"), True),
        (PROFIT, Key("250rb"), 2),
        (PROFIT, Key(right=True), 2),
        (PROFIT, Key(250.5), 2),
        (PROFIT, Key(20_000_000), 2),
        (PROFIT, Key(250_000, tolerance=-1), 2),
        (PROFIT, Key(250_000, {250_400: (1, "Hampir.")}, tolerance=500), 2),
        (PLAN, Key("Dua kaleng"), 2),
    ],
)
def test_keys_that_do_not_fit_are_refused(question, key, points):
    with pytest.raises(QuestionError):
        check_key(question, key, points)


@pytest.mark.parametrize(("question", "key"), [(DRAWER, DRAWER_KEY), (PROFIT, PROFIT_KEY)])
def test_good_keys_are_accepted(question, key):
    check_key(question, key, 2)
