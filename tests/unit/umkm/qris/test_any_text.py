"""No text whatever raises, and no single changed character passes unnoticed.

The full run of the fault campaign: UMKM_QRIS_STRINGS=100000 pytest tests/unit/umkm/qris/test_any_text.py
"""

import os
import random
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.umkm.qris.payloads import PRACTICE, PUBLISHED

from umkm.qris import Strictness, explain, parse, read_merchant, summarize, validate

pytestmark = pytest.mark.slow

STRINGS = int(os.environ.get("UMKM_QRIS_STRINGS", "20000"))
SAMPLES = [*PUBLISHED.values(), *PRACTICE.values()]
ALPHABETS = [
    string.digits,
    string.printable,
    "".join(map(chr, range(256))),
    "0259ID\u202e\u200f\u0000\ud83d\udc00最Siti٠²½ßẞ\u2028\uffff\U0010ffff",
]


def handle(text):
    """Everything a page does with what somebody scanned."""
    for strictness in Strictness:
        verdict = validate(text, strictness)
        assert verdict.findings or verdict.accepted
    assert verdict.parsed.encode() == (text if isinstance(text, str) else "")
    read_merchant(verdict.parsed)
    summarize(verdict.parsed)
    for explained in explain(verdict.parsed):
        assert explained.value.isprintable()
    return verdict


def scramble(chance):
    """A text as scanners, pranks and broken printers make them."""
    kind = chance.randrange(3)
    alphabet = chance.choice(ALPHABETS)
    if kind == 0:
        return "".join(chance.choices(alphabet, k=chance.randrange(120)))
    if kind == 1:  # objects with honest and lying lengths
        parts = []
        for _ in range(chance.randrange(1, 12)):
            value = "".join(chance.choices(alphabet, k=chance.randrange(30)))
            parts.append(
                f"{chance.randrange(100):02}{max(0, len(value) + chance.choice((0, 0, 0, 1, -1))):02}{value}"
            )
        return "".join(parts)
    whole = list(chance.choice(SAMPLES))
    for _ in range(chance.randrange(1, 6)):
        place = chance.randrange(len(whole))
        whole[place : place + chance.randrange(3)] = chance.choices(alphabet, k=chance.randrange(3))
    return "".join(whole)


def test_random_texts_raise_nothing():
    chance = random.Random(20261117)
    for _ in range(STRINGS):
        handle(scramble(chance))


@given(st.text() | st.none() | st.binary() | st.integers() | st.lists(st.text()))
def test_whatever_is_handed_in_gives_findings(thing):
    verdict = handle(thing)
    assert not verdict.accepted
    assert verdict.code is None


@pytest.mark.parametrize(
    "flood", ["9" * 10_000_000, "000201" * 1_700_000, "\x00" * 10_000_000, "最" * 10_000_000]
)
def test_ten_megabytes_are_refused_at_once(flood):
    verdict = validate(flood)
    assert [finding.rule for finding in verdict.findings] == ["too-long"]
    assert verdict.parsed.encode() is flood or verdict.parsed.encode() == flood


@pytest.mark.parametrize("name", ["S1", "P2"])
def test_any_changed_character_is_noticed(name):
    text = {**PUBLISHED, **PRACTICE}[name]
    unnoticed = [
        (place, char)
        for place, here in enumerate(text)
        for char in "019AaZz .-*|é最\u202e"
        if char != here and validate(text[:place] + char + text[place + 1 :]).accepted
    ]
    assert unnoticed == []


@pytest.mark.parametrize("name", ["S1", "S4", "P3", "P9"])
def test_any_lost_doubled_or_swapped_character_is_noticed(name):
    text = {**PUBLISHED, **PRACTICE}[name]
    damaged = {
        variant
        for place in range(len(text))
        for variant in (
            text[:place] + text[place + 1 :],
            text[:place] + text[place] + text[place:],
            text[:place]
            + text[place + 1 : place + 2]
            + text[place : place + 1]
            + text[place + 2 :],
        )
    } - {text}
    assert [variant for variant in damaged if validate(variant).accepted] == []


def test_a_scanner_s_letter_case_is_not_guessed_away():
    assert not validate(PRACTICE["S1"].lower(), Strictness.LENIENT).accepted


def test_a_parsed_code_is_not_parsed_again():
    parsed = parse(PRACTICE["S1"])
    assert explain(parsed) == explain(PRACTICE["S1"])
