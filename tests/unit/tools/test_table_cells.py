"""Amounts, days and hours as lists write them."""

from contextlib import suppress
from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from umkm.errors import InputError
from umkm_tools.base.spreadsheet_import.cells import (
    amount_of,
    hour_of,
    moment_of,
    month_comes_first,
)


@pytest.mark.parametrize(
    ("cell", "rupiah"),
    [
        ("25000", 25_000), ("25.000", 25_000), ("25,000", 25_000), ("Rp 25.000,00", 25_000),
        ("25,000.00", 25_000), ("25000.00", 25_000), ("25000,5", 25_001), ("1.234.567,49", 1_234_567),
        ("1,234,567", 1_234_567), ("IDR 25.000", 25_000), ("Rp25.000,-", 25_000), ("-25.000", -25_000),
        ("(25.000)", -25_000), ("\u221225.000", -25_000), ("25.000-", -25_000), ("0", 0), ("0,00", 0),
        ("175.5", 176), (25_000, 25_000), (25_000.5, 25_001), ("Rp.25.000", 25_000), ("2.5", 3),
        ("", None), ("-", None), (None, None), (True, None), ("25\xa0000", 25_000),
    ],
)  # fmt: skip
def test_amounts(cell, rupiah):
    assert amount_of(cell) == rupiah


@pytest.mark.parametrize(
    "cell", ["abc", "2/11", "1e5", "9" * 30, float("nan"), 1e15, "=1+1", "1..2x"]
)
def test_what_is_no_amount(cell):
    with pytest.raises(InputError):
        amount_of(cell)


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("2/11/2026", (date(2026, 11, 2), None)),
        ("02-11-2026 09:15", (date(2026, 11, 2), time(9, 15))),
        ("2 Nov 2026 09.15.30", (date(2026, 11, 2), time(9, 15, 30))),
        ("2026-11-02 21:05:00", (date(2026, 11, 2), time(21, 5))),
        ("2026-11-02", (date(2026, 11, 2), None)),
        ("02/11/2026, 9:15 PM", (date(2026, 11, 2), time(21, 15))),
        ("2 November 2026 20.00 WIB", (date(2026, 11, 2), time(20))),
        # 22.30 UTC is half past five the next morning in Serang.
        ("2026-11-01T22:30:00Z", (date(2026, 11, 2), time(5, 30))),
        ("2026-11-02T08:00:00+07:00", (date(2026, 11, 2), time(8))),
        (datetime(2026, 11, 2, 9, 15), (date(2026, 11, 2), time(9, 15))),  # noqa: DTZ001
        (datetime(2026, 11, 2), (date(2026, 11, 2), None)),  # noqa: DTZ001
        (date(2026, 11, 2), (date(2026, 11, 2), None)),
    ],
)
def test_moments(cell, moment):
    assert moment_of(cell) == moment


def test_the_month_comes_first_only_where_a_day_shows_it():
    assert month_comes_first(["11/02/2026", "11/25/2026", None, datetime(2026, 1, 1)])  # noqa: DTZ001
    assert not month_comes_first(["11/02/2026", "02/11/2026"])
    assert not month_comes_first(["25/11/2026", "11/25/2026"])
    assert moment_of("11/25/2026 10:00", month_first=True) == (date(2026, 11, 25), time(10))


def test_hours():
    assert hour_of("21.05") == time(21, 5)
    assert hour_of(time(8)) == time(8)
    assert hour_of("25:00") is None
    assert hour_of("siang") is None


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text):
    for read in (amount_of, moment_of, hour_of):
        with suppress(InputError):
            read(text)
