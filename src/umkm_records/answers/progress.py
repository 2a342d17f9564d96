"""How far each participant is, read from their events, drafts, submissions and results."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute as _Column
from sqlalchemy.orm import Session

from umkm_records.clock import moment
from umkm_records.database.rows import current_cohort, find_person
from umkm_records.database.storage import Records
from umkm_records.people.profiles import Participant, members, profiles
from umkm_records.tables import DraftRow, EventRow, ResultRow, SubmissionRow

SheetState = Literal["unopened", "working", "done", "sent", "graded"]

# A sheet is in the furthest state that anything says of it. "done" is a completed lesson.
_STATES: tuple[SheetState, ...] = get_args(SheetState)
#: What an event says of its sheet; others say nothing.
STATE_BY_VERB: Mapping[str, SheetState] = {
    "opened": "working",
    "answered": "working",
    "checked": "working",
    "completed": "done",
}

_Sheets = dict[str, SheetState]


@dataclass(frozen=True)
class ProgressRow:
    """One person on the trainer's live page.

    `states` and `answered` have every sheet that was asked for; `last_sheet` is where the person
    did something last, if it was on a sheet; `idle_minutes` is whole minutes since then.
    """

    participant: Participant
    states: Mapping[str, SheetState]
    answered: Mapping[str, int]
    last_sheet: str | None
    last_activity: datetime
    idle_minutes: int


@dataclass(frozen=True)
class _Trace:
    """The last activity of a person on one sheet."""

    sheet: str
    at: datetime
    answered: int = 0


def sheet_state(records: Records, participant: str, sheet: str) -> SheetState:
    """Return how far a participant is with a sheet."""
    return sheet_states(records, participant).get(sheet, "unopened")


def sheet_states(records: Records, participant: str) -> dict[str, SheetState]:
    """Return how far a participant is with each sheet they touched; all others are "unopened"."""
    with records.read_session() as session:
        person = find_person(session, participant)
        if person is None:
            return {}
        return _states(session, [person.id], current_cohort(session, person.id))[person.id]


def class_progress(
    records: Records, cohort: str, sheets: Sequence[str], now: datetime | None = None
) -> list[ProgressRow]:
    """Return a row for each person of a class, by name, with a constant number of queries."""
    at = moment(now)
    with records.read_session() as session:
        people = members(session, cohort)
        ids = [person.id for person in people]
        states, traces = _states(session, ids, cohort), _traces(session, ids, cohort)
        views = profiles(session, people, cohort)
    return [
        _row(view, states[person.id], traces[person.id], sheets, at)
        for person, view in zip(people, views, strict=True)
    ]


def last_saved(records: Records, cohort: str) -> datetime | None:
    """Return when an answer of a class was last stored, or None while there is none."""
    with records.read_session() as session:
        ids = [person.id for person in members(session, cohort)]
        return session.scalar(
            select(func.max(DraftRow.saved_at)).where(
                DraftRow.participant_id.in_(ids), DraftRow.cohort_id == cohort
            )
        )


def _row(
    view: Participant,
    states: _Sheets,
    traces: Iterable[_Trace],
    sheets: Sequence[str],
    at: datetime,
) -> ProgressRow:
    answered = {trace.sheet: trace.answered for trace in traces if trace.answered}
    last = max(traces, key=lambda trace: trace.at, default=None)
    active = max(last.at, view.joined_at) if last else view.joined_at
    return ProgressRow(
        participant=view,
        states={sheet: states.get(sheet, "unopened") for sheet in sheets},
        answered={sheet: answered.get(sheet, 0) for sheet in sheets},
        last_sheet=last.sheet if last else None,
        last_activity=active,
        # A laptop's clock may have been set back since.
        idle_minutes=max(0, int((at - active).total_seconds() // 60)),
    )


def _states(session: Session, ids: Sequence[int], cohort: str) -> defaultdict[int, _Sheets]:
    found: defaultdict[int, _Sheets] = defaultdict(dict)
    who, what, verb = EventRow.participant_id, EventRow.object, EventRow.verb
    for person, sheet, done in session.execute(
        select(who, what, verb)
        .where(who.in_(ids), EventRow.cohort_id == cohort, verb.in_(STATE_BY_VERB))
        .distinct()
    ):
        further(found[person], sheet, STATE_BY_VERB[done])
    tables: tuple[tuple[SheetState, _Column[int], _Column[str], _Column[str]], ...] = (
        ("working", DraftRow.participant_id, DraftRow.cohort_id, DraftRow.sheet),
        ("sent", SubmissionRow.participant_id, SubmissionRow.cohort_id, SubmissionRow.assignment),
        ("graded", ResultRow.participant_id, ResultRow.cohort_id, ResultRow.assignment),
    )
    for state, person_of, class_of, sheet_of in tables:
        pairs = select(person_of, sheet_of).where(person_of.in_(ids), class_of == cohort)
        for person, sheet in session.execute(pairs.distinct()):
            further(found[person], sheet, state)
    return found


def further(sheets: dict[str, SheetState], sheet: str, state: SheetState) -> None:
    """Set the state of a sheet, unless it is in a further one."""
    sheets[sheet] = max(sheets.get(sheet, "unopened"), state, key=_STATES.index)


def _traces(session: Session, ids: Sequence[int], cohort: str) -> defaultdict[int, list[_Trace]]:
    found: defaultdict[int, list[_Trace]] = defaultdict(list)
    who, what = EventRow.participant_id, EventRow.object
    events = select(who, what, func.max(EventRow.at)).where(
        who.in_(ids), EventRow.cohort_id == cohort, EventRow.verb != "registered"
    )
    for person, sheet, at in session.execute(events.group_by(who, what)):
        found[person].append(_Trace(sheet, at))
    who, what = DraftRow.participant_id, DraftRow.sheet
    count = func.count().filter(DraftRow.answered)
    drafts = select(who, what, func.max(DraftRow.saved_at), count).where(
        who.in_(ids), DraftRow.cohort_id == cohort
    )
    for person, sheet, at, answered in session.execute(drafts.group_by(who, what)):
        found[person].append(_Trace(sheet, at, answered))
    return found
