"""Progress of a grading run: a bar for people, JSON lines for programs and the log."""

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


class Listener(Protocol):
    """Receives every step of a run."""

    def on_progress(self, step: GradeProgress) -> None:
        """Handle one step."""


class ProgressLine:
    """A progress bar with speed and time left, shown from the first step on."""

    def __init__(self, stack: ExitStack, console: Console) -> None:
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            _Speed(),
            TextColumn("sisa"),
            TimeRemainingColumn(),
        )
        self._progress = Progress(*columns, console=console)
        self._stack = stack
        self._failed = 0

    def on_progress(self, step: GradeProgress) -> None:
        """Update the bar."""
        if not step.total:
            return
        if not self._progress.task_ids:
            # Started only now: its thread must not exist when the workers are forked.
            self._stack.enter_context(self._progress)
            self._progress.add_task("Menilai", total=step.total)
        self._failed += step.outcome is not None and not step.outcome.ok
        words = f"Menilai ({self._failed} gagal)" if self._failed else "Menilai"
        (task,) = self._progress.task_ids
        self._progress.update(task, completed=step.done, description=words)


class JsonLines:
    """One JSON object a line: the plan, then every result with speed and seconds left."""

    def __init__(self, stack: ExitStack, path: Path | None = None) -> None:
        if path is None:
            self._file = sys.stdout
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = stack.enter_context(path.open("w", encoding="utf-8"))
        self._begin = time.monotonic()

    def on_progress(self, step: GradeProgress) -> None:
        """Write the step and flush."""
        passed = time.monotonic() - self._begin
        line: dict[str, object] = {"done": step.done, "total": step.total}
        if step.outcome is None:
            line = {"event": "planned", **line}
        else:
            speed = step.done / passed if passed else 0.0
            left = (step.total - step.done) / speed if speed else 0.0
            line = {"event": "graded" if step.outcome.ok else "failed", **line}
            line |= {"per_second": round(speed, 2), "seconds_left": round(left, 1)}
            line |= _outcome_fields(step.outcome)
        # ASCII, so that no name or note controls the terminal that shows the log, or fails to encode.
        self._file.write(json.dumps(line) + "\n")
        self._file.flush()


def _outcome_fields(outcome: GradeOutcome) -> dict[str, object]:
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


class _Speed(ProgressColumn):
    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return plain("" if speed is None else f"{speed:.1f}/detik".replace(".", ","))
