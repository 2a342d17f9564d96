"""Days as people write them."""

import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from umkm.calendar import long_day, parse_day, short_day
from umkm.errors import InputError


@pytest.mark.parametrize(
    "text",
    ["2/11/2026", "02-11-2026", "2.11.26", "2 November 2026", "2 nov 26", "2026-11-02",
     "2026-11-02 00:00:00", " 2  NOPEMBER  2026 ", "2-Nov-2026"],
)  # fmt: skip
def test_the_second_of_november(text):
    assert parse_day(text) == date(2026, 11, 2)


@pytest.mark.parametrize(
    "text", ["", "kemarin", "31/4/2026", "0/1/2026", "29 Februari 2026", "2/13/2026", "2026", None,
             5, "2/11/026", "1" * 500],
)  # fmt: skip
def test_no_day(text):
    with pytest.raises(InputError, match="2 November 2026"):
        parse_day(text)


def test_a_year_of_long_ago_is_read_as_it_stands():
    assert parse_day("3/2/0026") == date(26, 2, 3)


@given(st.dates(date(1000, 1, 1)))
def test_what_is_written_is_read_again(day):
    assert parse_day(long_day(day)) == day
    assert parse_day(day.isoformat()) == day
    assert parse_day(f"{short_day(day)} {day.year:04}") == day


@given(st.text(alphabet="0123456789/-. novembrjui", max_size=45))
def test_any_text_is_a_day_or_a_sentence(text):
    with contextlib.suppress(InputError):
        assert isinstance(parse_day(text), date)
