"""What is stored of one participant's sheet, read with one statement: what its page opens with."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from umkm_records.answers.drafts import StoredAnswer
from umkm_records.answers.events import Check, check_of
from umkm_records.database.facts import facts, read_facts
from umkm_records.database.rows import enrolled_as, is_of
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
    others = list(checks_on)
    draft, event, result, sent = DraftRow, EventRow, ResultRow, SubmissionRow
    with records.autocommit() as session:
        me = enrolled_as(session, participant)
        attempts = (
            select(sent.receipt, sent.submitted_at)
            .where(is_of(me, sent), sent.assignment == sheet)
            .order_by(sent.attempt.desc())
            .limit(1)
            .subquery()
        )
        asked = [
            facts(
                "draft",
                name=draft.question,
                detail=draft.writer,
                content=draft.answer,
                at=draft.acted_at,
            ).where(is_of(me, draft), draft.sheet == sheet),
            facts("result", name=result.assignment).where(
                is_of(me, result), result.assignment == sheet
            ),
            facts("sent", name=attempts.c.receipt, at=attempts.c.submitted_at),
        ]
        if others:
            # What one remembers does not begin anew with a class.
            mine = event.participant_id == me.c.id, event.verb == "checked"
            asked.append(
                facts(
                    "check", name=event.object, content=event.detail, number=event.id, at=event.at
                ).where(*mine, event.object.in_(others))
            )
        found = read_facts(session, *asked)
    checks = sorted(found["check"], key=lambda fact: (fact.at, fact.number))
    return StoredSheet(
        answers={
            fact.name: StoredAnswer(fact.content, fact.detail, fact.at) for fact in found["draft"]
        },
        is_closed=bool(found["result"]),
        receipt=next((LatestReceipt(fact.name, fact.at) for fact in found["sent"]), None),
        checks=[check_of(fact.name, fact.content, fact.at) for fact in checks],
    )
