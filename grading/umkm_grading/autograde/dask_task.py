"""What a Dask worker does with a job: it has a process of one thread run it.

A Dask worker has many threads, and a process with threads must not fork. So each of them keeps a
helper, started afresh and warm ever after, that serves jobs as a worker of `pool` does.
"""

import multiprocessing
import queue
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from hashlib import sha256
from multiprocessing.connection import Connection
from pathlib import Path

import umkm
import umkm_widgets
from umkm_grading.autograde.jobs import AutogradeJob, AutogradeResult, GradableNotebook
from umkm_grading.autograde.process_pool import DIED, TRIES, serve
from umkm_grading.autograde.run_job import run_job
from umkm_grading.sandbox.bubblewrap import sandbox_trouble

_idle: "queue.LifoQueue[_Helper]" = queue.LifoQueue()


def run_on_worker(gradable: GradableNotebook, job: AutogradeJob, code: str) -> AutogradeResult:
    """Run a job whose sheet travelled by itself. Total, but for what kills this very process."""
    if code != code_digest():
        return AutogradeResult(
            worker_error="Pekerja Dask ini memakai versi program yang lain. Pasang versi yang sama di semua "
            "mesin, lalu nilai lagi."
        )
    if job.own and job.sandboxed and (trouble := sandbox_trouble()):
        return AutogradeResult(sandbox_error=trouble)
    for _ in range(TRIES):
        helper = _take_helper()
        done = helper.run(replace(job, gradable=gradable))
        if done is not None:
            _idle.put(helper)
            return done
        helper.end()
    return AutogradeResult(needs_kernel=DIED)


def same(gradable: GradableNotebook) -> GradableNotebook:
    """A sheet, as a task that any worker can do again."""
    return gradable


@cache
def code_digest() -> str:
    """A digest of everything that decides what a job comes to."""
    folders = [Path(str(package.__file__)).parent for package in (umkm, umkm_widgets)]
    folders.append(Path(__file__).parents[1])
    found = sha256()
    for file in _sources(folders):
        found.update(file.read_bytes())
    return found.hexdigest()


def _sources(folders: Iterable[Path]) -> Iterable[Path]:
    return (file for folder in folders for file in sorted(folder.rglob("*.py")))


class _Helper:
    def __init__(self) -> None:
        self._pipe, theirs = multiprocessing.Pipe()
        command = f"from {__name__} import be_a_helper; be_a_helper({theirs.fileno()})"
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", command], pass_fds=[theirs.fileno()]
        )
        theirs.close()

    def run(self, job: AutogradeJob) -> AutogradeResult | None:
        """What came of a job; None where the helper died of it."""
        try:
            self._pipe.send(job)
            done: AutogradeResult = self._pipe.recv()
        except (EOFError, OSError):
            return None
        return done

    def end(self) -> None:
        self._pipe.close()
        self._process.kill()
        self._process.wait()


def waiting_helpers() -> int:
    """How many helpers of this worker have run something and wait, warm, for more."""
    return _idle.qsize()


def be_a_helper(number: int) -> None:
    """Serve jobs that come through an inherited pipe; what a helper's process runs."""
    serve(Connection(number), run_job, [])


def _take_helper() -> _Helper:
    try:
        return _idle.get_nowait()
    except queue.Empty:
        return _Helper()
