"""The pool of a laptop, kept beside Dask's: it needs no Dask, starts at once and grades faster.

Dask is an optional package, its workers start and import everything in seconds where a fork takes
milliseconds, and each job travels through a scheduler (docs/grading.md, "Measured").
"""

from collections import deque
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import wait

from umkm_grading.autograde.inprocess_executor import run_notebook
from umkm_grading.autograde.jobs import AutogradeJob, AutogradeResult
from umkm_grading.autograde.pool import JobPool, result_after_deaths
from umkm_grading.autograde.worker_process import RunJob, WorkerProcess


@dataclass
class _QueuedJob:
    key: Hashable
    job: AutogradeJob
    deaths: int = 0


class ProcessPool(JobPool):
    """A few worker processes on this machine, and the jobs that wait for them."""

    runs_here = True

    def __init__(self, workers: int, run: RunJob = run_notebook) -> None:
        self._run = run
        self._size = max(1, workers)
        self._workers: list[WorkerProcess] = []
        self._running: dict[WorkerProcess, _QueuedJob] = {}
        self._waiting: deque[_QueuedJob] = deque()
        # All at once, now: a worker forked later would inherit the locks held by then.
        for _ in range(self._size):
            self._start()

    @property
    def pending(self) -> int:
        """Return the number of jobs that were added and have not come back."""
        return len(self._waiting) + len(self._running)

    @property
    def has_room(self) -> bool:
        """Return whether one more job would keep a worker from being idle."""
        return self.pending < 2 * self._size

    def add(self, key: Hashable, job: AutogradeJob) -> None:
        """Add a job; `results` names it by `key`."""
        self._waiting.append(_QueuedJob(key, job))
        self._send_waiting()

    def results(self, timeout: float | None = None) -> Iterator[tuple[Hashable, AutogradeResult]]:
        """Yield what is done; wait up to `timeout` seconds for the first while any is pending."""
        busy: dict[object, WorkerProcess] = {worker.pipe: worker for worker in self._running}
        for pipe in wait([worker.pipe for worker in self._running], timeout):
            worker = busy[pipe]
            queued = self._running.pop(worker)
            result = worker.receive()
            if result is None:
                result = self._after_death(worker, queued)
            if result is not None:
                yield queued.key, result
        self._send_waiting()

    def close(self) -> None:
        """Drop pending jobs and end every worker, in the middle of a job if need be."""
        for worker in self._workers:
            worker.end()
        self._workers.clear()
        self._running.clear()
        self._waiting.clear()

    def _send_waiting(self) -> None:
        while self._waiting:
            worker = next((one for one in self._workers if one not in self._running), None)
            if worker is None:
                if len(self._workers) >= self._size:
                    return
                worker = self._start()
            self._running[worker] = queued = self._waiting.popleft()
            worker.send(queued.job)

    def _start(self) -> WorkerProcess:
        worker = WorkerProcess(self._run, [one.pipe for one in self._workers])
        self._workers.append(worker)
        return worker

    def _after_death(self, worker: WorkerProcess, queued: _QueuedJob) -> AutogradeResult | None:
        self._workers.remove(worker)
        worker.end()
        queued.deaths += 1
        result = result_after_deaths(queued.deaths)
        if result is None:
            self._waiting.appendleft(queued)
        return result
