"""Worker processes: limits of time, memory and number, and what the caller is told."""

import multiprocessing
import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest
from tests.support.patience import wait_until
from tests.unit.apps import worker_jobs

from umkm.errors import InputError
from umkm_apps.runtime.worker_processes import (
    MB,
    JobStopped,
    JobTooLarge,
    WorkerProcesses,
    WorkersBusy,
)

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def no_fork(monkeypatch):
    """Forbid os.fork: a server with threads cannot be forked safely, and Windows has none."""

    def forbidden():
        raise AssertionError("os.fork was called")

    monkeypatch.setattr(os, "fork", forbidden)


@pytest.fixture
def pool():
    made = WorkerProcesses(workers=1, most_waiting=2, most_of_one=2, seconds=60)
    yield made
    made.close()


@pytest.fixture
def gate(tmp_path):
    """Open to the jobs that wait, at the latest when the test is over."""
    found = tmp_path / "gate"
    yield found
    found.touch()


def is_worker(process):
    """Return whether a child is a worker; the standard library's resource tracker is none."""
    try:
        return "spawn_main" in " ".join(process.cmdline())
    except psutil.Error:  # It has ended.
        return False


def workers():
    """Return the worker processes."""
    return [child.pid for child in psutil.Process().children() if is_worker(child)]


def test_a_job_is_done_in_another_process_that_is_used_again(pool):
    first = pool.run("siti", os.getpid)
    assert first != os.getpid()
    assert pool.run("budi", os.getpid) == first
    assert pool.run("siti", divmod, 17, 5) == (3, 2)


def test_nothing_is_started_before_the_first_job():
    before = len(workers())
    WorkerProcesses()
    assert len(workers()) == before


def test_a_worker_loads_no_server_and_knows_no_records(pool, monkeypatch):
    monkeypatch.setenv("UMKM_DATABASE", "postgresql://umkm:rahasia@db/umkm")
    names = ("tornado", "sqlalchemy", "ipywidgets", "umkm_records", "umkm_courses", "voila")
    assert pool.run("siti", worker_jobs.loaded, *names) == ([], False)


def test_what_a_job_refuses_is_raised_here(pool):
    with pytest.raises(InputError) as told:
        pool.run("siti", worker_jobs.refuse, "Berkas ini kosong.", "file")
    assert (told.value.message, told.value.field) == ("Berkas ini kosong.", "file")
    # Its place in the code goes with it, for the log.
    assert "worker_jobs.py" in told.value.__notes__[0]
    with pytest.raises(RuntimeError, match="Unsendable: satu dua"):
        pool.run("siti", worker_jobs.raise_unsendable)


def test_a_job_over_its_time_is_ended_and_the_pool_goes_on():
    pool = WorkerProcesses(seconds=0.5)
    first = pool.run("siti", os.getpid)
    with pytest.raises(JobTooLarge, match="terlalu besar"):
        pool.run("siti", time.sleep, 600)
    assert pool.run("siti", os.getpid) != first
    assert not psutil.pid_exists(first)
    pool.close()


@pytest.mark.skipif(os.name != "posix", reason="only POSIX limits memory")
def test_a_job_over_its_memory_is_refused_and_the_pool_goes_on():
    pool = WorkerProcesses(most_memory=200 * MB)
    assert pool.run("siti", worker_jobs.take_memory, 20 * MB) == 20 * MB
    with pytest.raises(JobTooLarge, match="terlalu besar"):
        pool.run("siti", worker_jobs.take_memory, 400 * MB)
    assert pool.run("siti", worker_jobs.take_memory, 20 * MB) == 20 * MB
    pool.close()


def test_a_worker_that_dies_ends_its_job_alone(pool):
    with pytest.raises(JobStopped, match="terhenti"):
        pool.run("siti", worker_jobs.die)
    assert pool.run("siti", divmod, 17, 5) == (3, 2)


def test_a_worker_killed_from_outside_ends_its_job_alone(pool, gate):
    with ThreadPoolExecutor() as threads:
        job = threads.submit(pool.run, "siti", worker_jobs.stay_until, str(gate))
        wait_until(gate.with_name("gate.begun").exists)
        for pid in workers():
            psutil.Process(pid).kill()
        with pytest.raises(JobStopped):
            job.result(60)
    assert pool.run("siti", divmod, 17, 5) == (3, 2)


def test_one_person_has_two_jobs_and_others_their_turn(pool, gate):
    with ThreadPoolExecutor() as threads:
        jobs = [
            threads.submit(pool.run, "siti", worker_jobs.stay_until, str(gate)) for _ in range(2)
        ]
        wait_until(lambda: pool.jobs_of("siti") == 2)
        with pytest.raises(WorkersBusy, match="Sedang ramai"):
            pool.run("siti", os.getpid)
        other = threads.submit(pool.run, "budi", os.getpid)
        wait_until(lambda: pool.jobs_of("budi") == 1)
        # One at work and two waiting: more than that nobody gets.
        with pytest.raises(WorkersBusy):
            pool.run("tini", os.getpid)
        gate.touch()
        assert other.result(60) == jobs[0].result(60) == jobs[1].result(60)
    assert pool.run("siti", os.getpid) == other.result()


def test_workers_end_when_there_is_nothing_to_do():
    before = threading.active_count()
    pool = WorkerProcesses(idle=0.2)
    first = pool.run("siti", os.getpid)
    wait_until(lambda: not psutil.pid_exists(first))
    wait_until(lambda: threading.active_count() <= before)
    assert pool.run("siti", os.getpid) != first
    pool.close()


def test_closing_ends_a_job_that_is_at_work(pool, gate):
    with ThreadPoolExecutor() as threads:
        job = threads.submit(pool.run, "siti", worker_jobs.stay_until, str(gate))
        wait_until(gate.with_name("gate.begun").exists)
        pool.close()
        with pytest.raises(JobStopped):
            job.result(60)
    assert not workers()


def test_workers_end_with_the_server_that_started_them(tmp_path):
    """A server that is killed leaves nothing behind."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    server = context.Process(target=serve, args=[theirs])
    server.start()
    worker = ours.recv()
    assert psutil.pid_exists(worker)
    server.kill()
    server.join(60)
    wait_until(lambda: not psutil.pid_exists(worker))


def serve(connection):
    connection.send(WorkerProcesses().run("siti", os.getpid))
    threading.Event().wait()
