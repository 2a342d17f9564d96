"""Workers that die: their work is given to another, and nobody waits for ever."""

import os
import signal
from pathlib import Path

import psutil
import pytest
from tests.support.patience import wait_until

from umkm_grading.autograde.jobs import AutogradeJob, AutogradeResult, GradableNotebook
from umkm_grading.autograde.process_pool import ProcessPool

pytestmark = pytest.mark.slow


def echo(job):
    return AutogradeResult(notebook=job.gradable.name)


def die_once(job):
    mark = Path(job.gradable.notebook)
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return AutogradeResult(notebook=job.gradable.name)


def always_die(job):
    if job.gradable.name == "jahat":
        os.kill(os.getpid(), signal.SIGKILL)
    return AutogradeResult(notebook=job.gradable.name)


def drain(pool):
    found = {}
    while pool.pending:
        found |= dict(pool.results(timeout=30))
    return found


def jobs(*names, notebook=""):
    return [(name, AutogradeJob(GradableNotebook(name, notebook), {})) for name in names]


@pytest.mark.parametrize("workers", [1, 3])
def test_everything_comes_back_once(workers):
    names = [f"s{number}" for number in range(20)]
    with ProcessPool(workers, echo) as pool:
        for name, job in jobs(*names):
            pool.add(name, job)
        found = drain(pool)
    assert found == {name: AutogradeResult(notebook=name) for name in names}


def test_a_worker_killed_in_mid_run_loses_nothing(tmp_path):
    with ProcessPool(2, die_once) as pool:
        for name, job in jobs("a", "b", "c", notebook=str(tmp_path / "mati")):
            pool.add(name, job)
        found = drain(pool)
    assert {key: done.notebook for key, done in found.items()} == {"a": "a", "b": "b", "c": "c"}


def test_a_job_that_kills_every_worker_is_given_back_with_its_reason():
    with ProcessPool(2, always_die) as pool:
        for name, job in jobs("a", "jahat", "b"):
            pool.add(name, job)
        found = drain(pool)
    assert "berhenti mendadak" in found["jahat"].needs_kernel
    assert (found["a"].notebook, found["b"].notebook) == ("a", "b")


def test_no_worker_outlives_the_pool():
    before = set(psutil.Process().children())
    with ProcessPool(2, echo) as pool:
        mine = set(psutil.Process().children()) - before
        assert mine
    wait_until(lambda: not any(child.is_running() for child in mine))
    assert pool.pending == 0
