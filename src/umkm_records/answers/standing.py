"""Where a participant stands: what their class is taught, which tests are open, how far each sheet is.

Read with one statement, for the pages that show it and for each address that names an assignment.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import CTE, CompoundSelect, Select, func, select, union_all

from umkm_records.answers.drafts import is_answered
from umkm_records.answers.progress import STATE_BY_VERB, SheetState, further
from umkm_records.classes import CourseTest, CourseTestWindow
from umkm_records.database.facts import Fact, facts, read_facts
from umkm_records.database.rows import asked_of, enrolled_as, is_of
from umkm_records.database.storage import Records
from umkm_records.errors import UnknownParticipant
from umkm_records.tables import (
    CohortCourseRow,
    CohortRow,
    CourseTestWindowRow,
    DraftRow,
    EventRow,
    ResultRow,
    SubmissionRow,
)


@dataclass(frozen=True)
class Standing:
    """What decides what a participant may see and do now, in their class.

    `courses` are slugs, in the order of the class; `states` has the sheets that they touched, all
    others are "unopened"; `receipts` has the code of the latest submission of each assignment;
    `unsent` are the assignments whose answers were changed after they were sent.
    """

    class_title: str
    courses: tuple[str, ...]
    half: int
    windows: Mapping[tuple[str, CourseTest], CourseTestWindow]
    states: Mapping[str, SheetState]
    receipts: Mapping[str, str]
    unsent: frozenset[str]


def read_standing(records: Records, participant: str) -> Standing:
    """Return where a participant stands.

    Raises:
        UnknownParticipant: nobody has this code, or they are in no class.
    """
    with records.autocommit() as session:
        found = read_facts(session, _everything(), asked_of(session, participant))
    if not found["me"]:
        raise UnknownParticipant
    return Standing(
        class_title=found["class"][0].name,
        courses=tuple(fact.name for fact in sorted(found["course"], key=lambda f: f.number)),
        half=found["me"][0].number,
        windows={
            (fact.name, fact.detail): CourseTestWindow(fact.name, fact.detail, fact.at, fact.until)
            for fact in found["window"]
        },
        states=_states(found),
        receipts={fact.name: fact.detail for fact in found["sent"]},
        unsent=_unsent(found),
    )


@cache
def _everything() -> CompoundSelect[Any]:
    me = enrolled_as()
    return union_all(*_of_class(me), *_of_person(me))


def _of_class(me: CTE) -> list[Select[Any]]:
    taught, window = CohortCourseRow, CourseTestWindowRow
    return [
        facts("me", number=me.c.half),
        facts("class", name=CohortRow.title).where(CohortRow.id == me.c.cohort_id),
        facts("course", name=taught.course, number=taught.position).where(
            taught.cohort_id == me.c.cohort_id
        ),
        facts(
            "window",
            name=window.course,
            detail=window.sitting,
            at=window.opened_at,
            until=window.closed_at,
        ).where(window.cohort_id == me.c.cohort_id),
    ]


def _of_person(me: CTE) -> list[Select[Any]]:
    event, draft, sent, result = EventRow, DraftRow, SubmissionRow, ResultRow
    other = SubmissionRow.__table__.alias("other")
    last = (
        select(func.max(other.c.attempt))
        .where(is_of(me, other.c), other.c.assignment == sent.assignment)
        .scalar_subquery()
    )
    was_sent = draft.sheet.in_(select(other.c.assignment).where(is_of(me, other.c)))
    return [
        facts("event", name=event.object, detail=event.verb)
        .where(is_of(me, event), event.verb.in_(STATE_BY_VERB))
        .distinct(),
        facts("draft", name=draft.sheet).where(is_of(me, draft)).distinct(),
        # Answers are read of those sheets alone where they may differ from what was sent.
        facts("answer", name=draft.sheet, detail=draft.question, content=draft.answer).where(
            is_of(me, draft), was_sent
        ),
        facts("sent", name=sent.assignment, detail=sent.receipt, content=sent.answers).where(
            is_of(me, sent), sent.attempt == last
        ),
        facts("result", name=result.assignment).where(is_of(me, result)),
    ]


def _states(found: Mapping[str, Sequence[Fact]]) -> dict[str, SheetState]:
    states: dict[str, SheetState] = {}
    for fact in found["event"]:
        further(states, fact.name, STATE_BY_VERB[fact.detail])
    kinds: tuple[tuple[str, SheetState], ...] = (
        ("draft", "working"),
        ("sent", "sent"),
        ("result", "graded"),
    )
    for kind, state in kinds:
        for fact in found[kind]:
            further(states, fact.name, state)
    return states


def _unsent(found: Mapping[str, Sequence[Fact]]) -> frozenset[str]:
    """Return the assignments changed after they were sent; what was sent is what is graded."""
    kept = defaultdict[str, dict[str, Any]](dict)
    for fact in found["answer"]:
        kept[fact.name][fact.detail] = fact.content
    return frozenset(fact.name for fact in found["sent"] if _differ(fact.content, kept[fact.name]))


def _differ(sent: Mapping[str, Any], kept: Mapping[str, Any]) -> bool:
    return any(kept.get(question) != answer for question, answer in sent.items()) or any(
        is_answered(answer) and question not in sent for question, answer in kept.items()
    )
