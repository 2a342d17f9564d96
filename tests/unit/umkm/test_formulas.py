from contextlib import suppress
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from umkm import QuestionError
from umkm.exercise import Misunderstandings
from umkm.exercise.formulas import evaluate, fill, holds
from umkm.quantities import NotANumber, Quantity, UnclearNumber, parse_number

SHOP = {"omzet": 900, "bahan": 600, "porsi": 20, "nama": "Bu Siti"}


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("omzet - bahan", 300),
        ("(omzet - bahan) / porsi", 15),
        ("-omzet + 2 * bahan", 300),
        ("omzet * 0.5 / 100", Fraction(9, 2)),
        ("bulat(omzet / 7, 10)", 130),  # 128.57…
        ("bulat(25, 10)", 30),  # half goes up
        (" 5 ", 5),
    ],
)
def test_formulas(formula, value):
    assert evaluate(formula, SHOP) == value


@pytest.mark.parametrize(
    "formula",
    [
        "", "1e999", "omzet -", "laba", "nama", "omzet ** 2", "omzet // 7", "9 ** 9 ** 9", "1 / 0", "True", "'a'",
        "open('x')", "omzet.real", "[1][0]", "(lambda: 1)()", "bulat(1)", "bulat(1, 0)", "1 if omzet else 2",
        "(" * 200 + "1" + ")" * 200, "1 + " * 200 + "1", "omzet < 5",
    ],
)  # fmt: skip
def test_what_is_no_formula_is_refused(formula):
    with pytest.raises(QuestionError):
        evaluate(formula, SHOP)


@given(st.text(max_size=40))
def test_any_text_is_a_number_or_a_question_error(text):
    with suppress(QuestionError):
        assert isinstance(evaluate(text, SHOP), Fraction)


@pytest.mark.parametrize(
    ("condition", "true"),
    [
        ("", True),
        ("omzet > bahan", True),
        ("omzet > bahan and porsi >= 21", False),
        ("0 < porsi <= 20", True),
        ("omzet - bahan != 300", False),
    ],
)
def test_conditions(condition, true):
    assert holds(condition, SHOP) is true


@pytest.mark.parametrize(
    "condition", ["omzet", "omzet > bahan or porsi", "porsi in [1]", "not porsi"]
)
def test_what_is_no_condition_is_refused(condition):
    with pytest.raises(QuestionError):
        holds(condition, SHOP)


def test_places_in_a_text():
    assert fill("{nama}: {omzet:rp} untuk {porsi} porsi, {bahan / 8} tiap satu", SHOP) == (
        "Bu Siti: Rp900 untuk 20 porsi, 75 tiap satu"
    )
    assert fill("{bahan / 16}", SHOP) == "37,5"


@pytest.mark.parametrize("text", ["{laba}", "{omzet:usd}", "{omzet / 7:rp}", "{}"])
def test_places_nothing_fills_are_refused(text):
    with pytest.raises(QuestionError):
        fill(text, SHOP)


@pytest.mark.parametrize(
    ("typed", "unit", "found"),
    [
        ("12,5 %", "%", Quantity(Fraction(25, 2))),
        ("12.5", "%", Quantity(Fraction(25, 2))),
        ("１２ porsi", "porsi", Quantity(Fraction(12))),
        ("1.500", "porsi", Quantity(Fraction(1500))),
        ("-3", "", Quantity(Fraction(-3))),
        ("dua belas", "bulan", Quantity(Fraction(12))),
        ("0,125", "", Quantity(Fraction(1, 8))),
        ("1,500", "", UnclearNumber((Fraction(3, 2), Fraction(1500)))),
    ],
)
def test_numbers_as_people_type_them(typed, unit, found):
    assert parse_number(typed, unit) == found


@pytest.mark.parametrize(
    "typed", ["", "dua puluhan", "12 13", "1/2", "½", "12 kg", "0815", "9" * 101, None]
)
def test_what_is_no_number_is_told(typed):
    assert isinstance(parse_number(typed, "porsi"), NotANumber)


@given(st.text(max_size=30))
def test_any_text_is_read_as_a_number_or_not(text):
    assert isinstance(parse_number(text, "%"), Quantity | UnclearNumber | NotANumber)


@pytest.mark.parametrize(
    "table",
    [{"omzet": "Satu."}, {"Omzet-Laba": "Besar."}, {"a-b": " "}, {"a-b": "x" * 201}, {5: "Angka."}],
)
def test_a_table_of_misunderstandings_has_names_and_sentences(table):
    with pytest.raises(QuestionError):
        Misunderstandings(table)
