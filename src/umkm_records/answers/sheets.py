"""What is stored of one participant's sheet, read with one statement: what its page opens with."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, CompoundSelect, String, bindparam, select, union_all

from umkm_records.answers.drafts import StoredAnswer
from umkm_records.answers.events import Check, check_of
from umkm_records.database.facts import facts, read_facts
from umkm_records.database.rows import asked_of, enrolled_as, is_of
from umkm_records.database.storage import Records
from umkm_records.tables import DraftRow, EventRow, ResultRow, SubmissionRow


@dataclass(frozen=True)
class LatestReceipt:
    """The code of the last attempt that was sent, and when."""

    code: str
    submitted_at: datetime


@dataclass(frozen=True)
class StoredSheet:
    """What is stored of a sheet; `checks` are those on the other sheets that were asked for."""

    answers: Mapping[str, StoredAnswer]
    is_closed: bool
    receipt: LatestReceipt | None
    checks: Sequence[Check]


def read_sheet(
    records: Records, participant: str, sheet: str, checks_on: Iterable[str] = ()
) -> StoredSheet:
    """Return what is stored of a participant's sheet; nothing for somebody unknown.

    Args:
        records: the open records.
        participant: whose sheet.
        sheet: an assignment's name, or `<course>/<lesson>` for practice.
        checks_on: sheets whose checks are asked for, in all classes (`checks_of`).
    """
    with records.autocommit() as session:
        asked = {"asked_sheet": sheet, "asked_checks": list(checks_on)}
        found = read_facts(session, _everything(), asked_of(session, participant) | asked)
    checks = sorted(found["check"], key=lambda fact: (fact.at, fact.number))
    return StoredSheet(
        answers={
            fact.name: StoredAnswer(fact.content, fact.detail, fact.at) for fact in found["draft"]
        },
        is_closed=bool(found["result"]),
        receipt=next((LatestReceipt(fact.name, fact.at) for fact in found["sent"]), None),
        checks=[check_of(fact.name, fact.content, fact.at) for fact in checks],
    )


@cache
def _everything() -> CompoundSelect[Any]:
    me, sheet = enrolled_as(), bindparam("asked_sheet", type_=String)
    draft, event, result, sent = DraftRow, EventRow, ResultRow, SubmissionRow
    latest = (
        select(sent.receipt, sent.submitted_at)
        .where(is_of(me, sent), sent.assignment == sheet)
        .order_by(sent.attempt.desc())
        .limit(1)
        .subquery()
    )
    answers = facts(
        "draft", name=draft.question, detail=draft.writer, content=draft.answer, at=draft.acted_at
    )
    checks = facts("check", name=event.object, content=event.detail, number=event.id, at=event.at)
    others: BindParameter[Any] = bindparam("asked_checks", expanding=True)
    return union_all(
        answers.where(is_of(me, draft), draft.sheet == sheet),
        facts("result", name=result.assignment).where(
            is_of(me, result), result.assignment == sheet
        ),
        facts("sent", name=latest.c.receipt, at=latest.c.submitted_at),
        # What one remembers does not begin anew with a class.
        checks.where(
            event.participant_id == me.c.id, event.verb == "checked", event.object.in_(others)
        ),
    )
