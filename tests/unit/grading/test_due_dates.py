"""Due dates from formgrader's dialog. 17.00 WIB is 10:00 UTC."""

from datetime import datetime

import pytest

from umkm_grading.review.formgrader_patches import due_date_in_utc

TEN_UTC = datetime(2026, 12, 1, 10, 0)  # noqa: DTZ001 - nbgrader stores naive UTC


@pytest.mark.parametrize("zone", ["+0700", "+07:00", "WIB", "Asia/Jakarta", " WIB "])
def test_five_o_clock_in_serang(zone):
    assert due_date_in_utc("2026-12-01T17:00:00", zone) == TEN_UTC


def test_other_zones():
    assert due_date_in_utc("2026-12-01T18:00", "WITA") == TEN_UTC
    assert due_date_in_utc("2026-12-01T10:00", "UTC") == TEN_UTC


@pytest.mark.parametrize(
    ("date", "zone"),
    [("kemarin", "WIB"), ("2026-12-01T17:00", "XYZ"), ("2026-12-01T17:00", "../../etc/passwd"),
     ("2026-12-01T17:00", "+99"), ("", "WIB")],
)  # fmt: skip
def test_nonsense_is_refused(date, zone):
    with pytest.raises(ValueError):  # noqa: PT011 - whatever it says, the handler answers 400
        due_date_in_utc(date, zone)
