"""A process that runs autograde jobs one after another, given through a pipe.

Both pools use it: the process pool directly, a Dask worker for each of its threads.
"""

import contextlib
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from typing import Any

from umkm_grading.autograde.jobs import AutogradeJob, AutogradeResult

RunJob = Callable[[AutogradeJob], AutogradeResult]


class WorkerProcess:
    """A warm process with one thread; it knows no class folder and no gradebook.

    Args:
        run: what it does with a job; a function of a module.
        others: this process's ends of other workers' pipes, which a fork must not keep open.
    """

    def __init__(self, run: RunJob, others: Sequence[Connection] = ()) -> None:
        # A fork starts at once, with everything imported; beside other threads it is unsafe.
        if threading.active_count() == 1:
            self.pipe, self._end = _fork(run, others)
        else:
            self.pipe, self._end = _start(run)

    def send(self, job: AutogradeJob) -> None:
        """Send a job to the process."""
        # A process that has just died shows when its result is received.
        with contextlib.suppress(OSError):
            self.pipe.send(job)

    def receive(self) -> AutogradeResult | None:
        """Return the result of the job it has; None where the process died."""
        try:
            result: AutogradeResult = self.pipe.recv()
        except (EOFError, OSError):
            return None
        return result

    def run(self, job: AutogradeJob) -> AutogradeResult | None:
        """Return the result of a job; None where the process died of it."""
        self.send(job)
        return self.receive()

    def end(self) -> None:
        """Kill the process, in the middle of a job if need be."""
        self.pipe.close()
        self._end()


def _fork(run: RunJob, others: Sequence[Connection]) -> tuple[Connection, Callable[[], None]]:
    # Typed differently on Windows, where there is no fork.
    context: Any = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe()
    # A fork that kept our ends of the pipes would never notice that we are gone.
    inherited = [ours, *others]
    process = context.Process(target=_serve, args=(theirs, run, inherited), daemon=True)
    process.start()
    theirs.close()

    def end() -> None:
        process.kill()
        process.join()
        process.close()

    return ours, end


def _start(run: RunJob) -> tuple[Connection, Callable[[], None]]:
    # Not multiprocessing's spawn: a Dask worker is a daemon, which may have no such children.
    ours, theirs = multiprocessing.Pipe()
    path = [folder for folder in sys.path if folder]
    command = (
        f"import sys; sys.path[:] = {path!r}; "
        f"from {__name__} import serve_inherited; serve_inherited({theirs.fileno()})"
    )
    process = subprocess.Popen([sys.executable, "-P", "-c", command], pass_fds=[theirs.fileno()])
    theirs.close()
    ours.send(run)

    def end() -> None:
        process.kill()
        process.wait()

    return ours, end


def serve_inherited(number: int) -> None:
    """Run jobs from an inherited pipe, whose first message is the function; never returns."""
    pipe = Connection(number)
    _serve(pipe, pipe.recv(), [])


def _serve(pipe: Connection, run: RunJob, inherited: Sequence[Connection]) -> None:
    for one in inherited:
        one.close()
    # Ctrl-C reaches the whole process group; the grader decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    with contextlib.suppress(EOFError, OSError):
        while True:
            pipe.send(run(pipe.recv()))
    os._exit(0)
