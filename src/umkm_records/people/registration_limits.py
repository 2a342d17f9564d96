"""Limits on registration over the network: per address, and per class.

Whoever is in the room has its code and could make people by the thousand, or ask which
phone numbers are registered. Both need a form in which everything else is right, and of those an
address may send `MINUTE.most` in a minute and `HOUR.most` in an hour. What staff register in a
program of their own is not counted, and a trainer may open registration for a while and set how many
people a class takes (`registration_rules`).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from umkm_records.audit import AuditAction, note
from umkm_records.classes.registration_rules import rules_of
from umkm_records.database.storage import Records
from umkm_records.errors import RegistrationPaused
from umkm_records.people import attempt_limits as guards
from umkm_records.people.attempt_limits import Limit

MINUTE = Limit("daftar-menit", 4, timedelta(minutes=1), in_windows=True)
HOUR = Limit("daftar-jam", 60, timedelta(hours=1), in_windows=True)

_FULL = (
    "Kelas ini sudah penuh: {most} orang terdaftar. Minta pelatih menambah tempat di Pantau kelas."
)


def admit(records: Records, cohort: str, address: str, at: datetime) -> None:
    """Count a valid form from an address.

    Raises:
        RegistrationPaused: too many came from there; `until` says when to send it again.
    """
    who = guards.digest(address)
    with records.read_session() as session:
        if rules_of(session, cohort, at).open_until is not None:
            return
    # A flood is refused by one read, and writes one entry into the audit.
    with records.read_session() as session:
        until = _paused(session, who, at)
        noted = guards.is_marked(session, _noted(who), at)
    if until is None:
        with records.transaction() as session:
            guards.forget_old(session, at)
            if all(guards.count(session, limit, who, at) for limit in (MINUTE, HOUR)):
                return
            until, noted = _paused(session, who, at), guards.is_marked(session, _noted(who), at)
    until = until or MINUTE.ends(at)
    if not noted:
        with records.transaction() as session:
            guards.mark(session, _noted(who), at, until)
            note_refusal(session, "registration_paused", cohort, address, at)
    raise RegistrationPaused(until)


def note_refusal(
    session: Session, action: str, cohort: str, address: str | None, at: datetime
) -> None:
    """Write into the audit that a form from an address was refused; never what was typed."""
    where = {} if address is None else {"address": address[:64]}
    note(session, AuditAction("daftar", action, cohort, where), at)


def full(session: Session, cohort: str, at: datetime) -> Mapping[str, str]:
    """Return the sentence for the class code's field where a class has no place left."""
    rules = rules_of(session, cohort, at)
    return {} if rules.places else {"join_code": _FULL.format(most=rules.most_people)}


def _paused(session: Session, who: str, at: datetime) -> datetime | None:
    """Return until when an address waits, or None."""
    ends = (guards.locked_until(session, limit, who, at) for limit in (MINUTE, HOUR))
    return max((end for end in ends if end is not None), default=None)


def _noted(who: str) -> str:
    return f"daftar-tercatat:{who}"
