"""Moments: aware UTC inside, WIB only where a person reads them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

WIB = ZoneInfo("Asia/Jakarta")


def moment(now: datetime | None) -> datetime:
    """Give `now` in UTC, or the present moment where it is None.

    Raises:
        ValueError: a moment without a time zone, which could mean any hour.
    """
    if now is None:
        return datetime.now(UTC)
    if now.tzinfo is None:
        raise ValueError("a moment needs a time zone; use datetime.now(UTC)")
    return now.astimezone(UTC)


def in_wib(at: datetime) -> datetime:
    """Give the same moment as a clock in Serang shows it."""
    return at.astimezone(WIB)
