"""Each kind of question: points worked out by hand, then any JSON at all."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.umkm.kinds import (
    BINS,
    CASES,
    CASH_BOOK,
    EVERY_KIND,
    LONG,
    MATCH,
    NUMBER,
    ORDER,
    PHOTO,
    SEVERAL,
    SHORT,
    SPOT,
    SPOT_TWO,
    STATEMENT,
)

from umkm.exercise import (
    Answered,
    Empty,
    Key,
    Refused,
    clean_answer,
    is_well_formed,
    mark,
    number,
    photo_names,
    question_from_json,
    question_to_json,
    read,
    readable,
    table_entry,
)
from umkm.exercise.questions import KINDS

KEYS = {id(question): key for question, key in CASES}


def marked(question, answer, points=4):
    return mark(question, KEYS[id(question)], answer, points)


def earned(question, answer, points=4):
    return marked(question, answer, points).points


def row(direction="", amount="", words=""):
    return {"untuk": words, "arah": direction, "jumlah": amount}


def test_every_kind_has_a_case():
    assert {question.kind for question in EVERY_KIND} == set(KINDS)


@pytest.mark.parametrize("question", EVERY_KIND, ids=lambda question: question.kind)
def test_a_question_survives_json(question):
    assert question_from_json(question_to_json(question)) == question


@pytest.mark.parametrize(
    ("answer", "points"),
    [
        (["plastik", "sewa"], 4),
        (["sewa", "plastik"], 4),
        (["plastik"], 2),  # 1 of 2
        (["plastik", "sewa", "arisan"], 2),  # 2 right - 1 wrong = 1 of 2
        (["plastik", "arisan"], 0),  # 1 - 1
        (["arisan", "spp"], 0),  # never below 0
        (["plastik", "sewa", "arisan", "spp"], 0),  # ticking everything earns nothing
    ],
)
def test_several_choices(answer, points):
    assert earned(SEVERAL, answer) == points


def test_a_wrong_tick_names_its_misunderstanding():
    outcome = marked(SEVERAL, ["plastik", "sewa", "arisan"])
    assert outcome.misunderstandings == ("prive-bukan-biaya",)
    assert outcome.message == "Uang untuk rumah bukan biaya usaha."
    assert marked(SEVERAL, ["plastik"]).message == "Belum tepat. Sudah benar: 1 dari 2."
    assert outcome.parts == {"plastik": True, "sewa": True, "arisan": False, "spp": True}


@pytest.mark.parametrize(
    ("answer", "verdict", "points"),
    [
        ("25%", "right", 4),
        ("25 persen", "right", 4),
        ("dua puluh lima", "right", 4),
        ("25,1", "right", 4),  # the tolerance is 0.1
        ("25.0", "right", 4),
        ("25,11", "wrong", 0),
        ("33,3 %", "partly", 1),
        ("101", "refused", 0),
        ("-1", "refused", 0),
        ("seperempat", "refused", 0),
        ("25-30", "refused", 0),
        (" ", "empty", 0),
    ],
)
def test_numbers(answer, verdict, points):
    outcome = marked(NUMBER, answer)
    assert (outcome.verdict, outcome.points) == (verdict, points)


def test_a_number_that_could_be_two_is_asked_back():
    portions = number("Berapa?", "kg", decimals=True)
    assert read(portions, "1,500") == Refused("Maksud Anda 1,5 atau 1.500?")
    assert read(portions, "1.500 kg") == Answered(Fraction(1500), "1.500 kg")
    assert read(number("Berapa?", "porsi"), "1,5") == Refused("Tulis angka bulat, tanpa koma.")


@pytest.mark.parametrize(
    ("answer", "points"),
    [
        ("prive", 4),
        ("PRIVÉ", 4),
        (" prive. ", 4),
        ("Pengambilan-Pribadi", 4),
        ("Ｐｒｉｖｅ", 4),  # full-width letters of some keyboards
        ("gaji", 0.5),
        ("GAJI!", 0.5),
        ("laba", 0),
    ],
)
def test_short_texts(answer, points):
    assert earned(SHORT, answer) == points


def test_a_short_text_of_nothing_but_marks_is_refused():
    assert isinstance(read(SHORT, "?!"), Refused)


@pytest.mark.parametrize(
    ("answer", "points"),
    [
        ({"beras": "stok", "bon": "piutang", "dapur": "prive"}, 4),
        ({"beras": "stok", "bon": "piutang"}, 2.67),  # 2 of 3
        ({"beras": "stok", "bon": "stok", "dapur": "stok"}, 1.33),
        ({"beras": "prive"}, 0),
    ],
)
def test_match_pairs(answer, points):
    assert earned(MATCH, answer) == points


def test_a_wrong_pair_names_its_misunderstanding():
    outcome = marked(MATCH, {"beras": "stok", "dapur": "stok"})
    assert outcome.misunderstandings == ("prive-bukan-biaya",)
    assert outcome.parts == {"beras": True, "bon": False, "dapur": False}


@pytest.mark.parametrize(
    ("answer", "points"),
    [
        (["hitung", "tulis", "cocok", "kunci"], 3),
        (["tulis", "cocok", "kunci", "hitung"], 2),  # one moved: 3 stay, (3-1)/(4-1)
        (["tulis", "hitung", "kunci", "cocok"], 1),  # two swapped pairs: 2 stay
        (["kunci", "cocok", "tulis", "hitung"], 0),  # all the way round: 1 stays
    ],
)
def test_put_in_order(answer, points):
    assert earned(ORDER, answer, points=3) == points


def test_a_pair_in_the_wrong_order_is_named():
    outcome = marked(ORDER, ["cocok", "hitung", "tulis", "kunci"])
    assert outcome.message == "Hitung dulu. Sudah benar: 3 dari 4."
    assert [item for item, stays in outcome.parts.items() if not stays] == ["cocok"]


@pytest.mark.parametrize(
    ("answer", "points"),
    [
        ({"plastik": "usaha", "listrik": "rumah", "beras": "usaha", "spp": "rumah"}, 4),
        ({"plastik": "usaha", "listrik": "rumah", "beras": "usaha", "spp": "usaha"}, 3),
        ({"spp": "usaha"}, 0),
    ],
)
def test_sort_into_bins(answer, points):
    assert earned(BINS, answer) == points


@pytest.mark.parametrize(
    ("rows", "points"),
    [
        ([row("masuk", "500rb", "Jualan"), row("keluar", "75.000", "Plastik")], 4),
        ([row("keluar", "75.000"), row(), row("masuk", "500rb")], 4),  # any order, blanks left out
        ([row("masuk", "500rb")], 2),
        ([row("masuk", "500rb"), row("masuk", "75rb")], 3),  # one cell of four wrong
        # Two whole rows, less one row too many: 1 of 2.
        ([row("masuk", "500rb"), row("keluar", "75rb"), row("keluar", "10rb")], 2),
        ([row("keluar", "50rb")], 1),  # its direction fits the second row: a half of a row
    ],
)
def test_table_entry(rows, points):
    assert earned(CASH_BOOK, rows) == points


def test_a_table_pairs_rows_so_that_most_fits():
    # Pairing from the top would give row 1 to the first expected row and leave row 2 with nothing.
    question = table_entry("?", {"a": ("A", "rupiah"), "b": ("B", "rupiah")})
    key = Key([{"a": 1_000, "b": 2_000}, {"a": 1_000, "b": 3_000}])
    rows = [{"a": "1.000", "b": "3.000"}, {"a": "1.000", "b": "2.000"}]
    assert mark(question, key, rows, 2).points == 2


@pytest.mark.parametrize(
    ("question", "answer", "points", "told"),
    [
        # One amount of two rows is unclear: half of its row is lost, the other row is whole.
        (CASH_BOOK, [row("masuk", "500rb"), row("keluar", "15")], 3, "Baris 2, Jumlah: Maksud"),
        (STATEMENT, {"laba-kotor": "300rb", "laba": "banyak"}, 2, "Laba bersih: Jumlah ini"),
    ],
)
def test_an_unclear_cell_costs_its_own_points_only(question, answer, points, told):
    assert isinstance(read(question, answer), Refused)
    outcome = marked(question, answer)
    assert (outcome.verdict, outcome.points) == ("partly", points)
    assert outcome.message.startswith(told)


def test_a_cell_that_cannot_be_read_is_told_with_its_row():
    assert read(CASH_BOOK, [row("masuk", "500rb"), row("keluar", "15")]) == Refused(
        "Baris 2, Jumlah: Maksud Anda Rp15 atau Rp15.000?"
    )


@pytest.mark.parametrize(
    ("answer", "points"),
    [
        ({"laba-kotor": "300rb", "laba": "200rb"}, 4),
        # 250.000 is wrong, but 250.000 - 100.000 = 150.000 follows from it.
        ({"laba-kotor": "250rb", "laba": "150rb"}, 2),
        ({"laba-kotor": "250rb", "laba": "200rb"}, 2),  # the true result is right too
        ({"laba-kotor": "250rb", "laba": "250rb"}, 0),
        ({"laba": "200rb"}, 2),
        ({"laba-kotor": "900rb"}, 0),
    ],
)
def test_fill_statement_does_not_punish_a_mistake_twice(answer, points):
    assert earned(STATEMENT, answer) == points


def test_a_line_of_a_statement_names_its_misunderstanding():
    outcome = marked(STATEMENT, {"laba-kotor": "900rb", "laba": "800rb"})
    assert outcome.misunderstandings == ("omzet-bukan-laba",)
    assert outcome.parts == {"laba-kotor": False, "laba": True}


@pytest.mark.parametrize(
    ("question", "answer", "points"),
    [
        (SPOT, ["total"], 4),
        (SPOT, ["gula"], 0),
        (SPOT_TWO, ["nama", "jumlah"], 4),
        (SPOT_TWO, ["nama"], 2),
        (SPOT_TWO, ["nama", "jam"], 0),  # 1 right - 1 wrong
    ],
)
def test_spot_it(question, answer, points):
    assert earned(question, answer) == points


def test_no_more_taps_than_allowed():
    assert not is_well_formed(SPOT, ["total", "gula"])
    assert isinstance(read(SPOT, ["total", "gula"]), Refused)


def test_a_long_text_with_a_rubric_waits_for_people():
    assert mark(LONG, None, "Dua kaleng.", 3).verdict == "manual"


ONE, TWO = "ab" * 32, "0" * 64


@pytest.mark.parametrize("answer", [[ONE], [ONE, TWO]])
def test_photos_are_named_and_wait_for_people(answer):
    assert is_well_formed(PHOTO, answer)
    assert mark(PHOTO, None, answer, 3).verdict == "manual"
    assert readable(PHOTO, answer) == f"{len(answer)} foto"
    assert photo_names(answer) == tuple(answer)


@pytest.mark.parametrize(
    "answer",
    [
        ONE, [ONE, ONE], [ONE, TWO, "1" * 64], [ONE.upper()], [ONE + "\n"], ["../" + ONE[3:]], [5], {"foto": ONE},
        ["data:image/svg+xml,<svg/>"], [[ONE]],
    ],
)  # fmt: skip
def test_nothing_else_passes_for_photos(answer):
    assert not is_well_formed(PHOTO, answer)
    assert mark(PHOTO, None, answer, 3).verdict == "refused"


def test_no_photo_is_no_answer():
    for answer in (None, []):
        assert is_well_formed(PHOTO, answer)
        assert mark(PHOTO, None, answer, 3).verdict == "empty"


@pytest.mark.parametrize(
    ("question", "answer", "shown"),
    [
        (SEVERAL, ["sewa", "plastik"], "Kantong plastik; Sewa kios"),
        (MATCH, {"bon": "piutang"}, "Bu Ani bon sabun → Piutang"),
        (ORDER, ["tulis", "hitung", "cocok", "kunci"], "1. Tulis\n2. Hitung uang\n3. Cocokkan\n4. Kunci laci"),
        (CASH_BOOK, [row("masuk", "500rb", "Jualan")], "1. Jualan | Masuk | Rp500.000"),
        (CASH_BOOK, [row("masuk", "15", "Jualan")], "1. Jualan | masuk | 15"),
        (STATEMENT, {"laba": "200rb"}, "Laba bersih: Rp200.000"),
        (STATEMENT, {"laba": "15"}, "Laba bersih: 15"),
        (SPOT, ["total"], "Total 35.000"),
        (NUMBER, "12,5 persen", "12,5%"),
        (MATCH, {}, "Belum dijawab"),
        (CASH_BOOK, [row()], "Belum dijawab"),
        (STATEMENT, {"laba": "  "}, "Belum dijawab"),
        (BINS, ["spp"], "(jawaban tidak terbaca)"),
    ],
)  # fmt: skip
def test_answers_for_people(question, answer, shown):
    assert readable(question, answer) == shown


NEARLY = st.sampled_from(
    ["plastik", "sewa", "usaha", "rumah", "laba", "jumlah", "arah", "masuk", "500rb", "15", "", "x" * 300, "\ud800"]
)  # fmt: skip
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | NEARLY,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NEARLY | st.text(), inner, max_size=4),
    max_leaves=10,
)  # fmt: skip


@pytest.mark.slow
@given(
    case=st.sampled_from([*CASES, (LONG, None), (PHOTO, None)]),
    answer=ANYTHING,
    points=st.sampled_from([1, 2.5]),
)
def test_any_json_gets_a_mark(case, answer, points):
    question, key = case
    key = key if key is None or points >= 1 else Key(key.right)
    outcome = mark(question, key, answer, points)
    assert 0 <= outcome.points <= outcome.of == points
    assert outcome.message
    assert (outcome.verdict == "right") == (
        outcome.points == points and outcome.message.endswith("Benar.")
    )
    assert isinstance(read(question, answer), Answered | Empty | Refused)
    readable(question, answer).encode("utf-8")


@given(case=st.sampled_from([*CASES, (LONG, None), (PHOTO, None)]), answer=ANYTHING)
def test_what_may_be_kept_stays_so_once_cleaned_and_is_understood(case, answer):
    question, _ = case
    clean = clean_answer(answer)
    if is_well_formed(question, answer):
        assert is_well_formed(question, clean)
        assert read(question, clean) == read(question, answer)
    elif isinstance(read(question, answer), Answered):
        # Only a text may be too long to keep and yet mean something: it is mostly blanks.
        assert isinstance(answer, str)
