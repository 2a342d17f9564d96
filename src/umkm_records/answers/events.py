"""What people did: append-only, and shaped as xAPI statements (actor, verb, object, result)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Literal, get_args
from uuid import UUID, uuid5

from sqlalchemy import select
from sqlalchemy.orm import Session

from umkm_records.clock import moment
from umkm_records.database.rows import (
    claim_person,
    current_cohort,
    find_person,
    known_person,
)
from umkm_records.database.storage import Records
from umkm_records.tables import EventRow
from umkm_records.tables.columns import dump_json

#: Two checks of one answer closer together say nothing more of a person (umkm.recall).
AGAIN_WITHIN = timedelta(minutes=1)

#: The namespace of identifiers that follow from a caller's key.
_KEYS: Final = UUID("6f0b6f0e-3c0d-4d0a-9a57-0b6a2f6c1d52")

Verb = Literal["registered", "opened", "answered", "checked", "submitted", "completed"]


def record_event(  # noqa: PLR0913 - a statement: who, what, about what, and how
    records: Records,
    participant: str,
    verb: Verb,
    about: str,
    detail: Mapping[str, Any] | None = None,
    *,
    key: str = "",
) -> None:
    """Record that a participant just did something to a sheet (or "registered" in a class).

    `submit` records "submitted" itself. A repetition within a minute is not recorded: a button
    pressed twice, a page loaded twice, or a script. With a `key`, neither is the same event with the
    same key, however much later: a phone asks again where no reply reached it.

    Raises:
        ValueError: a verb that is not in `Verb`, or a detail that is no JSON.
        UnknownParticipant: nobody has this code.
        StorageError: it is not recorded.
    """
    if verb not in get_args(Verb):
        raise ValueError(f"no such verb: {verb!r}; there are {', '.join(get_args(Verb))}")
    event = EventRow(verb=verb, object=about[:200], detail=dict(detail or {}), at=moment(None))
    with records.read_session() as session:
        if _is_repeated(session, participant, event):
            return
    with records.transaction() as session:
        if key:
            # Two requests at once must not both find nothing.
            person = claim_person(session, participant)
            event.uid = uuid5(
                _KEYS, dump_json([person.code, verb, event.object, event.detail, key])
            )
            if session.scalar(select(EventRow.id).where(EventRow.uid == event.uid)) is not None:
                return
        else:
            person = known_person(session, participant)
        event.participant_id = person.id
        event.cohort_id = current_cohort(session, event.participant_id)
        session.add(event)


def _is_repeated(session: Session, participant: str, event: EventRow) -> bool:
    """Return whether the last event of the same question or sheet is the same, and recent."""
    person = find_person(session, participant)
    if person is None:
        return False
    recent = select(EventRow).where(
        EventRow.participant_id == person.id,
        EventRow.cohort_id == current_cohort(session, person.id),
        EventRow.object == event.object,
        # Not what an earlier date of the laptop has put into the future.
        EventRow.at.between(event.at - AGAIN_WITHIN, event.at),
    )
    question = event.detail.get("question")
    for last in session.scalars(recent.order_by(EventRow.id.desc())):
        if last.detail.get("question") == question:
            return last.verb == event.verb and last.detail == event.detail
    return False


@dataclass(frozen=True)
class Check:
    """One check of a practice question: what came of it, and when (UTC)."""

    sheet: str
    question: str
    verdict: str
    at: datetime


def checks_of(records: Records, participant: str, sheets: Iterable[str]) -> list[Check]:
    """Return a participant's checks on some sheets in all their classes, oldest first.

    None for somebody unknown. What one remembers does not begin anew with a class.
    """
    with records.read_session() as session:
        person = find_person(session, participant)
        if person is None:
            return []
        rows = session.scalars(
            select(EventRow)
            .where(
                EventRow.participant_id == person.id,
                EventRow.verb == "checked",
                EventRow.object.in_(list(sheets)),
            )
            .order_by(EventRow.at, EventRow.id)
        )
        return [
            Check(row.object, row.detail.get("question", ""), row.detail.get("verdict", ""), row.at)
            for row in rows
        ]


def not_yet_checked(
    records: Records, participant: str, sheet: str, questions: Iterable[str]
) -> list[str]:
    """Return those of a sheet's practice questions that a participant has not checked in their class.

    A check of an empty or unreadable answer is none.
    """
    asked = list(questions)
    with records.read_session() as session:
        person = find_person(session, participant)
        if person is None:
            return asked
        details = session.scalars(
            select(EventRow.detail).where(
                EventRow.participant_id == person.id,
                EventRow.cohort_id == current_cohort(session, person.id),
                EventRow.verb == "checked",
                EventRow.object == sheet,
            )
        )
        checked = {
            detail.get("question")
            for detail in details
            if detail.get("verdict") not in {"empty", "refused"}
        }
    return [question for question in asked if question not in checked]
