"""Whatever somebody types is read in bounded time, by every reader there is."""

import inspect
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.time_limit import PIECES, hostile_texts, limited
from tests.unit.umkm.kinds import CASES, EVERY_KIND

from umkm import UmkmError, identity
from umkm.calendar import parse_day
from umkm.exercise import clean_answer, mark, question_to_json, read, readable
from umkm.exercise.formulas import evaluate
from umkm.exercise.kinds.texts import MAX_LONG_TEXT
from umkm.exercise.questions import KINDS
from umkm.marketing.chat import Template, bold, chat_link
from umkm.marketing.listing import Limits, Listing, check_listing
from umkm.money import LARGEST, Ambiguous, Amount, parse_rupiah
from umkm.number_words import fold_digits, from_words
from umkm.qris import (
    Strictness,
    explain,
    read_merchant,
    summarize,
    validate,
)
from umkm.qris.parsing import MOST_CHARACTERS
from umkm.quantities import parse_number

pytestmark = pytest.mark.slow

KEYS = {id(question): key for question, key in CASES}


def ids_of(question):
    """Every id that a question's JSON names, whatever its kind calls them."""
    found = []

    def look(part):
        if isinstance(part, dict):
            found.extend(value for name, value in part.items() if name == "id")
            for value in part.values():
                look(value)
        elif isinstance(part, list):
            for value in part:
                look(value)

    look(question_to_json(question))
    return list(dict.fromkeys(found))


def answers(question, text):
    """Each form an answer has, filled with a text as far as the question takes it."""
    filled = {}
    for name in ids_of(question):
        for form in ({**filled, name: text}, [{**filled, name: text}]):
            if question.accepts(form):
                filled[name] = text
    rows = [filled]
    while filled and len(rows) < 1_000 and question.accepts([*rows, filled]):
        rows.append(filled)
    return [text, [text], filled, rows, {"a": {"b": [text]}}]


def look_at(question, answer):
    read(question, answer)
    readable(question, answer)
    mark(question, KEYS.get(id(question)), answer, 4)


def test_every_kind_is_tried():
    assert {question.kind for question in EVERY_KIND} == set(KINDS)


@pytest.mark.parametrize("question", EVERY_KIND, ids=lambda one: one.kind)
@settings(max_examples=15)
@given(data=st.data())
def test_every_answer_is_read_in_bounded_time(question, data):
    text = data.draw(hostile_texts(getattr(question, "max_chars", 200)))
    for answer in answers(question, text):
        with limited():
            look_at(question, answer)


@pytest.mark.parametrize("question", EVERY_KIND, ids=lambda one: one.kind)
@pytest.mark.parametrize("piece", ["1m", "1.500m ", "1,500 m", "9", "\uff11", "satu ", "\ufdfa"])
def test_an_answer_that_repeats_itself_is_read_in_bounded_time(question, piece):
    for length in (120, 200, MAX_LONG_TEXT):
        for answer in answers(question, (piece * length)[:length]):
            with limited():
                look_at(question, answer)


@pytest.mark.parametrize("amount", ["1m" * 100, "1.500m " * 28, "1m 1jt " * 20, "m1" * 100])
def test_an_amount_of_many_parts_is_asked_again(amount):
    with limited():
        read_amount = parse_rupiah(amount)
    assert not isinstance(read_amount, Amount | Ambiguous)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("2 triliun 3 miliar 4 juta 5 ribu 600", 2_003_004_005_600),
        ("1 juta 2 ratus ribu 5 ratus", 1_200_500),
    ],
)
def test_amounts_of_several_parts_are_still_read(typed, value):
    # The last part may be thousands said short; the amount as written must be among the meanings.
    found = parse_rupiah(typed)
    assert value in (found.candidates if isinstance(found, Ambiguous) else (found.value,))


@pytest.mark.parametrize("typed", ["1 juta 2 juta", "1 ribu 2 juta", "1 jt 2 rb 3 rb"])
def test_a_part_that_is_not_smaller_than_the_one_before_is_asked_again(typed):
    assert not isinstance(parse_rupiah(typed), Amount | Ambiguous)


def explain_code(text):
    for strictness in Strictness:
        verdict = validate(text, strictness)
    read_merchant(verdict.parsed)
    summarize(verdict.parsed)
    list(explain(verdict.parsed))


def advise(text):
    listing = Listing(text, text, text[:200], food=True, p_irt=text)
    check_listing(listing, Limits("pasar"), 2026)


#: Every reader of typed text, with as many letters as its field takes. The parsers of phone
#: numbers, PINs, names and codes are found by their names.
READERS = {
    **{
        name: (reader, 200)
        for name, reader in inspect.getmembers(identity, inspect.isfunction)
        if name.startswith(("parse_", "check_"))
    },
    "parse_rupiah": (parse_rupiah, 200),
    "parse_number": (parse_number, 100),
    "parse_day": (parse_day, 200),
    "from_words": (from_words, 3_600),
    "fold_digits": (fold_digits, 200),
    "evaluate": (lambda text: evaluate(text, {"a": LARGEST}), 300),
    "clean_answer": (clean_answer, MAX_LONG_TEXT),
    "chat_link": (lambda text: chat_link(text, text), 2_000),
    "template": (lambda text: Template(text).filled({"a": text}), 2_000),
    "bold": (bold, 2_000),
    "listing": (advise, 5_000),
    "code": (explain_code, MOST_CHARACTERS),
}


def attempt(reader, text):
    with limited(), suppress(UmkmError):
        reader(text)


@pytest.mark.parametrize("name", READERS)
@settings(max_examples=20)
@given(data=st.data())
def test_every_reader_ends_soon(name, data):
    reader, longest = READERS[name]
    attempt(reader, data.draw(hostile_texts(longest)))


@pytest.mark.parametrize("name", READERS)
def test_every_reader_ends_soon_over_one_thing_repeated(name):
    reader, longest = READERS[name]
    for piece in PIECES:
        attempt(reader, (piece * longest)[:longest])
