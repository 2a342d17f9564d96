"""Worker processes for what takes long or much memory: files that are read, and files that are made.

Workers are spawned, never forked: a server with threads cannot be forked safely. Each job is limited in
time and memory; a worker that is over its time is killed, and only that one, which
`concurrent.futures.ProcessPoolExecutor` cannot do: there the whole pool breaks. So the pool is Pebble's.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, InvalidStateError
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Lock, Timer
from typing import Final, TypeVar, TypeVarTuple

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from umkm.errors import UmkmError

from .settings import DATABASE

BUSY: Final = "Sedang ramai. Tunggu sebentar, lalu coba lagi."
TOO_MUCH: Final = (
    "Berkas ini terlalu besar untuk laptop kelas. Bagi dulu menjadi dua, lalu coba lagi."
)
STOPPED: Final = "Pekerjaan ini terhenti sebelum selesai. Coba sekali lagi. Kalau tetap begini, beri tahu pelatih Anda."
MB: Final = 1024 * 1024
#: How much a worker gives way to the server, where the system knows priorities: clicks go before files.
_GIVES_WAY: Final = 5

T = TypeVar("T")
Ts = TypeVarTuple("Ts")


class WorkersBusy(UmkmError):
    """Raised where a person, or all people together, wait for as many jobs as there may be."""


class JobTooLarge(UmkmError):
    """Raised for a job that needs more time or memory than one may have."""


class JobStopped(UmkmError):
    """Raised for a job whose worker ended before it was done."""


class WorkerProcesses:
    """A bounded pool of worker processes, started for the first job and ended when there are none.

    Args:
        workers: how many work at once.
        most_waiting: how many more jobs may wait.
        most_of_one: how many jobs of one owner may work or wait.
        seconds: how long a job may work.
        most_memory: how many bytes of its own a worker may have, where the system can limit that.
        idle: after how many seconds without a job the workers end.
    """

    def __init__(  # noqa: PLR0913 - limits, each by its name
        self,
        *,
        workers: int = 1,
        most_waiting: int = 8,
        most_of_one: int = 2,
        seconds: float = 60.0,
        most_memory: int = 600 * MB,
        idle: float = 60.0,
    ) -> None:
        self._workers = workers
        self._most = workers + most_waiting
        self._most_of_one = most_of_one
        self._seconds = seconds
        self._most_memory = most_memory
        self._idle = idle
        self._lock = Lock()
        self._jobs: Counter[str] = Counter()
        self._futures: set[ProcessFuture[bytes]] = set()
        self._pool: ProcessPool | None = None
        self._is_closed = False
        self._timer: Timer | None = None

    def run(self, owner: str, function: Callable[[*Ts], T], *args: *Ts) -> T:
        """Return what a function of a module gives, called in a worker process; the caller waits for it.

        Args:
            owner: whose job it is.
            function: it, its arguments and its result can be pickled.
            args: its arguments.

        Raises:
            WorkersBusy: too many jobs are waiting already.
            JobTooLarge: it takes too long, or too much memory.
            JobStopped: its worker died.
            Exception: what the function raised.
        """
        job = pickle.dumps((function, args))
        with self._place_of(owner):
            result, error = pickle.loads(self._done(job))  # noqa: S301 - our own worker made it
        if isinstance(error, MemoryError):
            raise JobTooLarge(TOO_MUCH) from error
        if error is not None:
            raise error
        returned: T = result
        return returned

    def jobs_of(self, owner: str) -> int:
        """Return how many jobs of an owner are at work or waiting."""
        return self._jobs[owner]

    def close(self) -> None:
        """End the workers, whatever they are doing; their callers get `JobStopped`."""
        with self._lock:
            self._is_closed = True
            pool, self._pool = self._pool, None
            self._stop_timer()
        if pool is not None:
            pool.stop()
            pool.join()
            # Pebble leaves some without an end; its threads are gone by now.
            for future in list(self._futures):
                with suppress(InvalidStateError):
                    future.set_exception(JobStopped(STOPPED))

    @contextmanager
    def _place_of(self, owner: str) -> Iterator[None]:
        with self._lock:
            if self._is_closed:
                raise JobStopped(STOPPED)
            if self._jobs.total() >= self._most or self._jobs[owner] >= self._most_of_one:
                raise WorkersBusy(BUSY)
            self._jobs[owner] += 1
            self._stop_timer()
        try:
            yield
        finally:
            with self._lock:
                self._jobs[owner] -= 1
                # Also forgets owners without a job.
                self._jobs = +self._jobs
                if not self._jobs and self._pool is not None:
                    self._timer = Timer(self._idle, self._end_idle)
                    self._timer.daemon = True
                    self._timer.start()

    def _done(self, job: bytes) -> bytes:
        with self._lock:
            # Together: `close` knows of every job that its pool was given.
            future = self._started().schedule(run_job, args=[job], timeout=self._seconds)
            self._futures.add(future)
        try:
            # Those before it work no longer than they may; a little more for starting them anew.
            done: bytes = future.result(timeout=(self._seconds + 5) * self._most)
        except TimeoutError:
            future.cancel()
            raise JobTooLarge(TOO_MUCH) from None
        except (ProcessExpired, BrokenProcessPool, CancelledError, RuntimeError) as error:
            raise JobStopped(STOPPED) from error
        finally:
            self._futures.discard(future)
        return done

    def _started(self) -> ProcessPool:
        """Return the pool, a new one where there is none or it broke; the lock is held."""
        if self._pool is None or not self._pool.active:
            self._pool = ProcessPool(
                max_workers=self._workers,
                initializer=begin_worker,
                initargs=[self._most_memory],
                context=multiprocessing.get_context("spawn"),
            )
        return self._pool

    def _end_idle(self) -> None:
        with self._lock:
            if self._jobs:
                return
            pool, self._pool = self._pool, None
        if pool is not None:
            pool.close()
            pool.join()

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


@dataclass(frozen=True)
class OwnersWorkers:
    """The worker processes as one owner uses them."""

    workers: WorkerProcesses
    owner: str

    def __call__(self, function: Callable[[*Ts], T], /, *args: *Ts) -> T:
        """Return what a function gives, called in a worker process.

        Raises:
            UmkmError: it cannot be called now, or takes too much; see `WorkerProcesses.run`.
        """
        return self.workers.run(self.owner, function, *args)


def begin_worker(most_memory: int) -> None:
    """Set the limits of this process, which is a worker."""
    # No job opens the records, so none knows where they are.
    os.environ.pop(DATABASE, None)
    with suppress(OSError, AttributeError):
        os.nice(_GIVES_WAY)
    try:
        import resource  # noqa: PLC0415 - not everywhere
    except ImportError:
        return
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_DATA, (most_memory, most_memory))


def run_job(job: bytes) -> bytes:
    """Return the result of a job and the error it raised, pickled; one of both is None."""
    try:
        function, args = pickle.loads(job)  # noqa: S301 - from the server that started this process
        return pickle.dumps((function(*args), None))
    except Exception as error:
        # Where it happened is in the log of the server then.
        error.add_note(traceback.format_exc())
        return pickle.dumps((None, _sendable(error)))


def _sendable(error: Exception) -> Exception:
    """Return an error as it is, or where it cannot be pickled, one that says the same."""
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301
    except Exception:
        if isinstance(error, UmkmError):
            return UmkmError(error.for_people)
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error
