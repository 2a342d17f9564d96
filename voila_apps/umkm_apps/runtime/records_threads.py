"""Executors for work with the records: outside the event loop, and for a limited time.

A database that hangs holds up its own requests alone. Whatever needs no records (static files,
`/sehat`) is answered meanwhile; whatever needs them is told to ask again.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, ParamSpec, TypeVar

from tornado import web

from umkm_records import StorageError
from umkm_records.errors import StorageLocked, StorageUnreachable

P = ParamSpec("P")
T = TypeVar("T")

#: Seconds that one piece of work with the records may take.
LIMIT: Final = 8.0
#: Seconds that it waits before for its turn: three hundred people who open a page at once are served
#: one after the other, which is no outage.
LONGEST_TURN: Final = 30.0
#: Failures in a row after which requests are refused at once, and the pause between two tries then.
MOST_FAILURES: Final = 3
PAUSE: Final = 2.0
#: Jobs that wait for their turn; more are refused.
MOST_WAITING: Final = 600
#: What a refused request is told to wait, in seconds.
RETRY_AFTER: Final = 3

_log = logging.getLogger(__name__)


class Unavailable(web.HTTPError):
    """503: the records do not answer now. `words` is for people, `wait` in seconds for programs."""

    def __init__(self, error: StorageError) -> None:
        super().__init__(503)
        self.words = error.for_people
        self.wait = RETRY_AFTER


class CircuitBreaker:
    """Refuses at once while the records do not answer, and lets one request try now and then."""

    def __init__(self, name: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._name, self._clock = name, clock
        self._failures = 0
        self._next_try = 0.0

    def check(self) -> None:
        """Raise where no request may use the records now.

        Raises:
            Unavailable: the last ones failed, and the next try is not due.
        """
        if self._failures < MOST_FAILURES:
            return
        now = self._clock()
        if now < self._next_try:
            raise Unavailable(StorageUnreachable())
        self._next_try = now + PAUSE  # this one tries; the others are refused meanwhile

    def failed(self, error: StorageError) -> None:
        """Record that a request got no answer."""
        self._failures += 1
        if self._failures == MOST_FAILURES:
            _log.error("Records do not answer (%s): %s", self._name, error)
            self._next_try = self._clock() + PAUSE

    def worked(self) -> None:
        """Record that a request got its answer."""
        if self._failures >= MOST_FAILURES:
            _log.warning("Records answer again (%s)", self._name)
        self._failures = 0


class TimeLimit:
    """A time limit for one kind of work with the records, behind a circuit breaker."""

    def __init__(self, name: str, seconds: float = LIMIT) -> None:
        self._seconds = seconds
        self._breaker = CircuitBreaker(name)

    async def wait_for(self, begin: Callable[[], Awaitable[T]]) -> T:
        """Return what some work gives that runs outside the event loop.

        Work that takes too long goes on, but nobody waits for it; what has not begun never does.

        Raises:
            Unavailable: the records do not answer, or too slowly; `begin` may not have been called.
        """
        self._breaker.check()
        try:
            async with asyncio.timeout(self._seconds):
                done = await begin()
        except TimeoutError:
            self._breaker.failed(StorageUnreachable())
            raise Unavailable(StorageUnreachable()) from None
        except StorageError as error:
            if not error.passing:
                raise
            if isinstance(error, StorageUnreachable):
                self._breaker.failed(error)
            raise Unavailable(error) from error
        except Exception:
            self._breaker.worked()  # Refused, for a reason that stands in the records.
            raise
        self._breaker.worked()
        return done


class RecordsExecutor:
    """A pool of threads for one kind of work with the records.

    Jobs take turns, first come, first served. While the records do not answer, those that wait are refused
    as soon as it is their turn.

    Args:
        name: what the work is called in the log and in the names of threads.
        workers: how many threads.
        seconds: how long one job may take, without its wait for a turn.
    """

    def __init__(self, name: str, workers: int, seconds: float = LIMIT) -> None:
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix=name)
        self._turns = asyncio.Semaphore(workers)
        self._limit = TimeLimit(name, seconds)
        self._waiting = 0

    async def run(self, job: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return what a job gives that uses the records, run in a thread.

        Raises:
            Unavailable: the records do not answer, or too slowly, or too many wait for them.
        """
        await self._take_turn()
        try:
            return await self._limit.wait_for(
                lambda: asyncio.wrap_future(self._threads.submit(job, *args, **kwargs))
            )
        finally:
            self._turns.release()

    async def _take_turn(self) -> None:
        if self._waiting >= MOST_WAITING:
            raise Unavailable(StorageLocked())
        self._waiting += 1
        try:
            async with asyncio.timeout(LONGEST_TURN):
                await self._turns.acquire()
        except TimeoutError:
            raise Unavailable(StorageLocked()) from None
        finally:
            self._waiting -= 1
