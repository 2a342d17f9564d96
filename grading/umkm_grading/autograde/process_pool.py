"""Warm worker processes: each runs one sheet at a time, none knows the class or its gradebook."""

import contextlib
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Hashable, Iterator
from multiprocessing.connection import Connection, wait
from types import TracebackType
from typing import Any, Self

from umkm_grading.autograde.inprocess_executor import run_notebook
from umkm_grading.autograde.jobs import AutogradeJob, AutogradeResult

#: A job whose worker died twice is not given to a third.
TRIES = 2

DIED = "Proses penilai berhenti mendadak."


class ProcessPool:
    """A few workers, and the jobs that wait for them.

    Jobs are handed in with `add` and come back, in any order, from `results`.
    """

    #: Whether jobs run on this very machine, as this process would run them.
    runs_here = True

    def __init__(
        self, workers: int, run: Callable[[AutogradeJob], AutogradeResult] = run_notebook
    ) -> None:
        self._run = run
        self._size = max(1, workers)
        self._workers: list[_Worker] = []
        self._waiting: deque[tuple[Hashable, AutogradeJob, int]] = deque()
        # All at once, now: a worker forked later would inherit the locks held by then.
        for _ in range(self._size):
            self._start()

    @property
    def pending(self) -> int:
        """How many jobs were added and did not come back yet."""
        return len(self._waiting) + sum(worker.busy for worker in self._workers)

    @property
    def has_room(self) -> bool:
        """Whether a further job would keep some worker from waiting."""
        return self.pending < 2 * self._size

    def add(self, key: Hashable, job: AutogradeJob) -> None:
        """Hand in a job; `results` will name it by `key`."""
        self._waiting.append((key, job, 0))
        self._hand_out()

    def results(self, timeout: float | None = None) -> Iterator[tuple[Hashable, AutogradeResult]]:
        """What is done by now; waits for the first while anything is pending."""
        busy = {worker.pipe: worker for worker in self._workers if worker.busy}
        for pipe in wait(list(busy), timeout):
            worker = busy[pipe]
            found = worker.receive()
            if found is not None:
                yield found
            else:
                yield from self._replace(worker)
        self._hand_out()

    def close(self) -> None:
        """End every worker, in the middle of a sheet if need be."""
        for worker in self._workers:
            worker.end()
        self._workers.clear()
        self._waiting.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _hand_out(self) -> None:
        while self._waiting:
            worker = next((one for one in self._workers if not one.busy), None)
            if worker is None:
                if len(self._workers) >= self._size:
                    return
                worker = self._start()
            worker.give(*self._waiting.popleft())

    def _start(self) -> "_Worker":
        worker = _Worker(self._run, [one.pipe for one in self._workers])
        self._workers.append(worker)
        return worker

    def _replace(self, worker: "_Worker") -> Iterator[tuple[Hashable, AutogradeResult]]:
        key, job, tries = worker.task
        self._workers.remove(worker)
        worker.end()
        if tries + 1 < TRIES:
            self._waiting.appendleft((key, job, tries + 1))
        else:
            yield key, AutogradeResult(needs_kernel=DIED)


class _Worker:
    def __init__(
        self, run: Callable[[AutogradeJob], AutogradeResult], others: list[Connection]
    ) -> None:
        # A fork starts at once, with everything imported; with other threads about it is unsafe.
        kind = "fork" if threading.active_count() == 1 else "spawn"
        context: Any = multiprocessing.get_context(kind)
        self.pipe, theirs = context.Pipe()
        # A forked worker that kept our ends of the pipes would never notice that we are gone.
        inherited = [self.pipe, *others] if kind == "fork" else []
        self._process = context.Process(target=serve, args=(theirs, run, inherited), daemon=True)
        self._process.start()
        theirs.close()
        self.task: tuple[Hashable, AutogradeJob, int]
        self.busy = False

    def give(self, key: Hashable, job: AutogradeJob, tries: int) -> None:
        self.task, self.busy = (key, job, tries), True
        # A worker that just died shows when its answer is waited for.
        with contextlib.suppress(OSError):
            self.pipe.send(job)

    def receive(self) -> tuple[Hashable, AutogradeResult] | None:
        """The job's key and result; None when the worker is dead."""
        try:
            done: AutogradeResult = self.pipe.recv()
        except (EOFError, OSError):
            return None
        self.busy = False
        return self.task[0], done

    def end(self) -> None:
        self.pipe.close()
        self._process.kill()
        self._process.join()
        self._process.close()


def serve(
    pipe: Connection, run: Callable[[AutogradeJob], AutogradeResult], inherited: list[Connection]
) -> None:
    """Run jobs that come through a pipe until its other end is gone; never returns."""
    for one in inherited:
        one.close()
    # Ctrl-C reaches the whole process group; the grader decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    with contextlib.suppress(EOFError, OSError):
        while True:
            pipe.send(run(pipe.recv()))
    os._exit(0)
