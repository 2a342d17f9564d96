"""Decides what grading has to do. Pure: no files, no clock, no nbgrader."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum


@dataclass(frozen=True)
class Waiting:
    """A submission that lies in the class; `receipt` is empty when its ticket is unreadable."""

    participant: str
    receipt: str


@dataclass(frozen=True)
class Graded:
    """The last grading that went well: what was graded, and with which edition of the paper.

    `answers` holds the digest of every answer by question, so that a change is noticed.
    """

    receipt: str
    edition: str
    answers: Mapping[str, str] = field(default_factory=dict)


def plan(waiting: Iterable[Waiting], graded: Mapping[str, Graded], edition: str) -> list[Waiting]:
    """The submissions to grade: new ones, changed ones, and all of them after a new edition."""
    return sorted(
        (
            one
            for one in waiting
            if not is_current(one.receipt, graded.get(one.participant), edition)
        ),
        key=lambda one: one.participant,
    )


def is_current(receipt: str, graded: Graded | None, edition: str) -> bool:
    """Whether a grading still stands for the submission that lies there now."""
    return (
        graded is not None
        and receipt != ""
        and (graded.receipt, graded.edition) == (receipt, edition)
    )


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
