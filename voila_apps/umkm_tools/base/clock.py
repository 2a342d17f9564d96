"""The clock of the practice tools: the present day in Serang."""

from datetime import UTC, date, datetime

from umkm.wib import day_in_wib


def today_in_serang() -> date:
    """Return the day it is in Serang."""
    return day_in_wib(datetime.now(UTC))
