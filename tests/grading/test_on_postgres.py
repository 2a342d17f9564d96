"""A class whose records and gradebook lie on a real PostgreSQL server, from Daftar to the figures."""

import os
import subprocess
import sys
import threading
from dataclasses import replace

import pytest
from sqlalchemy import create_engine, inspect, text
from tests.grading.classes import COHORT, TASK, open_class
from tests.unit.records.conftest import COHORT as COHORT_FORM
from tests.unit.records.conftest import SITI

from umkm_grading import (
    Busy,
    ClassFolder,
    RunOptions,
    assignments_of,
    deliver,
    erase_from_class,
    export_grades,
    grade,
    grade_all,
    graded_class,
    make_item_report,
    prepare,
    publish_feedback,
)
from umkm_grading.gradebook.gradebook import gradebook_exists
from umkm_records import (
    ChangeId,
    DraftKey,
    class_progress,
    class_roster,
    create_cohort,
    open_records,
    register,
    result_of,
    save_draft,
    submit,
)
from umkm_records.errors import SchemaNotReady

RIGHT = {"seragam-sekolah": "pindah-catat", "laba-bengkel": "350000"}


@pytest.fixture
def served(tmp_path, catalogue, postgres):
    """The sample class on a server; everybody has sent right answers."""
    one = open_class(tmp_path, catalogue, database=postgres.new_database())
    for code in one.codes:
        one.send(code, RIGHT)
    deliver(one.class_folder, one.records)
    return one


def test_a_programme_goes_its_whole_way_on_a_server(tmp_path, postgres, catalogue):
    database = postgres.new_database()
    environment = os.environ | {"UMKM_DATA": str(tmp_path), "UMKM_DATABASE": database}
    upgrade = [sys.executable, "-m", "umkm_cli", "db", "upgrade"]
    subprocess.run(upgrade, env=environment, check=True, cwd=tmp_path)
    with open_records(database) as records:
        (assignment,) = [catalogue.assignment(TASK)]
        cohort = create_cohort(records, replace(COHORT_FORM, id="kasemen-1"))
        siti = register(records, replace(SITI, join_code=cohort.join_code))
        class_folder = ClassFolder(tmp_path, cohort.id, database)
        prepare(class_folder, [assignment], class_roster(records, cohort.id))
        for number, (question, answer) in enumerate(RIGHT.items()):
            save_draft(records, DraftKey(siti.code, TASK, question), answer, ChangeId("hp", number))
        receipt = submit(records, siti.code, TASK, [one.id for one in assignment.questions])
        assert deliver(class_folder, records) == [receipt.code]
        (outcome,) = grade(class_folder, assignment)
        assert (outcome.ok, outcome.points) == (True, 5)
        assert publish_feedback(class_folder, records, assignment).published == (siti.code,)
        result = result_of(records, siti.code, TASK)
        assert (result.points, result.attempt) == (5, 1)
        (row,) = class_progress(records, cohort.id, [TASK])
        assert (row.participant.code, row.answered[TASK]) == (siti.code, len(RIGHT))
        file = tmp_path / "nilai.csv"
        export_grades([graded_class(class_folder, records, catalogue)], file)
        assert siti.code in file.read_text(encoding="utf-8-sig")
        assert make_item_report(class_folder, TASK).analysis.people == 1
        erase_from_class(class_folder, siti.code)
        assert not class_folder.submitted(siti.code, TASK).exists()
    assert not list(tmp_path.rglob("*.db"))


def test_each_class_has_a_schema_nobody_else_sees(served, tmp_path):
    other = ClassFolder(tmp_path, "kelas-lain", served.class_folder.database)
    assert gradebook_exists(served.class_folder)
    assert not gradebook_exists(other)
    engine = create_engine(served.class_folder.database)
    assert "nilai_contoh_serang" in inspect(engine).get_schema_names()
    assert "grade" not in inspect(engine).get_table_names()
    engine.dispose()


def test_formgraders_own_gradebook_reads_what_was_graded(served):
    from nbgrader.api import Gradebook

    grade(served.class_folder, served.assignment)
    with Gradebook(served.class_folder.gradebook_url, COHORT) as gradebook:
        submission = gradebook.find_submission(TASK, served.codes[0])
        assert submission.score == 5


def test_two_workers_grade_a_class_on_a_server(served):
    found = grade_all(assignments_of(served.class_folder), options=RunOptions(workers=2))
    assert {(one.ok, one.points) for one in found.outcomes} == {(True, 5)}
    assert len(found.outcomes) == len(served.codes)
    assert grade(served.class_folder, TASK) == []


