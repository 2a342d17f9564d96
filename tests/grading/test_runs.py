"""A run over a class: watched, stopped, disturbed; what is left is taken up by the next one."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys

import pytest
from tests.grading.classes import TASK

from umkm_grading import (
    ClassFolder,
    RunOptions,
    assignments_of,
    deliver,
    grade,
    grade_all,
    prepare,
    repair_submissions,
)
from umkm_grading.autograde.plan import Reason, Scope

RIGHT = {"seragam-sekolah": "pindah-catat", "laba-bengkel": "350000"}


@pytest.fixture
def full_class(one_class):
    """Everybody of the sample class has sent right answers."""
    for code in one_class.codes:
        one_class.send(code, RIGHT)
    deliver(one_class.class_folder, one_class.records)
    return one_class


def run(one_class, scope=Scope.DUE, **options):
    return grade_all(assignments_of(one_class.class_folder), scope, RunOptions(**options))


def test_two_workers_grade_a_class_and_tell_of_each_step(full_class):
    told = []
    found = run(full_class, workers=2, on_progress=told.append)
    people = len(full_class.codes)
    assert [step.done for step in told] == list(range(people + 1))
    assert {step.total for step in told} == {people}
    assert {(one.ok, one.points, one.reason) for one in found.outcomes} == {(True, 5, Reason.NEW)}
    assert all(set(one.seconds) >= {"baca", "jalan", "tulis"} for one in found.outcomes)
    kept = json.loads(
        full_class.class_folder.history_file(full_class.codes[0], TASK).read_text("utf-8")
    )
    assert kept["seconds"].keys() >= {"baca", "jalan", "tulis"}
    assert run(full_class).outcomes == ()


def test_stopping_keeps_what_is_done_and_the_next_run_does_the_rest(full_class):
    done = []
    first = run(full_class, on_progress=done.append, should_stop=lambda: len(done) > 1)
    assert first.outcomes
    assert first.left == len(full_class.codes) - len(first.outcomes)
    assert all(one.ok for one in first.outcomes)
    second = run(full_class)
    graded = [one.participant for one in (*first.outcomes, *second.outcomes)]
    assert sorted(graded) == sorted(full_class.codes)


def test_everything_can_be_graded_once_more(full_class):
    run(full_class)
    again = run(full_class, Scope.ALL)
    assert {(one.ok, one.points, one.reason) for one in again.outcomes} == {(True, 5, Reason.ASKED)}
    assert len(again.outcomes) == len(full_class.codes)


def test_a_locked_gradebook_is_told_and_the_next_run_completes(full_class, monkeypatch):
    url = f"sqlite:///{full_class.class_folder.gradebook_file}?timeout=0.2"
    monkeypatch.setattr(ClassFolder, "gradebook_url", property(lambda self: url))
    other = sqlite3.connect(full_class.class_folder.gradebook_file)
    other.execute("BEGIN IMMEDIATE")
    found = run(full_class)
    assert len(found.failed) == len(full_class.codes)
    assert "Buku nilai sedang dipakai" in found.failed[0].message
    other.rollback()
    other.close()
    after = run(full_class)
    assert {(one.ok, one.points, one.reason) for one in after.outcomes} == {
        (True, 5, Reason.FAILED)
    }


def test_a_class_folder_deleted_in_mid_run_is_told_and_comes_back(full_class):
    def delete(step):
        if step.done == 0:
            shutil.rmtree(full_class.class_folder.root)

    found = run(full_class, on_progress=delete)
    assert len(found.failed) == len(full_class.codes)
    assert all(one.message.endswith(".") for one in found.failed)

    shutil.rmtree(full_class.class_folder.root, ignore_errors=True)
    prepare(full_class.class_folder, [full_class.assignment], full_class.sample.participants)
    repair_submissions(full_class.class_folder, full_class.records)
    assert {(one.ok, one.points) for one in run(full_class).outcomes} == {(True, 5)}


def test_a_lost_gradebook_is_made_anew_and_nobody_passes_for_graded(full_class):
    run(full_class)
    for file in full_class.class_folder.root.glob("gradebook.db*"):
        file.unlink()
    prepare(full_class.class_folder, [full_class.assignment], full_class.sample.participants)
    assert {(one.ok, one.points) for one in run(full_class).outcomes} == {(True, 5)}
    assert all(full_class.scores(code) for code in full_class.codes)


def test_a_damaged_gradebook_is_told_and_nothing_else_is_touched(full_class):
    run(full_class)
    book = full_class.class_folder.gradebook_file
    with sqlite3.connect(book) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    whole = book.read_bytes()
    for file in full_class.class_folder.root.glob("gradebook.db-*"):
        file.unlink()
    book.write_bytes(b"bukan basis data " * 4000)
    found = run(full_class, Scope.ALL)
    assert len(found.failed) == len(full_class.codes)
    assert all("umkm restore" in one.message for one in found.failed)
    book.write_bytes(whole)
    assert {(one.ok, one.points) for one in run(full_class).outcomes} == {(True, 5)}


@pytest.mark.parametrize("name", ["a*b", "baris\nbaru", "SRG-Siti", "..b"])
def test_a_folder_that_is_no_participant_is_told_and_left_alone(full_class, name):
    folder = full_class.class_folder.root / "submitted" / name / TASK
    folder.mkdir(parents=True)
    found = run(full_class)
    (stray,) = found.failed
    assert "bukan kode peserta" in stray.message
    assert "\n" not in stray.participant
    assert len(found.outcomes) == len(full_class.codes) + 1
    assert folder.exists()


def test_a_clock_set_back_changes_nothing(full_class):
    run(full_class)
    code = full_class.codes[0]
    for path in full_class.class_folder.submitted(code, TASK).iterdir():
        os.utime(path, (0, 0))
    os.utime(full_class.class_folder.history_file(code, TASK), (0, 0))
    assert run(full_class).outcomes == ()


def test_a_full_disk_is_told_and_the_next_run_completes(full_class, monkeypatch):
    from umkm_grading.autograde import results

    real, left = results.write_folder, [2]

    def full(*args, **options):
        left[0] -= 1
        if left[0] < 0:
            raise OSError(28, "No space left on device", "autograded")
        return real(*args, **options)

    monkeypatch.setattr(results, "write_folder", full)
    found = run(full_class)
    assert len(found.failed) == len(full_class.codes) - 2
    assert "disk penuh" in found.failed[0].message
    monkeypatch.undo()
    assert {(one.ok, one.points) for one in run(full_class).outcomes} == {(True, 5)}
    assert grade(full_class.class_folder, TASK) == []


def umkm(data_dir, *words):
    environment = os.environ | {"UMKM_DATA": str(data_dir)}
    command = [sys.executable, "-m", "umkm_cli", *words]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    return subprocess.Popen(command, env=environment, text=True, **pipes)


def test_the_command_tells_its_progress_as_json_lines_and_keeps_them(full_class, tmp_path):
    output, _ = umkm(tmp_path, "grade", "contoh-serang", TASK, "--json").communicate(timeout=120)
    lines = [json.loads(line) for line in output.splitlines()]
    assert lines[0] == {"event": "planned", "done": 0, "total": 12}
    assert {line["event"] for line in lines[1:]} == {"graded"}
    assert {line["participant"] for line in lines[1:]} == set(full_class.codes)
    assert lines[-1]["seconds_left"] == 0
    (kept,) = (tmp_path / "log").glob("penilaian-*.jsonl")
    assert kept.read_text(encoding="utf-8").count("\n") == 13


def test_a_name_that_is_no_class_and_no_assignment_is_told(one_class, tmp_path):
    process = umkm(tmp_path, "grade", "contoh-serang", "tugas-hilang")
    output, _ = process.communicate(timeout=120)
    assert process.returncode == 1
    assert "Tugas tugas-hilang tidak ada di kelas ini" in output
    assert TASK in output


def test_ctrl_c_ends_the_command_cleanly(full_class, tmp_path):
    first = umkm(tmp_path, "grade", "contoh-serang", "--workers", "1", "--json")
    assert '"planned"' in first.stdout.readline()
    first.send_signal(signal.SIGINT)
    told, _ = first.communicate(timeout=60)
    assert first.returncode in (0, 130)  # 0 where everybody was graded by then
    assert "Traceback" not in told
    rest, _ = umkm(tmp_path, "grade", "contoh-serang").communicate(timeout=60)
    assert "Gagal" not in rest
    assert grade(full_class.class_folder, TASK) == []
    assert all(full_class.scores(code) for code in full_class.codes)
