"""Western Indonesian Time (WIB), the zone of Serang: the zone, and moments converted to it.

The one place that names the zone, and how a time is written in Indonesian. Nothing here asks what time
it is: whoever has a clock passes a moment in.
"""

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

#: The zone's name in the IANA time zone database, for programs that want it as text.
ZONE_NAME: Final = "Asia/Jakarta"
WIB: Final = ZoneInfo(ZONE_NAME)


def in_wib(moment: datetime) -> datetime:
    """Return the same moment as a clock in Serang shows it.

    Raises:
        ValueError: the moment has no time zone, so it could mean any hour.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone; use datetime.now(UTC)")
    return moment.astimezone(WIB)


def day_in_wib(moment: datetime) -> date:
    """Return the day it is in Serang at a moment.

    Raises:
        ValueError: as `in_wib`.
    """
    return in_wib(moment).date()


def long_time(moment: datetime) -> str:
    """Return a date and time in words: `23 November 2026 pukul 14.05 WIB`."""
    return _in_words(moment, "d MMMM y 'pukul' HH.mm 'WIB'")


def clock_time(moment: datetime) -> str:
    """Return a time of the day: `14.05 WIB`."""
    return _in_words(moment, "HH.mm 'WIB'")


def _in_words(moment: datetime, pattern: str) -> str:
    # Imported here, since most pages show no time and Babel's tables are large.
    from babel.dates import format_datetime  # noqa: PLC0415

    return format_datetime(moment, pattern, tzinfo=WIB, locale="id_ID")
