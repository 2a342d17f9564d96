"""What a grading run tells while it works."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from umkm_grading.autograde.plan import Reason


@dataclass(frozen=True)
class GradeOutcome:
    """What became of one submission; `reason` says in plain words why it is not `ok`."""

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
    #: What staff should know of a trainee's own notebook.
    notes: tuple[str, ...] = ()
    seconds: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class GradeProgress:
    """How far a run is; `outcome` is what just came out, None at the very start."""

    done: int
    total: int
    outcome: GradeOutcome | None = None


@dataclass(frozen=True)
class GradingRun:
    """Everything a run did; `left` submissions remain because it was asked to stop."""

    outcomes: tuple[GradeOutcome, ...]
    left: int = 0

    @property
    def failed(self) -> tuple[GradeOutcome, ...]:
        """Return the outcomes of submissions that could not be graded."""
        return tuple(outcome for outcome in self.outcomes if not outcome.ok)
