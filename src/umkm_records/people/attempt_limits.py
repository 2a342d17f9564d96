"""Counts of attempts that survive a restart: how often somebody tried, and until when they wait.

A count is a row of `login_guard`. Its key names what is counted and never holds what was typed or
an address in clear. Each function is part of the caller's transaction and takes its clock from it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, or_
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from umkm_records.tables import LoginGuardRow

#: After so long without an attempt a count is deleted.
FORGET_AFTER = timedelta(days=1)


@dataclass(frozen=True)
class Limit:
    """A rule on one kind of attempt.

    Attributes:
        name: What is counted; begins the key.
        most: The attempt with this number is the last one.
        wait: How long nobody may try after it.
        in_windows: Count anew in each span of `wait` since 1970, and lock until its end; else count
            until an attempt succeeds or the lock is over.
    """

    name: str
    most: int
    wait: timedelta
    in_windows: bool = False

    def key(self, who: str, at: datetime) -> str:
        """Return the key of somebody's count, at most 80 characters."""
        window = f":{self._window(at)}" if self.in_windows else ""
        return f"{self.name}:{who}{window}"

    def ends(self, at: datetime) -> datetime:
        """Return when a lock that begins now is over."""
        if not self.in_windows:
            return at + self.wait
        return datetime.fromtimestamp(0, UTC) + (self._window(at) + 1) * self.wait

    def _window(self, at: datetime) -> int:
        return int(at.timestamp() // self.wait.total_seconds())


def digest(*parts: str) -> str:
    """Return a digest of 32 letters for a key, so that the text itself is not stored."""
    text = "\0".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(text).hexdigest()[:32]


def locked_until(session: Session, limit: Limit, who: str, at: datetime) -> datetime | None:
    """Return until when somebody waits, or None; writes nothing."""
    row = session.get(LoginGuardRow, limit.key(who, at))
    if row is None or row.locked_until is None or at >= row.locked_until:
        return None
    return row.locked_until


def count(session: Session, limit: Limit, who: str, at: datetime) -> int:
    """Count an attempt and return its number; 0 where somebody is locked and nothing was counted."""
    guard = _claim(session, limit.key(who, at), at)
    if guard.locked_until is not None:
        if at < guard.locked_until:
            return 0
        guard.tries, guard.locked_until = 0, None
    guard.tries += 1
    guard.last_at = at
    if guard.tries >= limit.most:
        guard.locked_until = limit.ends(at)
    return guard.tries


def uncount(session: Session, limit: Limit, who: str, at: datetime) -> None:
    """Decrement a count, because the attempt succeeded."""
    guard = session.get(LoginGuardRow, limit.key(who, at), with_for_update=True)
    if guard is not None and guard.tries > 0:
        guard.tries -= 1
        if guard.tries < limit.most:
            guard.locked_until = None


def forget(session: Session, limit: Limit, who: str, at: datetime) -> None:
    """Delete somebody's count."""
    session.execute(delete(LoginGuardRow).where(LoginGuardRow.key == limit.key(who, at)))


def forget_all(session: Session, *beginnings: str) -> None:
    """Delete every count whose key has one of these prefixes."""
    keys = or_(*(LoginGuardRow.key.startswith(each, autoescape=True) for each in beginnings))
    session.execute(delete(LoginGuardRow).where(keys))


def forget_old(session: Session, at: datetime) -> None:
    """Delete the counts that were not incremented for a day."""
    session.execute(delete(LoginGuardRow).where(LoginGuardRow.last_at < at - FORGET_AFTER))


def mark(session: Session, key: str, at: datetime, until: datetime) -> None:
    """Record that a key is marked until a moment."""
    row = _claim(session, key, at)
    row.last_at, row.locked_until = at, until


def is_marked(session: Session, key: str, at: datetime) -> bool:
    """Return whether a key is still marked."""
    row = session.get(LoginGuardRow, key)
    return row is not None and row.locked_until is not None and at < row.locked_until


def _claim(session: Session, key: str, at: datetime) -> LoginGuardRow:
    """Return the row of a count, made if need be, and keep others waiting for it.

    Several first attempts may come at once: PostgreSQL lets them all in, and only one may insert.
    """
    first = {"key": key, "tries": 0, "last_at": at}
    if session.get_bind().dialect.name == "postgresql":
        session.execute(postgresql.insert(LoginGuardRow).values(first).on_conflict_do_nothing())
    else:
        session.execute(sqlite.insert(LoginGuardRow).values(first).on_conflict_do_nothing())
    return session.get_one(LoginGuardRow, key, with_for_update=True)
