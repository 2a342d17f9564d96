"""Login (Masuk): authentication by PIN, and the limits on attempts.

Nobody learns here whether a phone number or code is registered: known or not, right or wrong,
every attempt takes the same steps, costs one argon2 and is counted and locked alike.

Nobody can lock another out either. Wrong PINs are counted for the address and the person together;
for the person alone, generously; and for the address alone. A browser in which this very person
logged in before counts by itself, whatever others do (OWASP Authentication Cheat Sheet, "Login
Throttling", and "Slow Down Online Guessing Attacks with Device Cookies").
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from umkm import InputError
from umkm.identity import parse_phone
from umkm_records.audit import AuditAction, note
from umkm_records.clock import moment
from umkm_records.database.rows import claim_person
from umkm_records.database.storage import Records
from umkm_records.errors import LockedOut, WrongLogin
from umkm_records.people import attempt_limits as guards
from umkm_records.people.attempt_limits import Limit
from umkm_records.people.pins import hash_pin, is_pin_of, new_pin
from umkm_records.people.profiles import Participant, profile
from umkm_records.people.sessions import end_sessions_of
from umkm_records.tables import ParticipantRow

LOCK = timedelta(minutes=10)
#: Wrong PINs from one address for one person.
PAIR = Limit("pair", 5, LOCK)
#: Wrong PINs for one person from all addresses together.
PERSON = Limit("person", 50, LOCK)
#: Wrong PINs from one address for all people together.
ADDRESS = Limit("address", 30, LOCK, in_windows=True)
#: Wrong PINs in a browser in which this person logged in before.
DEVICE = Limit("device", 5, LOCK)
#: How long a PIN that a trainer has just handed out opens from an address that is locked.
_FRESH = timedelta(minutes=30)


@dataclass(frozen=True)
class Caller:
    """The origin of an attempt.

    Attributes:
        address: The network address; one name for all who come from there.
        device: What names the browser, where it can be trusted; empty for one that is new here.
        known: Codes of the people who logged in from this browser before.
    """

    address: str = ""
    device: str = ""
    known: frozenset[str] = frozenset()


@dataclass(frozen=True)
class _Counted:
    """The counts that one attempt adds to."""

    limit: Limit
    who: str


@dataclass(frozen=True)
class _Attempt:
    """One attempt that was counted and may now be checked."""

    person: int | None
    code: str
    pin_hash: str | None
    counted: tuple[_Counted, ...]
    #: The limit that this attempt was the last one of, if it was.
    spent: Limit | None


def log_in(
    records: Records,
    identifier: str,
    pin: str,
    now: datetime | None = None,
    caller: Caller | None = None,
) -> Participant:
    """Return the person of a phone number (in any writing) or code (in any case) and PIN.

    Raises:
        WrongLogin: they do not belong together, whichever of them is wrong.
        LockedOut: too many wrong PINs; `until` says when to try again.
    """
    at, caller = moment(now), caller or Caller()
    # A locked caller costs one read: a flood of guesses writes nothing.
    with records.read_session() as session:
        found = _find(session, identifier)
        _refuse_locked(session, tuple(_counts(session, found, identifier, caller, at)), at)
    # Counted before it is checked: a hundred guesses sent at once would otherwise all be
    # checked before the first of them is counted.
    with records.transaction() as session:
        attempt = _count(session, identifier, caller, at)
    if isinstance(attempt, LockedOut):
        raise attempt
    is_right = is_pin_of(pin, attempt.pin_hash)
    with records.transaction() as session:
        person = _finish(session, attempt, caller, is_right, at)
    if person is not None:
        return person
    raise LockedOut(attempt.spent.ends(at), attempt.spent.name) if attempt.spent else WrongLogin


def reset_pin(records: Records, code: str, by: str, now: datetime | None = None) -> str:
    """Set and return a new PIN, end the person's sessions, delete a lock; staff hand the PIN over.

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
        guards.mark(session, _fresh(person.id), moment(now), moment(now) + _FRESH)
        note(session, AuditAction(by, "pin_reset", person.code), moment(now))
    return pin


