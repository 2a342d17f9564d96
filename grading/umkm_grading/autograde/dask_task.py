"""What a Dask worker does with a job: a worker process of its own runs it.

A Dask worker has many threads, and a process with threads must not fork; running a notebook forks.
So each thread uses a worker process, which is kept warm for the next job.
"""

import queue
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path

import umkm
import umkm_widgets
from umkm_grading.autograde.jobs import AutogradeJob, AutogradeResult, GradableNotebook
from umkm_grading.autograde.pool import result_after_deaths
from umkm_grading.autograde.run_job import run_job
from umkm_grading.autograde.worker_process import WorkerProcess
from umkm_grading.sandbox.bubblewrap import sandbox_trouble

_idle: "queue.LifoQueue[WorkerProcess]" = queue.LifoQueue()


def run_on_worker(gradable: GradableNotebook, job: AutogradeJob, code: str) -> AutogradeResult:
    """Return the result of a job whose notebook was sent by itself.

    Never raises; only what kills this process gives no result.
    """
    if code != code_digest():
        return AutogradeResult(
            worker_error="Pekerja Dask ini memakai versi program yang lain. Pasang versi yang sama di semua "
            "mesin, lalu nilai lagi."
        )
    if job.own and job.sandboxed and (trouble := sandbox_trouble()):
        return AutogradeResult(sandbox_error=trouble)
    deaths = 0
    while True:
        process = _take_process()
        result = process.run(replace(job, gradable=gradable))
        if result is not None:
            _idle.put(process)
            return result
        process.end()
        deaths += 1
        if (given_up := result_after_deaths(deaths)) is not None:
            return given_up


def same(gradable: GradableNotebook) -> GradableNotebook:
    """Return the notebook, as a task that any worker can repeat."""
    return gradable


@cache
def code_digest() -> str:
    """Return a digest of all code that decides the result of a job."""
    folders = [Path(str(package.__file__)).parent for package in (umkm, umkm_widgets)]
    folders.append(Path(__file__).parents[1])
    found = sha256()
    for file in _sources(folders):
        found.update(file.read_bytes())
    return found.hexdigest()


def _sources(folders: Iterable[Path]) -> Iterable[Path]:
    return (file for folder in folders for file in sorted(folder.rglob("*.py")))


def idle_processes() -> int:
    """Return how many worker processes of this Dask worker are warm and idle."""
    return _idle.qsize()


def _take_process() -> WorkerProcess:
    try:
        return _idle.get_nowait()
    except queue.Empty:
        return WorkerProcess(run_job)
