"""Times as a trainee reads them: WIB, in Indonesian."""

from __future__ import annotations

from datetime import datetime

from babel.dates import format_datetime

from umkm.wib import WIB


def long_time(moment: datetime) -> str:
    """A date and time in words: `23 November 2026 pukul 14.05 WIB`."""
    return format_datetime(moment, "d MMMM y 'pukul' HH.mm 'WIB'", tzinfo=WIB, locale="id_ID")


def clock_time(moment: datetime) -> str:
    """A time of today: `14.05 WIB`."""
    return format_datetime(moment, "HH.mm 'WIB'", tzinfo=WIB, locale="id_ID")
