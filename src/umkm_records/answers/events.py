"""What people did: append-only, and shaped as xAPI statements (actor, verb, object, result)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, get_args

from sqlalchemy import (
    CTE,
    Subquery,
    Text,
    exists,
    func,
    insert,
    literal,
    select,
    type_coerce,
)

from umkm_records.clock import moment
from umkm_records.database.rows import enrolled_as, find_person, is_of
from umkm_records.database.storage import Records
from umkm_records.errors import UnknownParticipant
from umkm_records.tables import EventRow
from umkm_records.tables.columns import dump_json

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
    about, detail, at = about[:200], dict(detail or {}), moment(None)
    row = EventRow
    with records.autocommit() as session:
        me = enrolled_as(session, participant)
        last = _last_alike(me, about, detail, at)
        repeats = exists().where(last.c.verb == verb, last.c.detail == detail)
        given = {row.verb: verb, row.object: about, row.detail: detail, row.at: at}
        event = select(
            me.c.id,
            me.c.cohort_id,
            *(literal(value, column.type) for column, value in given.items()),
        ).where(~repeats)
        places = [row.participant_id, row.cohort_id, *given]
        added = session.scalars(insert(row).from_select(places, event).returning(row.id)).all()
        if not added and session.scalar(select(me.c.id)) is None:
            raise UnknownParticipant


def _last_alike(me: CTE, about: str, detail: Mapping[str, Any], at: datetime) -> Subquery:
    """Return the last event of the same question, or of the same sheet beside its questions."""
    text = type_coerce(EventRow.detail, Text)
    # As `dump_json` writes it; within a text of the detail, quotes would have backslashes.
    named = {key: value for key, value in detail.items() if key == "question"}
    question = dump_json(named)[1:-1] or '"question":'
    names_it = func.replace(text, question, "") != text
    return (
        select(EventRow.verb, EventRow.detail)
        .where(
            is_of(me, EventRow),
            EventRow.object == about,
            # Not what an earlier date of the laptop has put into the future.
            EventRow.at.between(at - AGAIN_WITHIN, at),
            names_it if named else ~names_it,
        )
        .order_by(EventRow.id.desc())
        .limit(1)
        .subquery()
    )


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
