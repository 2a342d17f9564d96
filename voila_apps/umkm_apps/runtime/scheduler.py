"""Periodic tasks in the event loop: one list, run until stopped, failures logged."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class PeriodicTask:
    """A task that runs every so many seconds; what blocks in it belongs in a thread."""

    name: str
    seconds: float
    run: Callable[[], Awaitable[None]]


class Scheduler:
    """Runs each task of a list at its period; a run that takes longer delays the next one of its task.

    asyncio's clock is monotonic: a changed system date does not stall anything here.
    """

    def __init__(self, tasks: Sequence[PeriodicTask]) -> None:
        self.tasks = tuple(tasks)
        self._running: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Start all tasks in the running loop; each runs at once, then at its period."""
        self._running = [asyncio.create_task(_repeat(task), name=task.name) for task in self.tasks]

    async def stop(self) -> None:
        """End all tasks, and return once they have ended."""
        running, self._running = self._running, []
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)


async def _repeat(task: PeriodicTask) -> None:
    clock = asyncio.get_running_loop().time
    failures = 0
    while True:
        due = clock() + task.seconds
        try:
            await task.run()
        except Exception:
            # A task that fails at every run must not fill the log.
            if failures == 0:
                _log.exception("Periodic task failed: %s", task.name)
            failures += 1
        else:
            if failures:
                _log.warning("Periodic task works again after %s failures: %s", failures, task.name)
            failures = 0
        await asyncio.sleep(max(0.0, due - clock()))
