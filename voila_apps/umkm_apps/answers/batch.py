"""Batches of changes as a page sends them: parsed, checked, stored, with a result for each.

The durable way of an answer, which needs no kernel. Nothing a browser sends is believed: who sends
is what the login says, which questions there are says the catalogue, and when something was done
is bounded by this laptop's clock.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from umkm import UmkmError
from umkm.exercise import clean_answer
from umkm_records import ChangeId, DraftKey, Records, SheetClosed, StorageError, save_draft
from umkm_records.errors import DraftRefused

#: Changes in one request; a page with more sends them one after the other.
MOST_CHANGES = 50
#: Bytes of one request: the largest answer there is, and room for a few more.
LARGEST_BODY = 200_000

#: Lists and objects in one request, and values that stand in them. Fifty answers with the largest tables
#: have some thousands; a body made to be slow to read has ten times as many.
MOST_LISTS = 5_000
MOST_VALUES = 20_000

_NOT_ASKED = "Soal ini tidak ada di lembar ini. Muat ulang halaman."
_MALFORMED = "Jawaban ini tidak terbaca. Silakan jawab lagi."

#: "replaced": kept by its page alone, since another page's newer answer stands. "refused": cannot
#: be kept as it is. "waiting": could not be kept now; the page asks again later.
ChangeStatus = Literal["saved", "replaced", "refused", "waiting"]


class MalformedBatch(UmkmError):
    """A request that no page of ours sends."""

    def __init__(self) -> None:
        super().__init__("Kiriman ini tidak terbaca. Muat ulang halaman, lalu coba lagi.")


@dataclass(frozen=True)
class Change:
    """One change of an answer: its question, content, writer and sequence number."""

    question: str
    answer: object
    writer: str
    seq: int
    acted_at: datetime


@dataclass(frozen=True)
class Batch:
    """The changes of one request, and the participant that the page names."""

    participant: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class ChangeResult:
    """The result of a change; where it was replaced, `answer` is what is stored and `writer` whose."""

    change: Change
    status: ChangeStatus
    message: str = ""
    answer: object = None
    writer: str = ""

    def to_json(self) -> dict[str, object]:
        """Return the outcome as the page reads it."""
        told: dict[str, object] = {
            "question": self.change.question,
            "writer": self.change.writer,
            "seq": self.change.seq,
            "state": self.status,
        }
        if self.status == "replaced":
            told |= {"answer": self.answer, "by": self.writer}
        return told | ({"message": self.message} if self.message else {})


@dataclass(frozen=True)
class AnswerSheet:
    """The questions of a sheet, its name in the records, and whether an answer fits a question."""

    name: str
    questions: frozenset[str]
    fits: Callable[[str, object], bool]


def read_batch(body: bytes, received: datetime) -> Batch:
    """Read the JSON of a request.

    Raises:
        MalformedBatch: it is anything else than what our page sends.
    """
    if body.count(b"[") + body.count(b"{") > MOST_LISTS or body.count(b",") > MOST_VALUES:
        raise MalformedBatch
    try:
        sent = json.loads(body)
        return Batch(_text(sent["participant"]), tuple(read_changes(sent, received)))
    except (ValueError, KeyError, TypeError, RecursionError):
        raise MalformedBatch from None


def read_changes(sent: Mapping[str, Any], received: datetime) -> Iterator[Change]:
    """Read the list `changes` of a page, made when the page's clock showed `clock`.

    Raises:
        ValueError, KeyError, TypeError: it is anything else than what our page makes.
    """
    ahead = _ahead(sent["clock"], received)
    changes = sent["changes"]
    if not isinstance(changes, list) or len(changes) > MOST_CHANGES:
        raise ValueError
    for change in changes:
        yield Change(
            _text(change["question"]),
            clean_answer(change["answer"]),
            _text(change["writer"]),
            _whole(change["seq"]),
            _moment(change["acted"], received, ahead),
        )


def keep_changes(
    records: Records, participant: str, sheet: AnswerSheet, changes: Iterable[Change]
) -> list[ChangeResult]:
    """Store each change; when an outcome says "saved", it would survive a power cut.

    Raises:
        UnknownParticipant: nobody has this code any more.
    """
    outcomes: list[ChangeResult] = []
    trouble = ""
    for change in changes:
        if trouble:
            # A disk that is full for one answer is full for the next.
            outcomes.append(ChangeResult(change, "waiting", trouble))
            continue
        outcome = _keep(records, participant, sheet, change)
        trouble = outcome.message if outcome.status == "waiting" else ""
        outcomes.append(outcome)
    return outcomes


def _keep(records: Records, participant: str, sheet: AnswerSheet, change: Change) -> ChangeResult:
    if change.question not in sheet.questions:
        return ChangeResult(change, "refused", _NOT_ASKED)
    if not sheet.fits(change.question, change.answer):
        return ChangeResult(change, "refused", _MALFORMED)
    key = DraftKey(participant, sheet.name, change.question)
    stamp = ChangeId(change.writer, change.seq, change.acted_at)
    try:
        saved = save_draft(records, key, change.answer, stamp)
    except (DraftRefused, SheetClosed) as error:
        return ChangeResult(change, "refused", str(error))
    except StorageError as error:
        return ChangeResult(change, "waiting", error.for_people)
    if saved.conflict:
        return ChangeResult(change, "replaced", answer=saved.answer, writer=saved.writer)
    return ChangeResult(change, "saved")


def in_milliseconds(moment: datetime) -> int:
    """Return a moment as a browser counts it."""
    return round(moment.timestamp() * 1000)


def _ahead(clock: object, received: datetime) -> timedelta:
    """Return how far a page's clock is ahead of ours; one that is behind was under way, or slept."""
    return max(_from_milliseconds(clock) - received, timedelta(0))


def _moment(acted: object, received: datetime, ahead: timedelta) -> datetime:
    return min(_from_milliseconds(acted) - ahead, received)


def _from_milliseconds(value: object) -> datetime:
    milliseconds = _whole(value)
    # The years 2000 to 2100: everything else is no clock's time.
    if not 946_684_800_000 <= milliseconds <= 4_102_444_800_000:
        raise ValueError
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value