def lift_lock(session: Session, participant_id: int) -> None:
    """Delete the counts of a person's wrong PINs, wherever they were typed."""
    guards.forget_all(
        session, *(f"{limit.name}:{participant_id}:" for limit in (PAIR, PERSON, DEVICE))
    )
    guards.forget_all(session, _fresh(participant_id))


def _counts(
    session: Session, person: ParticipantRow | None, identifier: str, caller: Caller, at: datetime
) -> Iterator[_Counted]:
    """Yield what an attempt is counted for."""
    if person is not None and caller.device and person.code in caller.known:
        yield _Counted(DEVICE, f"{person.id}:{guards.digest(caller.device)}")
        return
    who = str(person.id) if person else guards.digest(_as_nobody(identifier))
    yield _Counted(PAIR, f"{who}:{guards.digest(caller.address)}")
    yield _Counted(PERSON, f"{who}:")
    if person is None or not guards.is_marked(session, _fresh(person.id), at):
        yield _Counted(ADDRESS, guards.digest(caller.address))


def _refuse_locked(session: Session, counts: tuple[_Counted, ...], at: datetime) -> None:
    for each in counts:
        if until := guards.locked_until(session, each.limit, each.who, at):
            raise LockedOut(until, each.limit.name)


def _count(session: Session, identifier: str, caller: Caller, at: datetime) -> _Attempt | LockedOut:
    person = _find(session, identifier)
    counts = tuple(_counts(session, person, identifier, caller, at))
    guards.forget_old(session, at)
    spent = None
    for done, each in enumerate(counts):
        number = guards.count(session, each.limit, each.who, at)
        if not number:
            # Another attempt was quicker and was the last one. This one is not made at all.
            for earlier in counts[:done]:
                guards.uncount(session, earlier.limit, earlier.who, at)
            until = guards.locked_until(session, each.limit, each.who, at)
            return LockedOut(until or each.limit.ends(at), each.limit.name)
        if number >= each.limit.most:
            spent = spent or each.limit
    return _Attempt(
        person=person.id if person else None,
        code=person.code if person else "",
        pin_hash=person.pin_hash if person else None,
        counted=counts,
        spent=spent,
    )


def _finish(
    session: Session, attempt: _Attempt, caller: Caller, is_right: bool, at: datetime
) -> Participant | None:
    """Record how an attempt ended; return the person who is logged in."""
    if not is_right or attempt.person is None:
        if attempt.spent is not None:
            detail = {"limit": attempt.spent.name, "address": caller.address[:64]}
            note(session, AuditAction("masuk", "pin_locked", attempt.code, detail), at)
        return None
    person = session.get(ParticipantRow, attempt.person)
    # Between the two transactions the PIN may have been reset or the person erased.
    if person is None or person.pin_hash != attempt.pin_hash:
        return None
    for each in attempt.counted:
        # One's own right PIN says nothing about the guesses for others from the same address.
        if each.limit is ADDRESS:
            guards.uncount(session, each.limit, each.who, at)
        else:
            guards.forget(session, each.limit, each.who, at)
    return profile(session, person)


def _find(session: Session, identifier: str) -> ParticipantRow | None:
    phone, codes = _parse(identifier)
    either = or_(ParticipantRow.phone == phone, ParticipantRow.code.in_(codes))
    return session.scalars(
        select(ParticipantRow).where(either, ParticipantRow.erased_at.is_(None))
    ).first()


def _parse(identifier: str) -> tuple[str, list[str]]:
    """Return what was typed as a phone number, and as the participant codes it may mean."""
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


def _as_nobody(identifier: str) -> str:
    phone, _ = _parse(identifier)
    return phone or _letters(identifier)


def _fresh(participant_id: int) -> str:
    return f"fresh:{participant_id}:"
