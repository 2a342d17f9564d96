"""The day it is where the class is."""

from datetime import UTC, date, datetime
from typing import Final
from zoneinfo import ZoneInfo

_WIB: Final = ZoneInfo("Asia/Jakarta")


def today_in_serang() -> date:
    """Return the day it is in Serang."""
    return datetime.now(UTC).astimezone(_WIB).date()
