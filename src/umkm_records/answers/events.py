"""What people did: append-only, and shaped as xAPI statements (actor, verb, object, result)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Final, Literal, cast, get_args
from uuid import UUID, uuid5

from sqlalchemy import (
    Select,
    String,
    Table,
    Text,
    Uuid,
    bindparam,
    exists,
    func,
    insert,
    select,
    type_coerce,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.sql.dml import ReturningInsert

from umkm_records.clock import moment
from umkm_records.database.rows import asked_of, enrolled_as, find_person, is_of
from umkm_records.database.storage import Records
from umkm_records.errors import UnknownParticipant
from umkm_records.tables import EventRow
from umkm_records.tables.columns import JsonText, UtcDateTime, dump_json

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
    detail, at = dict(detail or {}), moment(None)
    named = {name: value for name, value in detail.items() if name == "question"}
    new = {
        "new_verb": verb,
        "new_object": about[:200],
        "new_detail": detail,
        "new_at": at,
        "since": at - AGAIN_WITHIN,
        # As `dump_json` writes it; within a text of the detail, quotes would have backslashes.
        "question": dump_json(named)[1:-1] or '"question":',
    }
    if key:
        told = [participant.lower(), verb, about[:200], detail, key]
        new["new_uid"] = uuid5(_KEYS, dump_json(told))
    add = _add_event(is_of_question=bool(named), has_key=bool(key))
    with records.autocommit() as session:
        asked = asked_of(session, participant)
        try:
            added = session.scalars(add, asked | new).all()
        except IntegrityError:
            if key:  # Another request with this key was quicker.
                return
            raise
        if not added and session.scalar(_known(), asked) is None:
            raise UnknownParticipant


@cache
def _known() -> Select[int]:
    return select(enrolled_as().c.id)


@cache
def _add_event(*, is_of_question: bool, has_key: bool) -> ReturningInsert[int]:
    """Return an INSERT of an event, unless the last one of the same is the same, and recent.

    The same is the question, or the sheet beside its questions. With a key, its identifier is given.
    """
    me, row = enrolled_as(), EventRow
    verb, about = bindparam("new_verb", type_=String), bindparam("new_object", type_=String)
    detail, at = bindparam("new_detail", type_=JsonText), bindparam("new_at", type_=UtcDateTime)
    text = type_coerce(row.detail, Text)
    names_it = func.replace(text, bindparam("question", type_=String), "") != text
    last = (
        select(row.verb, row.detail)
        .where(
            is_of(me, row),
            row.object == about,
            # Not what an earlier date of the laptop has put into the future.
            row.at.between(bindparam("since", type_=UtcDateTime), at),
            names_it if is_of_question else ~names_it,
        )
        .order_by(row.id.desc())
        .limit(1)
        .subquery()
    )
    repeats = exists().where(last.c.verb == verb, last.c.detail == detail)
    event = select(me.c.id, me.c.cohort_id, verb, about, detail, at).where(~repeats)
    places = [row.participant_id, row.cohort_id, row.verb, row.object, row.detail, row.at]
    if has_key:
        uid = bindparam("new_uid", type_=Uuid)
        event = event.add_columns(uid).where(~exists().where(row.uid == uid))
        places.append(row.uid)
    # The table, not the class: with parameters, an INSERT of the class takes those for rows.
    table = cast("Table", row.__table__)
    return insert(table).from_select(places, event).returning(table.c.id)


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
        details = session.scalars(
            select(EventRow.detail).where(
                is_of(enrolled_as(), EventRow),
                EventRow.verb == "checked",
                EventRow.object == sheet,
            ),
            asked_of(session, participant),
        )
        checked = {
            detail.get("question")
            for detail in details
            if detail.get("verdict") not in {"empty", "refused"}
        }
    return [question for question in asked if question not in checked]
