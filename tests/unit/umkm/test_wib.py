"""Western Indonesian Time: seven hours ahead of UTC, without summer time (Keppres 41/1987)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from umkm.wib import WIB, clock_time, day_in_wib, in_wib, long_time


def test_a_moment_is_shown_as_in_serang():
    shown = in_wib(datetime(2026, 11, 30, 16, 59, tzinfo=UTC))
    assert f"{shown:%Y-%m-%d %H:%M %Z}" == "2026-11-30 23:59 WIB"


@pytest.mark.parametrize(
    ("hour", "minute", "day"), [(16, 59, date(2026, 11, 30)), (17, 0, date(2026, 12, 1))]
)
def test_a_day_begins_at_midnight_in_serang(hour, minute, day):
    assert day_in_wib(datetime(2026, 11, 30, hour, minute, tzinfo=UTC)) == day


@pytest.mark.parametrize("month", range(1, 13))
def test_there_is_no_summer_time(month):
    assert datetime(2026, month, 1, tzinfo=WIB).utcoffset() == timedelta(hours=7)


@pytest.mark.parametrize("convert", [in_wib, day_in_wib])
def test_a_moment_without_a_zone_is_refused(convert):
    with pytest.raises(ValueError, match="time zone"):
        convert(datetime(2026, 11, 30, 12))  # noqa: DTZ001 - the very thing that is refused


def test_times_are_written_as_in_indonesia():
    moment = datetime(2026, 11, 23, 7, 5, tzinfo=UTC)
    assert long_time(moment) == "23 November 2026 pukul 14.05 WIB"
    assert clock_time(moment) == "14.05 WIB"