def test_a_server_restarted_in_mid_run_is_told_and_the_next_run_completes(served, postgres):
    seen = []

    def restart(step):
        seen.append(step)
        if step.done == 0:
            postgres.stop()

    found = grade_all(assignments_of(served.class_folder), options=RunOptions(on_progress=restart))
    postgres.start()
    assert len(found.outcomes) == len(served.codes)
    assert {one.ok for one in found.outcomes} == {False}
    assert all("PostgreSQL" in one.message and one.message.endswith(".") for one in found.failed)
    after = grade_all(assignments_of(served.class_folder))
    assert {(one.ok, one.points) for one in after.outcomes} == {(True, 5)}
    assert grade(served.class_folder, TASK) == []


def test_a_restart_between_two_batches_costs_nothing(served, postgres):
    grade_all(assignments_of(served.class_folder))
    postgres.stop()
    postgres.start()
    served.send(served.codes[0], {"laba-bengkel": "1"})
    deliver(served.class_folder, served.records)
    (outcome,) = grade_all(assignments_of(served.class_folder)).outcomes
    assert (outcome.ok, outcome.points) == (True, 2)


def test_a_gradebook_locked_by_another_program_is_told(served, postgres, monkeypatch):
    monkeypatch.setattr("umkm_grading.class_folder.gradebook_url._WAIT_SECONDS", 1)
    other = create_engine(served.class_folder.gradebook_url)
    with other.connect() as connection:
        connection.execute(text("LOCK TABLE grade IN ACCESS EXCLUSIVE MODE"))
        found = grade_all(assignments_of(served.class_folder))
        connection.rollback()
    other.dispose()
    assert len(found.failed) == len(served.codes)
    assert {one.message for one in found.failed} == {
        "Buku nilai sedang dipakai terlalu lama. Tunggu sebentar, lalu nilai lagi."
    }
    assert {
        (one.ok, one.points) for one in grade_all(assignments_of(served.class_folder)).outcomes
    } == {(True, 5)}


def test_a_gradebook_dropped_in_mid_run_is_told_and_comes_back(served, postgres):
    def drop(step):
        if step.done == 0:
            engine = create_engine(served.class_folder.database)
            with engine.begin() as connection:
                connection.execute(text("DROP SCHEMA nilai_contoh_serang CASCADE"))
            engine.dispose()

    found = grade_all(assignments_of(served.class_folder), options=RunOptions(on_progress=drop))
    assert len(found.failed) == len(served.codes)
    assert all("Buku nilai tidak bisa dibuka" in one.message for one in found.failed)
    prepare(served.class_folder, [served.assignment], served.sample.participants)
    assert {
        (one.ok, one.points) for one in grade_all(assignments_of(served.class_folder)).outcomes
    } == {(True, 5)}


def test_a_lock_holds_between_machines(served, tmp_path):
    """Two machines share the server, not the folder: no lock file is seen by both."""
    there = ClassFolder(tmp_path / "laptop-lain", COHORT, served.class_folder.database)
    script = (
        "import sys, pathlib\n"
        "from umkm_grading import ClassFolder\n"
        "room = ClassFolder(pathlib.Path(sys.argv[1]), sys.argv[2], sys.argv[3])\n"
        "with room.working_on(sys.argv[4], sys.argv[5], 5):\n"
        "    print('held', flush=True)\n"
        "    sys.stdin.readline()\n"
    )
    words = [there.data_dir, COHORT, served.class_folder.database, served.codes[0], TASK]
    process = subprocess.Popen(
        [sys.executable, "-c", script, *map(str, words)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout.readline() == "held\n"
    with pytest.raises(Busy), served.class_folder.working_on(served.codes[0], TASK, 0):
        raise AssertionError
    with served.class_folder.working_on(served.codes[1], TASK, 0):
        pass
    process.kill()  # the server lets go of a dead machine's locks
    process.wait()
    with served.class_folder.working_on(served.codes[0], TASK, 5):
        pass


def test_two_threads_of_one_process_are_kept_apart_too(served):
    held, leave = threading.Event(), threading.Event()

    def hold():
        with served.class_folder.working_on(served.codes[0], TASK, 5):
            held.set()
            leave.wait(10)

    thread = threading.Thread(target=hold)
    thread.start()
    assert held.wait(10)
    with pytest.raises(Busy), served.class_folder.working_on(served.codes[0], TASK, 0):
        raise AssertionError
    leave.set()
    thread.join()


def test_a_server_without_tables_says_which_command_makes_them(postgres):
    with pytest.raises(SchemaNotReady, match="umkm db upgrade"):
        open_records(postgres.new_database())


def test_the_password_of_the_server_is_in_no_file_and_no_repr(tmp_path, postgres, catalogue):
    database = postgres.new_database().replace("postgres@", "postgres:rahasia-sekali@")
    one = open_class(tmp_path, catalogue, database=database)
    assert "rahasia-sekali" not in repr(one.class_folder)
    files = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert not any(b"rahasia-sekali" in content for content in files)
    with create_engine(one.class_folder.gradebook_url).connect() as connection:
        students = connection.execute(text("SELECT count(*) FROM student")).scalar()
    assert students == len(one.codes)
