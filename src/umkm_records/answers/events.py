"""What people did: append-only, and shaped as xAPI statements (actor, verb, object, result)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, get_args

from sqlalchemy import CTE, Select, and_, select

from umkm_records.clock import moment
from umkm_records.database.rows import enrolled_as, find_person, is_of
from umkm_records.database.storage import Records
from umkm_records.errors import UnknownParticipant
from umkm_records.tables import EventRow

#: Two checks of one answer closer together say nothing more of a person (umkm.recall).
AGAIN_WITHIN = timedelta(minutes=1)

Verb = Literal["registered", "opened", "answered", "checked", "submitted", "completed"]


def record_event(
    records: Records,
    participant: str,
    verb: Verb,
    about: str,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Record that a participant just did something to a sheet (or "registered" in a class).

    `submit` records "submitted" itself. A repetition within a minute is not recorded: a button
    pressed twice, a page loaded twice, or a script.

    Raises:
        ValueError: a verb that is not in `Verb`, or a detail that is no JSON.
        UnknownParticipant: nobody has this code.
        StorageError: it is not recorded.
    """
    if verb not in get_args(Verb):
        raise ValueError(f"no such verb: {verb!r}; there are {', '.join(get_args(Verb))}")
    event = EventRow(verb=verb, object=about[:200], detail=dict(detail or {}), at=moment(None))
    # Two statements, each a transaction of its own: a page is shown only after it is recorded as opened.
    with records.autocommit() as session:
        me = enrolled_as(session, participant)
        found = session.execute(_with_recent(me, event)).all()
        if not found:
            raise UnknownParticipant
        if _is_repeated([last for _, _, last in found if last is not None], event):
            return
        event.participant_id, event.cohort_id, _ = found[0]
        session.add(event)


def _with_recent(me: CTE, event: EventRow) -> Select[int, str, EventRow | None]:
    """Return a SELECT of who and in which class did something, with what they just did to the same."""
    mine = and_(
        EventRow.participant_id == me.c.id,
        EventRow.cohort_id == me.c.cohort_id,
        EventRow.object == event.object,
        # Not what an earlier date of the laptop has put into the future.
        EventRow.at.between(event.at - AGAIN_WITHIN, event.at),
    )
    return (
        select(me.c.id, me.c.cohort_id, EventRow)
        .select_from(me)
        .outerjoin(EventRow, mine)
        .order_by(EventRow.id.desc())
    )


def _is_repeated(recent: Iterable[EventRow], event: EventRow) -> bool:
    """Return whether the last event of the same question or sheet is the same; the newest comes first."""
    question = event.detail.get("question")
    for last in recent:
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
        return [check_of(row.object, row.detail, row.at) for row in rows]


def check_of(sheet: str, detail: Mapping[str, Any], at: datetime) -> Check:
    """Return the check that an event tells of."""
    return Check(sheet, detail.get("question", ""), detail.get("verdict", ""), at)


def not_yet_checked(
    records: Records, participant: str, sheet: str, questions: Iterable[str]
) -> list[str]:
    """Return those of a sheet's practice questions that a participant has not checked in their class.

    A check of an empty or unreadable answer is none.
    """
    asked = list(questions)
    with records.autocommit() as session:
        me = enrolled_as(session, participant)
        details = session.scalars(
            select(EventRow.detail).where(
                is_of(me, EventRow), EventRow.verb == "checked", EventRow.object == sheet
            )
        )
        checked = {
            detail.get("question")
            for detail in details
            if detail.get("verdict") not in {"empty", "refused"}
        }
    return [question for question in asked if question not in checked]
