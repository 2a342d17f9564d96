"""A pool on Dask: workers on this machine or on others.

A job is data and so is its result, so workers need our packages and nothing else: no class
folder, no gradebook, no database. Only the process that holds the locks writes results. Where a
whole Dask worker dies, the scheduler gives its jobs to another; the notebook is a task of its own,
so that it is made again too.
"""

import queue
import signal
import threading
import time
from collections.abc import Hashable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from hashlib import sha256
from typing import Any

from umkm_grading.autograde.dask_task import code_digest, run_on_worker, same
from umkm_grading.autograde.jobs import AutogradeJob, AutogradeResult, GradableNotebook
from umkm_grading.autograde.pool import JobPool
from umkm_grading.errors import ClusterTrouble

#: The `scheduler` that means: start workers on this machine.
LOCAL = "local"

_CONNECT_SECONDS = 10
_WORKERS_SECONDS = 30
#: Jobs queued for each thread, so that none is idle while a result is sent.
_AHEAD = 4


class DaskPool(JobPool):
    """A Dask cluster, and the jobs it has.

    Raises:
        ClusterTrouble: no scheduler there, or one without workers.
    """

    runs_here = False

    def __init__(self, scheduler: str, workers: int) -> None:
        self._closing = ExitStack()
        self._running: dict[Hashable, Any] = {}
        self._gradables: dict[str, Any] = {}
        self._done: queue.SimpleQueue[Hashable] = queue.SimpleQueue()
        try:
            self._client = _connect(scheduler, workers, self._closing)
            self._client.wait_for_workers(1, timeout=_WORKERS_SECONDS)
        except (OSError, TimeoutError, ValueError, RuntimeError) as error:
            self._closing.close()
            raise ClusterTrouble(_explain_start(scheduler, error)) from error
        self._threads, self._counted = self._count(), time.monotonic()
        self._alive = time.monotonic()

    @property
    def pending(self) -> int:
        """Return the number of jobs that were added and have not come back."""
        return len(self._running)

    @property
    def has_room(self) -> bool:
        """Return whether one more job would keep a worker from being idle."""
        if time.monotonic() - self._counted > 5:
            # Workers may join or leave during a run.
            self._threads, self._counted = self._count(), time.monotonic()
        return self.pending < _AHEAD * max(1, self._threads)

    def add(self, key: Hashable, job: AutogradeJob) -> None:
        """Add a job; `results` names it by `key`."""
        rest = replace(job, gradable=GradableNotebook(job.gradable.name, ""))
        future = self._client.submit(
            run_on_worker, self._gradable(job.gradable), rest, code_digest(), pure=False
        )
        self._running[key] = future
        self._alive = time.monotonic()
        future.add_done_callback(lambda _: self._done.put(key))

    def results(self, timeout: float | None = None) -> Iterator[tuple[Hashable, AutogradeResult]]:
        """Yield what is done; wait up to `timeout` seconds for the first while any is pending."""
        keys: list[Hashable] = []
        try:
            keys.append(self._done.get(timeout=timeout))
            while True:
                keys.append(self._done.get_nowait())
        except queue.Empty:
            pass
        if keys:
            self._alive = time.monotonic()
        elif self._running and self._is_lost():
            keys = list(self._running)
        for key in keys:
            future = self._running.pop(key, None)
            if future is not None:
                yield key, _result(future)
                future.release()

    def close(self) -> None:
        """Drop pending jobs and end workers that were started here."""
        for future in self._running.values():
            future.release()
        self._running.clear()
        self._gradables.clear()
        self._closing.close()

    def _gradable(self, gradable: GradableNotebook) -> Any:
        key = sha256(repr(gradable).encode()).hexdigest()
        if key not in self._gradables:
            self._gradables[key] = self._client.submit(same, gradable, key=f"umkm-lembar-{key}")
        return self._gradables[key]

    def _count(self) -> int:
        try:
            return sum(self._client.nthreads().values())
        except (OSError, TimeoutError, ValueError):
            return 0

    def _is_lost(self) -> bool:
        """Return whether there has been no worker for longer than we wait."""
        if self._count():
            self._alive = max(self._alive, time.monotonic() - _WORKERS_SECONDS / 2)
            return False
        return time.monotonic() - self._alive > _WORKERS_SECONDS


def _connect(scheduler: str, workers: int, closing: ExitStack) -> Any:
    # Imported here: a laptop that grades by itself needs no Dask.
    try:
        from distributed import Client, LocalCluster  # noqa: PLC0415
    except ImportError as error:
        raise ClusterTrouble(
            "Dask belum terpasang di sini. Pasang dulu: pip install 'umkm-naik-kelas[hub]'"
        ) from error
    address = scheduler
    if scheduler == LOCAL:
        with _ignore_ctrl_c():
            cluster = closing.enter_context(
                LocalCluster(  # type: ignore[no-untyped-call]
                    n_workers=workers,
                    threads_per_worker=1,
                    host="127.0.0.1",
                    dashboard_address="127.0.0.1:0",
                    memory_limit=0,
                )
            )
        address = cluster.scheduler_address
    client = Client(address, timeout=_CONNECT_SECONDS, set_as_default=False)  # type: ignore[no-untyped-call]
    return closing.enter_context(client)


@contextmanager
def _ignore_ctrl_c() -> Iterator[None]:
    # It reaches the whole process group; the grader decides what it means.
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _explain_start(scheduler: str, error: Exception) -> str:
    if scheduler != LOCAL and not isinstance(error, TimeoutError):
        return (
            f"Penjadwal Dask {scheduler} tidak menjawab ({error}). Periksa alamatnya, atau nyalakan: "
            "dask scheduler"
        )
    return (
        f"Tidak ada pekerja Dask di {scheduler}, atau penjadwalnya tidak menjawab. Nyalakan di tiap "
        f"mesin: dask worker {scheduler}"
    )


def _result(future: Any) -> AutogradeResult:
    if future.status == "finished":
        try:
            done: AutogradeResult = future.result(timeout=_CONNECT_SECONDS)
        except Exception as error:  # whatever the network did to it
            return AutogradeResult(worker_error=_worker_error(str(error) or type(error).__name__))
        return done
    if future.status == "error":
        return AutogradeResult(
            worker_error=_worker_error(repr(future.exception(timeout=_CONNECT_SECONDS)))
        )
    return AutogradeResult(worker_error=_worker_error("sambungan terputus"))


def _worker_error(why: str) -> str:
    return (
        f"Pekerja Dask tidak memberi hasil ({why.splitlines()[0][:200]}). Periksa penjadwal dan "
        "pekerjanya, lalu nilai lagi."
    )
