"""Login sessions: begun at Masuk, ended at Keluar.

A cookie alone is not enough: it can be copied, and a copy would stay valid after Keluar. The name of
a session is valid only while its row exists. It is stored as a hash, so that whoever reads the
records cannot make a cookie of it.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import Select, bindparam, delete, select
from sqlalchemy.orm import Session

from umkm_records.clock import moment
from umkm_records.database.rows import claim_person
from umkm_records.database.storage import Records
from umkm_records.people.profiles import Participant, view_in
from umkm_records.tables import EnrolmentRow, LoginSessionRow, ParticipantRow

#: How long a login lasts at most: no browser sends its cookie for longer, no server believes it.
LASTS = timedelta(days=31)
#: Logins that one person may have open; the oldest ends when there are more.
MOST_SESSIONS = 10


def begin_session(records: Records, code: str, now: datetime | None = None) -> str:
    """Begin a session of a person; return its name, a random token.

    Raises:
        UnknownParticipant: nobody has this code.
        StorageError: it was not begun.
    """
    name, at = secrets.token_urlsafe(24), moment(now)
    with records.transaction() as session:
        person = claim_person(session, code)
        session.execute(delete(LoginSessionRow).where(LoginSessionRow.began_at < at - LASTS))
        _end_oldest(session, person.id)
        session.add(LoginSessionRow(key=_key(name), participant_id=person.id, began_at=at))
    return name


def session_owner(records: Records, name: str) -> Participant | None:
    """Return whose session this is, or None when it is over or never was.

    Asked at each request, so it is one statement.
    """
    with records.autocommit() as session:
        rows = session.execute(_owner(), {"asked_key": _key(name)}).all()
    if not rows:
        return None
    # The last one joined comes first; who was taken out of their only class has an empty row.
    mine = [cohort for _, cohort in rows]
    return view_in(rows[0][0], (records.cohort if records.cohort in mine else mine[0]) or "")


@cache
def _owner() -> Select[ParticipantRow, str]:
    return (
        select(ParticipantRow, EnrolmentRow.cohort_id)
        .join(LoginSessionRow, LoginSessionRow.participant_id == ParticipantRow.id)
        .outerjoin(EnrolmentRow, EnrolmentRow.participant_id == ParticipantRow.id)
        .where(LoginSessionRow.key == bindparam("asked_key"), ParticipantRow.erased_at.is_(None))
        .order_by(EnrolmentRow.enrolled_at.desc(), EnrolmentRow.cohort_id)
    )


def end_session(records: Records, name: str) -> None:
    """End a session, if there is one of this name."""
    with records.transaction() as session:
        session.execute(delete(LoginSessionRow).where(LoginSessionRow.key == _key(name)))


def end_sessions_of(session: Session, participant_id: int) -> None:
    """End all sessions of a person, as part of a transaction."""
    mine = LoginSessionRow.participant_id == participant_id
    session.execute(delete(LoginSessionRow).where(mine))


def _end_oldest(session: Session, participant_id: int) -> None:
    mine = (
        select(LoginSessionRow.key)
        .where(LoginSessionRow.participant_id == participant_id)
        .order_by(LoginSessionRow.began_at.desc())
        .offset(MOST_SESSIONS - 1)
    )
    too_many = session.scalars(mine).all()
    session.execute(delete(LoginSessionRow).where(LoginSessionRow.key.in_(too_many)))


def _key(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()
