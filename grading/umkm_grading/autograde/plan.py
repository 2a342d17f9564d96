"""Decide what has to be graded. Pure: no files, no clock, no nbgrader."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum


@dataclass(frozen=True)
class PendingSubmission:
    """A submission in the class folder; `receipt` is empty when its manifest is unreadable."""

    participant: str
    receipt: str
    #: Whether the executed notebook of the last grading exists.
    has_result: bool = True


@dataclass(frozen=True)
class LastGrading:
    """The last successful grading: which receipt, with which edition of the assignment.

    `answers` holds the digest of each answer by question, to detect changes.
    """

    receipt: str
    edition: str
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class GradingHistory:
    """What is known of a participant's earlier gradings."""

    graded: LastGrading | None = None
    #: The receipt whose grading failed last; empty where none did.
    failed: str | None = None


class Reason(StrEnum):
    """Why a submission is graded, in the words staff read."""

    NEW = "kiriman baru"
    RESENT = "dikirim ulang"
    EDITION = "soal atau kuncinya berubah"
    FAILED = "gagal sebelumnya"
    LOST = "hasil penilaiannya hilang"
    ASKED = "diminta dinilai ulang"


class Scope(Enum):
    """Which submissions a run grades."""

    DUE = "whatever needs it"
    ONLY_NEW = "only what was never graded"
    ALL = "everything once more"


@dataclass(frozen=True)
class PlannedGrading:
    """One submission to grade, and why."""

    participant: str
    reason: Reason


def plan(
    pending: Iterable[PendingSubmission],
    history: Mapping[str, GradingHistory],
    edition: str,
    scope: Scope = Scope.DUE,
) -> list[PlannedGrading]:
    """Return the submissions to grade, ordered by participant, each with its reason."""
    planned = []
    for one in sorted(pending, key=lambda one: one.participant):
        reason = reason_to_grade(one, history.get(one.participant, GradingHistory()), edition)
        if scope is Scope.ALL:
            planned.append(PlannedGrading(one.participant, reason or Reason.ASKED))
        elif reason is not None and (scope is Scope.DUE or reason is Reason.NEW):
            planned.append(PlannedGrading(one.participant, reason))
    return planned


def reason_to_grade(
    pending: PendingSubmission, history: GradingHistory, edition: str
) -> Reason | None:
    """Return why a submission has to be graded; None when its last grading is still valid."""
    if history.failed is not None and history.failed == pending.receipt:
        return Reason.FAILED
    if history.graded is None:
        return Reason.NEW
    if not pending.receipt or history.graded.receipt != pending.receipt:
        return Reason.RESENT
    if history.graded.edition != edition:
        return Reason.EDITION
    return None if pending.has_result else Reason.LOST


class Review(Enum):
    """What a person has to do about an answer that people mark."""

    STANDS = "what was decided before still stands"
    READ = "somebody has to read it"
    REREAD = "it changed after it was read: the old points are only a proposal"
    NOTHING_THERE = "no answer: 0 points, nobody needs to look"


def review(now: str, before: str | None) -> Review:
    """Return what a reviewer has to do about one hand-marked answer.

    Both are digests, `""` for an answer with nothing to read in it; `before` is None when it
    was never graded. nbgrader alone would keep the old points of a changed text and would
    queue empty texts.
    """
    if now == before:
        return Review.STANDS
    if now == "":
        return Review.NOTHING_THERE
    return Review.REREAD if before else Review.READ
