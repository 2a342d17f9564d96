"""Decides what grading has to do. Pure: no files, no clock, no nbgrader."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum


@dataclass(frozen=True)
class Waiting:
    """A submission that lies in the class; `receipt` is empty when its ticket is unreadable."""

    participant: str
    receipt: str
    #: Whether the notebook of the last grading still lies there.
    has_result: bool = True


@dataclass(frozen=True)
class Graded:
    """The last grading that went well: what was graded, and with which edition of the paper.

    `answers` holds the digest of every answer by question, so that a change is noticed.
    """

    receipt: str
    edition: str
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Past:
    """What is known of a participant's earlier gradings."""

    graded: Graded | None = None
    #: The receipt whose grading failed last; empty where none did.
    failed: str | None = None


class Why(StrEnum):
    """Why a submission is graded, in the words staff read."""

    NEW = "kiriman baru"
    RESENT = "dikirim ulang"
    EDITION = "soal atau kuncinya berubah"
    FAILED = "gagal sebelumnya"
    LOST = "hasil penilaiannya hilang"
    ASKED = "diminta dinilai ulang"


class Want(Enum):
    """Which submissions a run shall take up."""

    DUE = "whatever needs it"
    ONLY_NEW = "only what was never graded"
    ALL = "everything once more"


@dataclass(frozen=True)
class Step:
    """One submission to grade, and why."""

    participant: str
    why: Why


def plan(
    waiting: Iterable[Waiting],
    past: Mapping[str, Past],
    edition: str,
    want: Want = Want.DUE,
) -> list[Step]:
    """The submissions to grade, in the order of their codes, each with its reason."""
    steps = []
    for one in sorted(waiting, key=lambda one: one.participant):
        why = reason_to_grade(one, past.get(one.participant, Past()), edition)
        if want is Want.ALL:
            steps.append(Step(one.participant, why or Why.ASKED))
        elif why is not None and (want is Want.DUE or why is Why.NEW):
            steps.append(Step(one.participant, why))
    return steps


def reason_to_grade(waiting: Waiting, past: Past, edition: str) -> Why | None:
    """Why a submission has to be graded; None when its last grading still stands."""
    if past.failed is not None and past.failed == waiting.receipt:
        return Why.FAILED
    if past.graded is None:
        return Why.NEW
    if not waiting.receipt or past.graded.receipt != waiting.receipt:
        return Why.RESENT
    if past.graded.edition != edition:
        return Why.EDITION
    return None if waiting.has_result else Why.LOST


class Review(Enum):
    """What a person has to do about an answer that people mark."""

    STANDS = "what was decided before still stands"
    READ = "somebody has to read it"
    REREAD = "it changed after it was read: the old points are only a proposal"
    NOTHING_THERE = "no answer: 0 points, nobody needs to look"


def review(now: str, before: str | None) -> Review:
    """What a grading means for one hand-marked answer.

    Both are digests, `""` for an answer with nothing to read in it; `before` is None when it
    was never graded. nbgrader alone would keep the old points of a changed text and would
    queue empty texts (facts/jupyter.md 1, pitfall 2).
    """
    if now == before:
        return Review.STANDS
    if now == "":
        return Review.NOTHING_THERE
    return Review.REREAD if before else Review.READ
