"""The outcomes and the progress of a grading run."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from umkm_grading.autograde.plan import Reason


@dataclass(frozen=True)
class GradeOutcome:
    """The outcome of one submission; `message` tells staff why it is not `ok`."""

    participant: str
    ok: bool
    points: float
    of: float
    waiting_for_human: bool
    message: str = ""
    cohort: str = ""
    assignment: str = ""
    reason: Reason = Reason.NEW
    log: str = ""
    #: Notes for staff about a trainee's own notebook.
    notes: tuple[str, ...] = ()
    seconds: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class GradeProgress:
    """The progress of a run; `outcome` is the newest, None at the start."""

    done: int
    total: int
    outcome: GradeOutcome | None = None


@dataclass(frozen=True)
class GradingRun:
    """All outcomes of a run; `left` submissions were not graded because it was stopped."""

    outcomes: tuple[GradeOutcome, ...]
    left: int = 0

    @property
    def failed(self) -> tuple[GradeOutcome, ...]:
        """Return the outcomes of submissions that could not be graded."""
        return tuple(outcome for outcome in self.outcomes if not outcome.ok)
