"""Server processes as the balancer sees them: started, asked, restarted, ended with it."""

import asyncio
import os
import signal
import subprocess
import sys

import psutil
import pytest
from tests.unit.apps.coroutines import run_by_itself

from umkm_apps.server import worker_process
from umkm_apps.server.worker_process import WorkerProcess

pytestmark = pytest.mark.slow

LONG = 60
#: Answers each connection that comes by its channel, and ends with the test.
CHILD = """
import os, socket, threading
threading.Thread(target=lambda: (os.read(0, 1), os._exit(0)), daemon=True).start()
end = socket.socket(fileno=int(os.environ["UMKM_CHANNEL"]))
while True:
    data, descriptors, _, _ = socket.recv_fds(end, 100_000, 1)
    for each in descriptors:
        with socket.socket(fileno=each) as connection:
            connection.recv(1000)
            connection.sendall(b"HTTP/1.1 200 OK\\r\\n\\r\\n")
"""

#: Starts a process that watches it, as the balancer does.
PARENT = """
import subprocess, sys, time
program = '''
import time
from umkm_apps.server.worker import end_with_parent
end_with_parent()
print("watching", flush=True)
time.sleep(600)
'''
child = subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE)
time.sleep(600)
"""


@pytest.fixture
def make(monkeypatch):
    """Gives a process of a program, and the list of its changes."""
    made = []

    def start(program):
        monkeypatch.setattr(worker_process, "COMMAND", (sys.executable, "-c", program))
        changes = []
        process = WorkerProcess(0, lambda _: None, lambda each: changes.append(each.is_serving))
        made.append(process)
        process.start()
        return process, changes

    yield start
    for each in made:
        each.terminate(signal.SIGKILL)


async def until(process, is_so):
    async with asyncio.timeout(LONG):
        while not is_so():
            process.look_after()
            await asyncio.sleep(0.02)


def test_a_process_serves_once_it_answers_and_again_after_it_was_killed(make):
    async def work():
        process, changes = make(CHILD)
        assert not process.is_serving
        await process.check_health()
        assert changes == [True]
        first = process.pid
        os.kill(first, signal.SIGKILL)
        await until(process, lambda: process.pid not in {None, first})
        assert changes == [True, False]
        assert process.exit_code == -signal.SIGKILL
        await process.check_health()
        assert changes == [True, False, True]

    run_by_itself(work())


def test_a_process_that_hangs_is_killed_and_started_again(make, monkeypatch):
    async def work():
        process, changes = make(CHILD)
        await process.check_health()
        first = process.pid
        os.kill(first, signal.SIGSTOP)
        monkeypatch.setattr(worker_process, "CHECK_TIMEOUT", 0.2)
        await process.check_health()
        process.look_after()
        assert process.pid == first
        assert not process.is_late
        monkeypatch.setattr(worker_process, "LATE_SECONDS", 0)
        assert process.is_late
        monkeypatch.setattr(worker_process, "HANG_SECONDS", 0.1)
        await until(process, lambda: process.pid not in {None, first})
        assert changes == [True, False]

    run_by_itself(work())


def test_one_that_always_ends_is_started_only_now_and_then(make, monkeypatch):
    async def work():
        process, changes = make("raise SystemExit(3)")
        starts = []
        start = process.start
        monkeypatch.setattr(process, "start", lambda: (starts.append(1), start()))
        await until(process, lambda: len(starts) == 3)
        await until(process, lambda: process.pid is None)
        process.look_after()
        assert len(starts) == 3
        assert process.exit_code == 3
        monkeypatch.setattr(worker_process, "RESTART_PAUSE", 0)
        process.look_after()
        assert len(starts) == 4
        assert changes == []

    run_by_itself(work())


def test_the_server_process_ends_when_its_parent_does():
    parent = psutil.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE)
    assert parent.stdout.readline() == b"watching\n"
    (child,) = parent.children()
    parent.kill()
    parent.wait()
    psutil.wait_procs([child], timeout=LONG)
    assert not child.is_running()
