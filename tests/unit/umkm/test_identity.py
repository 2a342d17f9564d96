import random
import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from umkm import InputError
from umkm.identity import (
    PARTICIPANT_CODE,
    check_identifier,
    check_name,
    check_pin,
    new_participant_code,
    parse_phone,
)


@pytest.mark.parametrize(
    "written",
    [
        "081234567890",
        "0812-3456-7890",
        "0812 3456 7890",
        "(0812) 3456.7890",
        "+62 812-3456-7890",
        "+62 (0)812 3456 7890",
        "6281234567890",
        "62 0812 3456 7890",
        "0062 812 3456 7890",
        "81234567890",
        "０８１２３４５６７８９０",
        "\u202a+62 812 3456 7890\u202c",
        # Copied from a chat, a web page, a word processor: notifications-utils PR 1222.
        "+62 812\u20113456\u20117890",
        "0812\u20133456\u20137890",
        "0812\u20143456\u22127890",
    ],
)
def test_a_phone_number_in_any_writing_is_the_same_number(written):
    assert parse_phone(written) == "+6281234567890"


@pytest.mark.parametrize(
    ("written", "advice"),
    [
        ("", "Isi nomor HP"),
        (None, "Isi nomor HP"),
        (81234567890, "Isi nomor HP"),
        ("0812", "Periksa lagi"),
        ("0812345678901234", "Periksa lagi"),
        ("084112345678", "Periksa lagi"),
        ("0812ABCDEFGH", "hanya berisi angka"),
        ("0812; DROP", "hanya berisi angka"),
        ("0254 200123", "telepon rumah"),
        ("+1 415 555 2671", "nomor HP Indonesia"),
    ],
)
def test_other_numbers_are_refused_with_advice(written, advice):
    with pytest.raises(InputError, match=advice) as refusal:
        parse_phone(written)
    assert refusal.value.field == "phone"


@pytest.mark.parametrize(
    ("typed", "pin"), [("739164", "739164"), (" 739164 ", "739164"), ("７３９１６４", "739164")]
)
def test_pins(typed, pin):
    assert check_pin(typed) == pin


@pytest.mark.parametrize(
    "typed",
    [
        "123456",
        "654321",
        "000000",
        "777777",
        "890123",
        "121212",
        "123123",
        "12345",
        "1234567",
        "24681a",
        "",
        None,
    ],
)
def test_pins_that_are_guessed_or_malformed_are_refused(typed):
    with pytest.raises(InputError):
        check_pin(typed)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("  Siti   Aminah ", "Siti Aminah"),
        ("Hj. Nur'aini, S.Pd.", "Hj. Nur'aini, S.Pd."),
        ("Toko 99", "Toko 99"),
        ("=Budi", "=Budi"),
        ("ꦱꦶꦠꦶ", "ꦱꦶꦠꦶ"),
        ("O", "O"),
        ("Dapur Mama 👩\u200d🍳", "Dapur Mama 👩\u200d🍳"),
        ("Warung 👩🏽\u200d🌾", "Warung 👩🏽\u200d🌾"),
        ("Sambal 🌶\ufe0f", "Sambal 🌶\ufe0f"),
        ("Teh \U0001fae8", "Teh \U0001fae8"),  # newer than the Unicode of Python 3.11
        ("Siti\u200b Aminah\ufeff", "Siti Aminah"),
        ("Si\u200dti", "Siti"),
        ("\u202eSiti\u202c", "Siti"),
        ("Siti\u3164", "Siti"),
    ],
)
def test_names(typed, name):
    assert check_name(typed) == name


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "  ",
        "\u200b\u2060",
        "\u3164",
        "👩\u200d🍳",
        "a" * 81,
        "a" * 10_000_000,
        "12345",
        "Siti\x00",
        "Si\x1bti",
        "<b>Siti</b>",
        "Siti\ud800",
        "Siti\ue000",
        None,
        5,
    ],
)
def test_names_nobody_has_are_refused(typed):
    with pytest.raises(InputError, match=r"^Nama usaha"):
        check_name(typed, "business_name", "Nama usaha")


@pytest.mark.parametrize("source", [random.Random(1), secrets, random.SystemRandom()])
def test_new_codes_are_good_identifiers(source):
    code = new_participant_code(source)
    assert check_identifier(code) == code
    assert not set(code.removeprefix("srg-")) & set("01oil")


def test_new_codes_differ():
    source = random.Random(2026)
    assert len({new_participant_code(source) for _ in range(500)}) == 500


@pytest.mark.parametrize(
    "code",
    [
        "../../etc",
        "a/b",
        "*",
        "",
        "abc",
        "a" * 33,
        "ABCD",
        "abcd\n",
        "-abcd",
        "ab cd",
        ".abc",
        None,
        1234,
    ],
)
def test_identifiers_that_could_leave_their_folder_are_refused(code):
    with pytest.raises(InputError):
        check_identifier(code)


@given(st.text() | st.from_regex(PARTICIPANT_CODE))
def test_what_passes_as_an_identifier_is_a_plain_file_name(code):
    try:
        accepted = check_identifier(code)
    except InputError:
        return
    assert accepted == code
    assert not set(code) - set("abcdefghijklmnopqrstuvwxyz0123456789-")


@given(st.text())
def test_any_text_is_a_phone_number_or_a_clear_refusal(text):
    try:
        number = parse_phone(text)
    except InputError:
        return
    assert number.startswith("+62")


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("81234567890.0", "+6281234567890"),
        ("081234567890.0", "+6281234567890"),
        ("6281234567890.0", "+6281234567890"),
        ("https://wa.me/6281234567890", "+6281234567890"),
        ("0812.3456.0000", "+6281234560000"),
        # Noughts that may be part of it, or not: nobody's number rather than somebody else's.
        ("81234567890.00", None),
        ("081234567.0000", None),
        ("6,2812E+12", None),
        ("6.2812E+12", None),
    ],
)
def test_a_number_never_becomes_another_one(written, number):
    if number is None:
        with pytest.raises(InputError):
            parse_phone(written)
    else:
        assert parse_phone(written) == number
