"""Checker of a fault run: compare what pages acknowledged with what the records hold."""

from __future__ import annotations

import re
import time
from collections import Counter
from dataclasses import dataclass, field

from sqlalchemy import text

from umkm_records import Records, load_drafts

#: A tab that is killed this soon after a letter may take it along (docs/sync.md).
INSTANT = 0.3


def number_in(answer: object) -> int:
    """Return the number of an answer such as `jawaban 7` or `Rp7`; the last one if there are two.

    Playwright selects the text of a field and then types: if the page shows a stored answer between
    the two, the new answer is appended to it.
    """
    numbers = re.findall(r"\d+", str(answer or ""))
    return int(numbers[-1]) if numbers else 0


@dataclass
class FaultCounts:
    """Counts of one kind of fault."""

    runs: int = 0
    acknowledged: int = 0
    lost: int = 0
    missing: int = 0
    duplicates: int = 0
    broken_off: int = 0


@dataclass
class Written:
    """An answer that was typed: its number, and when typing began and ended."""

    question: str
    number: int
    began: float
    ended: float


@dataclass
class Promises:
    """What one participant typed, and what their pages acknowledged."""

    code: str
    count: int = 0
    written: list[Written] = field(default_factory=list)
    #: When a page of theirs was closed or reloaded.
    closed: list[float] = field(default_factory=list)
    #: Question -> the newest answer shown as stored (*Tersimpan*), or as safe on the phone.
    saved: Counter[str] = field(default_factory=Counter)
    held: Counter[str] = field(default_factory=Counter)
    receipts: set[str] = field(default_factory=set)
    acknowledged: int = 0

    def on_state(self, state: str, question: str, answer: str) -> None:
        """Record the state that a page shows of an answer."""
        number = number_in(answer)
        newest = self.saved if state == "saved" else self.held
        if number > newest[question]:
            newest[question] = number
            self.acknowledged += state == "saved"

    def wrote(self, question: str, number: int, began: float) -> None:
        """Record an answer that is in its field."""
        self.written.append(Written(question, number, began, time.monotonic()))

    def due(self, question: str) -> int:
        """Return the newest answer that must be in the records by the end of a run."""
        sure = (
            each.number
            for each in self.written
            if each.question == question
            and not any(each.began <= at <= each.ended + INSTANT for at in self.closed)
        )
        return max(self.held[question], *sure, 0)


def receipts_of(records: Records, code: str) -> list[str]:
    """Return the receipts of all submissions of a participant, in order."""
    query = text(
        "SELECT s.receipt FROM submission s JOIN participant p ON p.id = s.participant_id"
        " WHERE p.code = :code ORDER BY s.id"
    )
    with records.read_session() as session:
        return list(session.scalars(query, {"code": code}))


def compare(
    records: Records, promises: Promises, sheet: str, shown: dict[str, str]
) -> dict[str, list[str]]:
    """Return what is `lost` (was acknowledged), `missing` (was held on the phone) or `old` (is shown).

    Args:
        records: The records.
        promises: What was acknowledged to one participant.
        sheet: The assignment.
        shown: What the page shows at the end, by question.
    """
    kept = load_drafts(records, promises.code, sheet)
    broken: dict[str, list[str]] = {"lost": [], "missing": [], "old": []}
    for question, value in shown.items():
        stored = number_in(kept.get(question))
        what = f"{promises.code} {question}: {stored} in the records"
        if stored < promises.saved[question]:
            broken["lost"].append(f"{what}, {promises.saved[question]} was Tersimpan")
        elif stored < promises.due(question):
            broken["missing"].append(f"{what}, {promises.due(question)} was written")
        elif stored != number_in(value):
            broken["old"].append(f"{what}, {value!r} is shown")
    for receipt in promises.receipts.difference(receipts_of(records, promises.code)):
        broken["lost"].append(f"{promises.code}: receipt {receipt}")
    return broken
