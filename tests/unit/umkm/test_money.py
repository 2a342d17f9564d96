"""Rupiah as people type it. Every expected amount was worked out by hand, none by the parser."""

import string

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from umkm.money import (
    LARGEST,
    Ambiguous,
    Amount,
    NotAnAmount,
    format_rupiah,
    parse_rupiah,
    rupiah_in_words,
)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("15rb", 15_000),
        ("15 ribu", 15_000),
        ("15k", 15_000),
        ("15RB", 15_000),
        ("2,5rb", 2_500),
        ("1500rb", 1_500_000),
        ("1,5 jt", 1_500_000),
        ("1.5jt", 1_500_000),
        ("0,5 juta", 500_000),
        ("0.500 jt", 500_000),
        ("1,25 juta", 1_250_000),
        ("1500 jt", 1_500_000_000),
        ("2 miliar", 2_000_000_000),
        ("3 ratus ribu", 300_000),
        ("1 juta 250 ribu", 1_250_000),
        ("1jt250rb", 1_250_000),
        ("1 jt 250.000", 1_250_000),
        ("15rb 500", 15_500),
        ("15rb5ratus", 15_500),
    ],
)
def test_units_people_say(typed, value):
    assert parse_rupiah(typed) == Amount(value)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1500000", 1_500_000),
        ("1.250.000", 1_250_000),
        ("Rp 1.250.000", 1_250_000),
        ("Rp1.250.000", 1_250_000),
        ("Rp. 25.000,-", 25_000),
        ("rp25.000.-", 25_000),
        ("Rp 15.000,00", 15_000),
        ("IDR 15.000", 15_000),
        ("15.000 rupiah", 15_000),
        ("15.000.", 15_000),
        ("1.500", 1_500),
        ("1 500 000", 1_500_000),
        ("1'500'000", 1_500_000),
        ("1,500,000", 1_500_000),
        ("1,500,000.00", 1_500_000),
        ("1.500,75rb", 1_500_750),
        ("500 perak", 500),
        ("Rp500", 500),
        ("15 rupiah", 15),
        ("0", 0),
        ("-5.000", -5_000),
        ("-Rp5.000", -5_000),
        ("Rp -5.000", -5_000),
        ("−5.000", -5_000),
        ("1000000000000000", LARGEST),
    ],
)
def test_written_amounts(typed, value):
    assert parse_rupiah(typed) == Amount(value)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("１５ｒｂ", 15_000),
        ("１５．０００", 15_000),
        ("١٥rb", 15_000),
        ("15\u00a0000", 15_000),
        ("\u200e15.000\u200f", 15_000),
        ("  15rb  ", 15_000),
    ],
)
def test_digits_of_any_width_and_pasted_marks(typed, value):
    assert parse_rupiah(typed) == Amount(value)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("lima belas ribu", 15_000),
        ("sejuta", 1_000_000),
        ("seratus lima puluh ribu rupiah", 150_000),
        ("setengah juta", 500_000),
        ("satu setengah juta", 1_500_000),
        ("dua juta seribu", 2_001_000),
    ],
)
def test_amounts_in_words(typed, value):
    assert parse_rupiah(typed) == Amount(value)


@pytest.mark.parametrize(
    ("typed", "candidates"),
    [
        ("15", (15, 15_000)),
        ("150", (150, 150_000)),
        ("Rp 15", (15, 15_000)),
        ("-15", (-15_000, -15)),
        ("1,5", (1_500, 1_500_000)),
        ("12,50", (12_500, 12_500_000)),
        ("1.500 jt", (1_500_000, 1_500_000_000)),
        ("1.500 rb", (1_500, 1_500_000)),
        ("15000 rb", (15_000, 15_000_000)),
        ("1500.000", (1_500, 1_500_000)),
        ("1 jt 500", (1_000_500, 1_500_000)),
        ("2 m", (2_000_000, 2_000_000_000)),
    ],
)
def test_what_could_mean_two_things_is_asked_back(typed, candidates):
    assert parse_rupiah(typed) == Ambiguous(candidates)


