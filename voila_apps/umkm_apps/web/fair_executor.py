"""Executors for slow work (PIN hashes, photos): a bounded queue, shared fairly."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

#: Seconds after which the line has surely moved on.
RETRY_AFTER = 5
#: Of the threads that work: a flood of guesses keeps both cores of a laptop busy.
NICE = 10


def _give_way() -> None:
    """Set the priority of this thread below those that take answers, where threads have one of their own."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICE)


class QueueFull(Exception):
    """The queue is full; `RETRY_AFTER` seconds later it has moved on."""


class FairExecutor:
    """Runs jobs in threads of its own, so that the rest of the server stays free.

    Args:
        name: what its threads are called.
        workers: jobs that run at once.
        most: jobs that wait or run.
        most_of_one: of these, jobs of one person or address: nobody fills the line alone.
    """

    def __init__(self, name: str, workers: int, most: int, most_of_one: int) -> None:
        self._most, self._most_of_one = most, most_of_one
        self._jobs: Counter[str] = Counter()
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix=name, initializer=_give_way)

    async def run(self, whose: str, job: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return what a job of somebody gives.

        Raises:
            QueueFull: the line is full, and the job was not begun.
        """
        if self._jobs.total() >= self._most or self._jobs[whose] >= self._most_of_one:
            raise QueueFull
        self._jobs[whose] += 1
        try:
            return await asyncio.wrap_future(self._threads.submit(job, *args, **kwargs))
        finally:
            self._jobs[whose] -= 1
            # `+` leaves out those without a job.
            self._jobs = +self._jobs
