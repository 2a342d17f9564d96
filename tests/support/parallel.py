"""Functions that run in several processes at the same time, each with its own records."""

import multiprocessing
import os
import signal
import traceback
from collections.abc import Callable, Iterable
from multiprocessing.connection import Connection
from typing import Any

# Forked, so that a test can pass any function, and a process starts in milliseconds. Each process
# opens its own records; the connections of the parent are not used.
_FORK = multiprocessing.get_context("fork")
TIMEOUT = 60.0


def run_in_parallel(task: Callable[[int], Any], count: int) -> list[Any]:
    """Run `task(0)`, `task(1)` ... each in its own process, started together; return their results.

    An error in a task fails the test, with the traceback of the task.
    """
    gate = _FORK.Barrier(count)

    def run(number: int, pipe: Connection) -> None:
        try:
            gate.wait(TIMEOUT)
            pipe.send((task(number), None))
        except BaseException:
            pipe.send((None, traceback.format_exc()))

    pipes = []
    workers = []
    for number in range(count):
        ours, theirs = _FORK.Pipe(duplex=False)
        worker = _FORK.Process(target=run, args=(number, theirs))
        worker.start()
        theirs.close()
        pipes.append(ours)
        workers.append(worker)
    outcomes = [pipe.recv() if pipe.poll(TIMEOUT) else (None, "no answer") for pipe in pipes]
    for worker in workers:
        worker.join(TIMEOUT)
    failures = [failure for _, failure in outcomes if failure]
    assert not failures, "\n".join(failures)
    return [outcome for outcome, _ in outcomes]


def kill_while_running(
    task: Callable[[int, Callable[[str], None]], None], count: int, enough: int
) -> list[str]:
    """Run endless tasks in processes of their own, and kill them all with SIGKILL.

    Each task calls its second argument with what was acknowledged as stored. They are killed after
    `enough` such calls; all acknowledgements made before the kill are returned.
    """
    receiving, sending = os.pipe()
    workers = []
    for number in range(count):
        worker = _FORK.Process(target=_promise, args=(task, number, receiving, sending))
        worker.start()
        workers.append(worker)
    os.close(sending)
    with os.fdopen(receiving, encoding="utf-8") as promises:
        received = [_receive(promises) for _ in range(enough)]
        for worker in workers:
            assert worker.pid is not None
            os.kill(worker.pid, signal.SIGKILL)
        for worker in workers:
            worker.join(TIMEOUT)
            assert worker.exitcode == -signal.SIGKILL
        # What was acknowledged between the last read and the kill is still in the pipe.
        received += promises.read().splitlines()
    return received


def _promise(
    task: Callable[[int, Callable[[str], None]], None], number: int, receiving: int, sending: int
) -> None:
    os.close(receiving)
    # One write of less than PIPE_BUF bytes arrives whole or not at all.
    task(number, lambda words: void(os.write(sending, f"{words}\n".encode())))


def void(_: object) -> None:
    """Discard a value."""


def _receive(promises: Iterable[str]) -> str:
    line = next(iter(promises), None)
    assert line is not None, "every worker ended before it was killed"
    return line.rstrip("\n")
