"""Several real processes at the same moment, each with records of its own."""

import multiprocessing
import os
import signal
import traceback
from collections.abc import Callable, Iterable
from multiprocessing.connection import Connection
from typing import Any

# Forked, so that a test can hand over any function and a process costs milliseconds. The
# forked ones open their own records: nothing of the parent's database is touched.
_FORK = multiprocessing.get_context("fork")
PATIENCE = 60.0


def all_at_once(task: Callable[[int], Any], count: int) -> list[Any]:
    """Run `task(0)`, `task(1)` ... each in its own process, begun together; give what they gave.

    A task that fails fails the test, with its own traceback.
    """
    gate = _FORK.Barrier(count)

    def run(number: int, pipe: Connection) -> None:
        try:
            gate.wait(PATIENCE)
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
    outcomes = [pipe.recv() if pipe.poll(PATIENCE) else (None, "no answer") for pipe in pipes]
    for worker in workers:
        worker.join(PATIENCE)
    failures = [failure for _, failure in outcomes if failure]
    assert not failures, "\n".join(failures)
    return [outcome for outcome, _ in outcomes]


def killed_while_working(
    task: Callable[[int, Callable[[str], None]], None], count: int, enough: int
) -> list[str]:
    """Run endless tasks in processes of their own and SIGKILL them all in the midst of it.

    Each task calls its second argument with what it has been promised is kept. They are killed
    once `enough` such promises have reached us; all promises made before the kill are given.
    """
    receiving, sending = os.pipe()
    workers = []
    for number in range(count):
        worker = _FORK.Process(target=_promise, args=(task, number, receiving, sending))
        worker.start()
        workers.append(worker)
    os.close(sending)
    with os.fdopen(receiving, encoding="utf-8") as promises:
        heard = [_heard(promises) for _ in range(enough)]
        for worker in workers:
            assert worker.pid is not None
            os.kill(worker.pid, signal.SIGKILL)
        for worker in workers:
            worker.join(PATIENCE)
            assert worker.exitcode == -signal.SIGKILL
        # What was promised between our last look and the kill still lies in the pipe.
        heard += promises.read().splitlines()
    return heard


def _promise(
    task: Callable[[int, Callable[[str], None]], None], number: int, receiving: int, sending: int
) -> None:
    os.close(receiving)
    # One write of less than PIPE_BUF bytes arrives whole or not at all.
    task(number, lambda words: void(os.write(sending, f"{words}\n".encode())))


def void(_: object) -> None:
    """Forget a value."""


def _heard(promises: Iterable[str]) -> str:
    line = next(iter(promises), None)
    assert line is not None, "every worker ended before it was killed"
    return line.rstrip("\n")