def test_the_question_back_names_every_candidate():
    assert Ambiguous((15, 15_000)).message == "Maksud Anda Rp15 atau Rp15.000?"
    assert Ambiguous((1, 2, 3)).message == "Maksud Anda Rp1, Rp2 atau Rp3?"


@pytest.mark.parametrize(
    ("typed", "advice"),
    [
        ("", "Tulis jumlah uangnya"),
        (" \n ", "Tulis jumlah uangnya"),
        ("10-15rb", "Tulis satu jumlah saja"),
        ("10rb sampai 15rb", "Tulis satu jumlah saja"),
        ("25.000,50", "tanpa sen"),
        ("1,2345678 jt", "tanpa sen"),
        ("1000000000000001", "terlalu besar"),
        ("9" * 99, "terlalu besar"),
    ],
)
def test_refusals_say_what_to_do(typed, advice):
    refusal = parse_rupiah(typed)
    assert isinstance(refusal, NotAnAmount)
    assert advice in refusal.message


@pytest.mark.parametrize(
    "typed",
    [
        "Rp", "ribu", "abc", "10**15", "1e5", "15²", "½ jt", "0x10", "NaN", "08123456789", "015",
        "1.50.000", "15.0000", "12345.678", "1,5,0", "15 00", "15rb/bulan", "15rb rb", "15rb 20rb",
        "5 ribu 2 juta", "rp rp 5", "dua tiga ribu", "ribu lima", "'; DROP TABLE", "9" * 5_000,
        None, 15_000, 1.5, True, [], {},
    ],
)  # fmt: skip
def test_anything_else_is_no_amount(typed):
    assert isinstance(parse_rupiah(typed), NotAnAmount)


@given(st.integers(-LARGEST, LARGEST))
@example(15)
@example(-15)
@example(0)
def test_what_we_print_reads_back_as_the_same_amount(value):
    assert parse_rupiah(format_rupiah(value)) == Amount(value)


@given(st.integers(1, 999_999_999_999))
def test_what_we_say_reads_back_as_the_same_amount(value):
    assert parse_rupiah(rupiah_in_words(value)) == Amount(value)


@given(st.text() | st.text(string.digits + "., -'rpbtjk"))
def test_any_text_is_read_without_raising(typed):
    meaning = parse_rupiah(typed)
    if isinstance(meaning, Ambiguous):
        assert len(meaning.candidates) >= 2
        assert list(meaning.candidates) == sorted(set(meaning.candidates))
        assert all(
            parse_rupiah(format_rupiah(value)) == Amount(value) for value in meaning.candidates
        )
    elif isinstance(meaning, NotAnAmount):
        assert meaning.message


@given(
    st.lists(
        st.sampled_from(
            [
                "nol",
                "satu",
                "dua",
                "sebelas",
                "belas",
                "puluh",
                "ratus",
                "ribu",
                "triliun",
                "setengah",
            ]
        )
    )
)
def test_any_heap_of_number_words_is_read_without_raising(words):
    assert isinstance(parse_rupiah(" ".join(words)), Amount | NotAnAmount)


@pytest.mark.parametrize(
    ("value", "printed", "said"),
    [
        (0, "Rp0", "nol rupiah"),
        (1_000, "Rp1.000", "seribu rupiah"),
        (21_000, "Rp21.000", "dua puluh satu ribu rupiah"),
        (1_001_000, "Rp1.001.000", "satu juta seribu rupiah"),
        (1_250_000, "Rp1.250.000", "satu juta dua ratus lima puluh ribu rupiah"),
        (-15_000, "-Rp15.000", "minus lima belas ribu rupiah"),
    ],
)
def test_amounts_as_printed_and_said(value, printed, said):
    assert format_rupiah(value) == printed
    assert rupiah_in_words(value) == said
