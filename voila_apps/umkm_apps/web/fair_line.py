"""The line before argon2, which is slow on purpose: of bounded length, and shared fairly."""

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

#: Jobs that wait or run at once; a job takes some 25 ms on the laptop we think of.
MOST_JOBS = 40
#: Of these, jobs of one address: nobody fills the line alone.
MOST_OF_ONE = 20
#: Seconds after which the line has surely moved on.
RETRY_AFTER = 5
#: Of the threads that hash: a flood of guesses keeps both cores of a laptop busy.
NICE = 10


def _give_way() -> None:
    """Set the priority of this thread below those that take answers, where threads have one of their own."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICE)


class TooManyAtOnce(Exception):
    """The line is full; asked again after `RETRY_AFTER` seconds, it has moved on."""


class HashingLine:
    """Runs jobs that hash in threads of their own, two at once: the rest of the server stays free."""

    def __init__(self, most: int = MOST_JOBS, most_of_one: int = MOST_OF_ONE) -> None:
        self._most, self._most_of_one = most, most_of_one
        self._jobs: Counter[str] = Counter()
        self._threads = ThreadPoolExecutor(
            max_workers=2, thread_name_prefix="pin", initializer=_give_way
        )

    async def run(self, address: str, job: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return what a job of somebody at this address gives.

        Raises:
            TooManyAtOnce: the line is full, and the job was not begun.
        """
        if self._jobs.total() >= self._most or self._jobs[address] >= self._most_of_one:
            raise TooManyAtOnce
        self._jobs[address] += 1
        try:
            return await asyncio.wrap_future(self._threads.submit(job, *args, **kwargs))
        finally:
            self._jobs[address] -= 1
            # `+` leaves out those without a job.
            self._jobs = +self._jobs
