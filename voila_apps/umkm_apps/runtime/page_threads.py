"""Threads in which in-process pages work: the event loop never waits for what a page calculates.

A page does one thing at a time, in the order in which its messages came; pages take turns. Work that
uses the processor for longer than its budget is interrupted, which ends that message and no page.
"""

from __future__ import annotations

import asyncio
import ctypes
import logging
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Lock, get_ident
from typing import Final, TypeVar

from umkm.errors import InputError

T = TypeVar("T")

#: Seconds of the processor that a page may use for one message. The slowest of ours, a statement of
#: thousands of rows, is not calculated here but in a worker process.
BUDGET: Final = 5.0
#: The same by the clock, where a system does not tell how much of the processor a thread used.
BUDGET_BY_CLOCK: Final = 60.0

_log = logging.getLogger(__name__)


class OverBudget(InputError):
    """Raised in a page's work that has used the processor for too long."""

    def __init__(self) -> None:
        super().__init__(
            "Ini terlalu banyak untuk dihitung sekaligus. Kurangi isinya, lalu coba lagi."
        )


#: Seconds until work is interrupted once more that has taken the first time for an error of its own;
#: twice as long after each, so that none comes while the one before is being dealt with.
_AGAIN: Final = 1.0


@dataclass(eq=False)
class _Running:
    """What a thread is at: since when by the clock, and how much of the processor it had used."""

    thread: int
    began: float
    used: float | None
    #: Not to be interrupted before this; how long it is spared after the next interrupt.
    spared_until: float = 0.0
    spare: float = _AGAIN
    was_interrupted: bool = False


class PageThreads:
    """A pool of threads that in-process pages share.

    Args:
        name: what its threads are called.
        workers: how many pages work at once.
        budget: seconds of the processor that one job may use.
        rendering: how many pages are rendered at once; as many as there are threads, unless said.
    """

    def __init__(
        self, name: str, workers: int, budget: float = BUDGET, rendering: int | None = None
    ) -> None:
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix=name)
        #: Turns at rendering. While a whole class opens a page, an answer waits for pieces of a few pages,
        #: not of all.
        self.rendering = asyncio.Semaphore(rendering or workers)
        self._budget = budget
        self._running: dict[int, _Running] = {}
        self._lock = Lock()

    def submit(self, job: Callable[[], None]) -> None:
        """Run a job in one of the threads; it raises nothing."""
        self._pool.submit(job)

    def work(self, job: Callable[[], None]) -> None:
        """Run a job in this thread within its budget; what it raises is logged."""
        me = get_ident()
        running = _Running(me, time.monotonic(), _used_by(me))
        try:
            self._work(running, job)
        except OverBudget:
            # A busy machine may interrupt once more while the first interrupt is being dealt with.
            self._end(running)

    def _work(self, running: _Running, job: Callable[[], None]) -> None:
        try:
            try:
                with self._lock:
                    self._running[running.thread] = running
                job()
            finally:
                self._end(running)
        except OverBudget:
            self._end(running)
            _log.warning("A page's message was ended: over its budget of %s s", self._budget)
        except Exception:
            _log.exception("A page's message failed")

    def _end(self, running: _Running) -> None:
        with self._lock:
            self._running.pop(running.thread, None)
        if running.was_interrupted:
            _take_interrupt(running.thread)

    def interrupt_overdue(self) -> None:
        """End the jobs that are over their budget; called every half second."""
        now = time.monotonic()
        with self._lock:
            for thread, job in self._running.items():
                if now >= job.spared_until and self._is_over(job, now):
                    # What cleans up after it has a moment for that.
                    job.spared_until = now + job.spare
                    job.spare *= 2
                    job.was_interrupted = True
                    _interrupt(thread, OverBudget)

    def _is_over(self, job: _Running, now: float) -> bool:
        used = _used_by(job.thread)
        if used is None or job.used is None:
            return now - job.began > BUDGET_BY_CLOCK
        return used - job.used > self._budget

    def close(self) -> None:
        """Run nothing more; what is running goes on to its end."""
        self._pool.shutdown(wait=False, cancel_futures=True)


class PageQueue:
    """The jobs of one page: one at a time, in order."""

    def __init__(self, threads: PageThreads) -> None:
        self._threads = threads
        self._jobs: deque[Callable[[], None]] = deque()
        self._lock = Lock()
        self._is_running = False

    def put(self, job: Callable[[], None]) -> None:
        """Add a job; it begins when those before it have ended."""
        with self._lock:
            self._jobs.append(job)
            if self._is_running:
                return
            self._is_running = True
        self._threads.submit(self._run_next)

    def _run_next(self) -> None:
        with self._lock:
            job = self._jobs.popleft()
        self._threads.work(job)
        with self._lock:
            self._is_running = bool(self._jobs)
            if not self._is_running:
                return
        # Behind the jobs of other pages.
        self._threads.submit(self._run_next)

    async def run(self, job: Callable[[], T]) -> T:
        """Return what a job gives, without holding up the event loop."""
        loop = asyncio.get_running_loop()
        done: asyncio.Future[T] = loop.create_future()

        def tell(value: T | None, error: BaseException | None) -> None:
            if done.done():  # whoever asked has left
                return
            if error is None:
                done.set_result(value)  # type: ignore[arg-type]  # the value of this T
            else:
                done.set_exception(error)

        def work() -> None:
            try:
                loop.call_soon_threadsafe(tell, job(), None)
            except Exception as error:
                loop.call_soon_threadsafe(tell, None, error)

        self.put(work)
        return await done


def _used_by(thread: int) -> float | None:
    """Return the processor time that a thread has used, in seconds; None where no system tells."""
    try:
        return time.clock_gettime(time.pthread_getcpuclockid(thread))
    except (AttributeError, OSError):  # Windows and macOS have no such clock
        return None


def _interrupt(thread: int, error: type[Exception]) -> None:
    """Raise an exception in a thread at its next step."""
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(error))


def _take_interrupt(thread: int) -> None:
    """Take an interrupt of this thread that may still be on its way, so that it reaches no other work.

    One that is only taken back (SetAsyncExc with NULL) leaves Python 3.11 looking for it at each step
    of every thread from then on: slower, and two traced threads stand still for ever.
    """
    try:
        _interrupt(thread, OverBudget)  # in place of the one that may be there
        while True:
            pass
    except OverBudget:
        return
