"""The records' clock: moments are aware, and in UTC. For the zone a person reads, see `umkm.wib`."""

from datetime import UTC, datetime


def moment(now: datetime | None) -> datetime:
    """Return `now` in UTC, or the present moment where it is None.

    Raises:
        ValueError: a moment without a time zone, which could mean any hour.
    """
    if now is None:
        return datetime.now(UTC)
    if now.tzinfo is None:
        raise ValueError("a moment needs a time zone; use datetime.now(UTC)")
    return now.astimezone(UTC)
