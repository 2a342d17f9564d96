"""Masuk: who is let in, and how often one may try.

Nobody learns here whether a phone number or code is registered: known or not, right or wrong,
every attempt walks the same steps, costs one argon2 and is counted and locked alike.
"""

import hashlib
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from umkm import InputError
from umkm.identity import parse_phone
from umkm_records.audit import Deed, note
from umkm_records.clock import moment
from umkm_records.errors import LockedOut, WrongLogin
from umkm_records.people.pins import hash_pin, is_pin_of, new_pin
from umkm_records.people.profiles import Participant, profile
from umkm_records.people.sessions import end_sessions_of
from umkm_records.rows import claim_person
from umkm_records.schema import LoginGuardRow, ParticipantRow
from umkm_records.storage import Records

MAX_TRIES = 5
LOCK = timedelta(minutes=10)
_FORGET_AFTER = timedelta(days=1)


@dataclass(frozen=True)
class _Attempt:
    """One attempt that was counted and may now be checked."""

    person: int | None
    code: str
    pin_hash: str | None
    is_last: bool


def log_in(records: Records, identifier: str, pin: str, now: datetime | None = None) -> Participant:
    """Give the person whose phone number (in any writing) or code (in any case) and PIN these are.

    Raises:
        WrongLogin: they do not belong together, whichever of them is wrong.
        LockedOut: five wrong PINs in a row; `until` says when to try again.
    """
    at = moment(now)
    # Counted before it is checked: a hundred guesses sent at once would otherwise all be
    # checked before the first of them is counted.
    with records.transaction() as session:
        attempt = _count(session, identifier, at)
    if isinstance(attempt, LockedOut):
        raise attempt
    is_right = is_pin_of(pin, attempt.pin_hash)
    with records.transaction() as session:
        person = _settle(session, attempt, is_right, at)
    if person is not None:
        return person
    raise LockedOut(at + LOCK) if attempt.is_last else WrongLogin


def reset_pin(records: Records, code: str, by: str, now: datetime | None = None) -> str:
    """Give a person a new PIN, end their sessions, lift a lock; staff hand the PIN over.

    Raises:
        UnknownParticipant: nobody has this code.
    """
    pin = new_pin()
    pin_hash = hash_pin(pin)
    with records.transaction() as session:
        person = claim_person(session, code)
        person.pin_hash = pin_hash
        person.session_version += 1
        end_sessions_of(session, person.id)
        lift_lock(session, person.id)
        note(session, Deed(by, "pin_reset", person.code), moment(now))
    return pin


def lift_lock(session: Session, participant_id: int) -> None:
    """Forget a person's wrong PINs."""
    session.execute(delete(LoginGuardRow).where(LoginGuardRow.key == _guard_of(participant_id)))


def _count(session: Session, identifier: str, at: datetime) -> _Attempt | LockedOut:
    person = _find(session, identifier)
    key = _guard_of(person.id) if person else _guard_of_nobody(identifier)
    session.execute(delete(LoginGuardRow).where(LoginGuardRow.last_at < at - _FORGET_AFTER))
    guard = _claim_guard(session, key, at)
    if guard.locked_until is not None:
        if at < guard.locked_until:
            return LockedOut(guard.locked_until)
        guard.tries, guard.locked_until = 0, None
    guard.tries += 1
    guard.last_at = at
    if guard.tries >= MAX_TRIES:
        guard.locked_until = at + LOCK
    return _Attempt(
        person=person.id if person else None,
        code=person.code if person else "",
        pin_hash=person.pin_hash if person else None,
        is_last=guard.tries >= MAX_TRIES,
    )


def _claim_guard(session: Session, key: str, at: datetime) -> LoginGuardRow:
    """Give the row that counts these attempts, made if need be, and keep others waiting for it.

    Several first attempts may come at once: PostgreSQL lets them all in, and only one may insert.
    """
    first = {"key": key, "tries": 0, "last_at": at}
    if session.get_bind().dialect.name == "postgresql":
        session.execute(postgresql.insert(LoginGuardRow).values(first).on_conflict_do_nothing())
    else:
        session.execute(sqlite.insert(LoginGuardRow).values(first).on_conflict_do_nothing())
    return session.get_one(LoginGuardRow, key, with_for_update=True)


def _settle(
    session: Session, attempt: _Attempt, is_right: bool, at: datetime
) -> Participant | None:
    """Write down how an attempt ended; gives the person who may enter."""
    if not is_right or attempt.person is None:
        if attempt.is_last:
            note(session, Deed("masuk", "pin_locked", attempt.code), at)
        return None
    person = session.get(ParticipantRow, attempt.person)
    # Between the two transactions the PIN may have been reset or the person erased.
    if person is None or person.pin_hash != attempt.pin_hash:
        return None
    lift_lock(session, person.id)
    return profile(session, person)


def _find(session: Session, identifier: str) -> ParticipantRow | None:
    phone, codes = _readings(identifier)
    either = or_(ParticipantRow.phone == phone, ParticipantRow.code.in_(codes))
    return session.scalars(
        select(ParticipantRow).where(either, ParticipantRow.erased_at.is_(None))
    ).first()


def _readings(identifier: str) -> tuple[str, list[str]]:
    """Give what was typed as a phone number, and as the participant codes it may mean."""
    try:
        phone = parse_phone(identifier)
    except InputError:
        phone = ""
    letters = _letters(identifier)
    typed = unicodedata.normalize("NFKC", identifier[:64]).strip().lower()
    # "srg 7kq3m" and "SRG7KQ3M" are how people copy "srg-7kq3m".
    codes = [typed if typed.isascii() else "", f"{letters[:3]}-{letters[3:]}"]
    return phone, codes


def _letters(identifier: str) -> str:
    plain = unicodedata.normalize("NFKC", identifier[:64]).lower()
    return "".join(char for char in plain if char.isascii() and char.isalnum())


def _guard_of(participant_id: int) -> str:
    return f"person:{participant_id}"


def _guard_of_nobody(identifier: str) -> str:
    phone, _ = _readings(identifier)
    # Hashed: what strangers type may be somebody's phone number or even a PIN.
    digest = hashlib.sha256((phone or _letters(identifier)).encode()).hexdigest()
    return f"nobody:{digest}"
