"""Compute a question's row in the gradebook. Pure.

nbgrader's own rules (`SaveAutoGrades`) with three corrections, since nbgrader would keep the old
points of a changed text, queue empty texts, and ask again about every override at each grading
(docs/grading.md).
"""

from dataclasses import dataclass, replace

from umkm_grading.autograde.plan import Review, review


@dataclass(frozen=True)
class Mark:
    """A question's row in the gradebook: automatic and manual points, and whether it waits."""

    automatic: float | None = None
    manual: float | None = None
    waiting: bool = True
    extra: float = 0

    @property
    def points(self) -> float:
        """Return what the participant gets: manual points replace automatic ones."""
        given = self.automatic if self.manual is None else self.manual
        return 0 if given is None else given + self.extra


@dataclass(frozen=True)
class Change:
    """The digest of an answer now, and at the last grading; None where it was never graded."""

    now: str
    before: str | None


def score_text(old: Mark | None, change: Change) -> Mark:
    """Return the row of an answer that people mark: their points stay, with a flag where needed."""
    mark = old or Mark()
    match review(change.now, change.before):
        case Review.NOTHING_THERE:
            return replace(mark, manual=0, waiting=False)
        case Review.READ | Review.REREAD:
            # The 0 of an empty answer was automatic; no reviewer gave it.
            manual = None if change.before == "" else mark.manual
            return replace(mark, manual=manual, waiting=True)
        case Review.STANDS:
            return mark


def score_automatic(old: Mark | None, points: float | None, change: Change) -> Mark:
    """Return the row of an answer marked automatically; an override is asked about once."""
    manual, extra = (old.manual, old.extra) if old else (None, 0)
    if old is not None and change.now == change.before and not old.waiting and points is not None:
        asked = manual is not None and points != old.automatic
        return Mark(points, manual, waiting=asked, extra=extra)
    return Mark(points, manual, waiting=manual is not None or points is None, extra=extra)
