"""The same plan on Dask: data in, data out, one writer; killing a worker in mid-run loses nothing."""

import os
import signal
from datetime import UTC, datetime

import nbformat
import psutil
import pytest
from distributed import Client, LocalCluster
from tests.grading.classes import TASK
from tests.support.patience import PATIENCE

from umkm_grading import ClusterTrouble, RunOptions, assignments_of, deliver, grade, grade_all
from umkm_grading.autograde import dask_pool, dask_task
from umkm_grading.autograde.jobs import AutogradeJob, GradableNotebook
from umkm_grading.class_folder.submission_folder import Submission, write_submission
from umkm_grading.sandbox.bubblewrap import sandbox_trouble

needs_sandbox = pytest.mark.skipif(bool(sandbox_trouble()), reason=sandbox_trouble())

RIGHT = {"seragam-sekolah": "pindah-catat", "laba-bengkel": "350000"}


@pytest.fixture(scope="module", autouse=True)
def environment():
    """Dask writes a hash seed and more into the environment of whoever starts workers: it goes again.

    A class opened with it would have its kernels started, not forked.
    """
    before = dict(os.environ)
    yield
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture(scope="module")
def dask():
    with LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",
        memory_limit=0,
    ) as cluster:
        yield cluster


@pytest.fixture
def full_class(one_class):
    for code in one_class.codes:
        one_class.send(code, RIGHT)
    deliver(one_class.class_folder, one_class.records)
    return one_class


def pids(dask):
    with Client(dask.scheduler_address, set_as_default=False) as client:
        return list(client.run(os.getpid).values())


def run(one_class, dask, **options):
    found = RunOptions(scheduler=dask.scheduler_address, **options)
    return grade_all(assignments_of(one_class.class_folder), options=found)


def test_a_class_is_graded_and_the_gradebook_is_as_ever(full_class, dask, tmp_path):
    found = run(full_class, dask)
    assert {(one.ok, one.points, one.message) for one in found.outcomes} == {(True, 5, "")}
    assert len(found.outcomes) == len(full_class.codes)
    assert grade(full_class.class_folder, TASK) == []
    assert all(full_class.scores(code) for code in full_class.codes)


def test_a_worker_killed_in_mid_run_loses_nothing(full_class, dask):
    victim = pids(dask)[0]
    killed = []

    def kill(step):
        if step.done == 1 and not killed:
            killed.append(victim)
            os.kill(victim, signal.SIGKILL)

    helpers = psutil.Process(victim).children()
    found = run(full_class, dask, on_progress=kill)
    assert killed
    assert {(one.ok, one.points) for one in found.outcomes} == {(True, 5)}
    assert sorted(one.participant for one in found.outcomes) == sorted(full_class.codes)
    assert grade(full_class.class_folder, TASK) == []
    # Nothing of it is left running.
    gone, alive = psutil.wait_procs(helpers, timeout=PATIENCE)
    assert alive == [], gone


@needs_sandbox
def test_a_notebook_runs_sandboxed_on_the_worker(one_class, dask):
    code, at = one_class.codes[0], datetime(2026, 11, 23, 8, tzinfo=UTC)
    released = (one_class.class_folder.release(TASK) / f"{TASK}.ipynb").read_text(encoding="utf-8")
    notebook = nbformat.reads(released, as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell("print(6 * 7)"))
    own = nbformat.writes(notebook).encode()
    write_submission(one_class.class_folder, Submission("KRM-A", code, TASK, 1, at, RIGHT, own))
    (outcome,) = run(one_class, dask).outcomes
    assert (outcome.ok, outcome.points) == (True, 5), outcome.message
    shown = one_class.class_folder.autograded(code, TASK) / f"{TASK}.ipynb"
    assert "42\\n" in shown.read_text(encoding="utf-8")


def test_a_helper_that_dies_is_replaced_and_then_given_up(monkeypatch):
    monkeypatch.setattr(dask_task.WorkerProcess, "run", lambda self, job: None)
    done = dask_task.run_on_worker(
        GradableNotebook("x", ""),
        AutogradeJob(GradableNotebook("x", ""), {}),
        dask_task.code_digest(),
    )
    assert done.needs_kernel


def test_a_worker_with_another_version_is_told(full_class, dask, monkeypatch):
    monkeypatch.setattr(dask_pool, "code_digest", lambda: "lain")
    found = run(full_class, dask)
    assert len(found.failed) == len(full_class.codes)
    assert "versi program yang lain" in found.failed[0].message
    monkeypatch.undo()
    assert {(one.ok, one.points) for one in run(full_class, dask).outcomes} == {(True, 5)}


def test_a_scheduler_that_is_not_there_is_told_and_nothing_begins(full_class, monkeypatch):
    monkeypatch.setattr(dask_pool, "_CONNECT_SECONDS", 1)
    options = RunOptions(scheduler="tcp://127.0.0.1:9")
    with pytest.raises(ClusterTrouble, match="dask"):
        grade_all(assignments_of(full_class.class_folder), options=options)
    assert len(grade(full_class.class_folder, TASK)) == len(full_class.codes)


def test_workers_that_all_go_away_fail_the_rest_and_the_next_run_completes(full_class, monkeypatch):
    # Of its own: nobody brings these workers back.
    with LocalCluster(
        n_workers=1, threads_per_worker=1, processes=False, dashboard_address="127.0.0.1:0"
    ) as alone:
        monkeypatch.setattr(dask_pool, "_WORKERS_SECONDS", 2)

        def leave(step):
            if step.done == 0:
                alone.scale(0)

        found = run(full_class, alone, on_progress=leave)
    assert len(found.outcomes) == len(full_class.codes)
    assert found.failed
    assert all("nilai lagi" in one.message for one in found.failed)
    after = grade_all(assignments_of(full_class.class_folder))
    assert {one.ok for one in after.outcomes} == {True}
    assert grade(full_class.class_folder, TASK) == []
