"""How a grading run is watched: a bar for people, JSON lines for programs and the log."""

from __future__ import annotations

import json
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Protocol

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from umkm_grading import GradeOutcome, GradeProgress

from .terminal import plain


class Watcher(Protocol):
    """Sees every step of a run."""

    def see(self, step: GradeProgress) -> None:
        """Take note of one step."""


class Bar:
    """A bar with pace and time left. It appears when the first step is seen."""

    def __init__(self, stack: ExitStack, console: Console) -> None:
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            _Pace(),
            TextColumn("sisa"),
            TimeRemainingColumn(),
        )
        self._progress = Progress(*columns, console=console)
        self._stack = stack
        self._failed = 0

    def see(self, step: GradeProgress) -> None:
        """Move the bar."""
        if not step.total:
            return
        if not self._progress.task_ids:
            # Its thread begins here, when the workers are already forked.
            self._stack.enter_context(self._progress)
            self._progress.add_task("Menilai", total=step.total)
        self._failed += step.outcome is not None and not step.outcome.ok
        words = f"Menilai ({self._failed} gagal)" if self._failed else "Menilai"
        (task,) = self._progress.task_ids
        self._progress.update(task, completed=step.done, description=words)


class Lines:
    """One JSON object a line: the plan, then every result with pace and seconds left."""

    def __init__(self, stack: ExitStack, path: Path | None = None) -> None:
        if path is None:
            self._file = sys.stdout
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = stack.enter_context(path.open("w", encoding="utf-8"))
        self._begin = time.monotonic()

    def see(self, step: GradeProgress) -> None:
        """Write the step down at once."""
        passed = time.monotonic() - self._begin
        line: dict[str, object] = {"done": step.done, "total": step.total}
        if step.outcome is None:
            line = {"event": "planned", **line}
        else:
            pace = step.done / passed if passed else 0.0
            left = (step.total - step.done) / pace if pace else 0.0
            line = {"event": "graded" if step.outcome.ok else "failed", **line}
            line |= {"per_second": round(pace, 2), "seconds_left": round(left, 1)}
            line |= _told(step.outcome)
        # In ASCII: no name or note can steer the terminal the log is read in, or lack an encoding.
        self._file.write(json.dumps(line) + "\n")
        self._file.flush()


def _told(outcome: GradeOutcome) -> dict[str, object]:
    return {
        "class": outcome.cohort,
        "assignment": outcome.assignment,
        "participant": outcome.participant,
        "why": str(outcome.reason),
        "points": outcome.points,
        "of": outcome.of,
        "waiting_for_human": outcome.waiting_for_human,
        "reason": outcome.message,
        "log": outcome.log,
        "notes": list(outcome.notes),
        "seconds": {step: round(took, 4) for step, took in outcome.seconds.items()},
    }


class _Pace(ProgressColumn):
    def render(self, task: Task) -> Text:
        pace = task.finished_speed or task.speed
        return plain("" if pace is None else f"{pace:.1f}/detik".replace(".", ","))
