"""Damage on disk and mistakes in an assignment: refused by name, and nobody gets a false 0."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from sqlalchemy import event
from tests.grading.classes import TASK

from umkm_grading import (
    AssignmentMismatch,
    ClassFolder,
    GradingError,
    NotPrepared,
    StorageTrouble,
    deliver,
    grade,
    prepare,
    repair_submissions,
)
from umkm_grading.class_folder.submission_folder import write_submission
from umkm_grading.submit import deliver as deliver_module

RIGHT = {"seragam-sekolah": "pindah-catat", "laba-bengkel": "350000"}


@pytest.fixture
def copied(one_class, tmp_path):
    """The assignment with a source notebook that may be spoilt."""
    folder = tmp_path / "sumber"
    folder.mkdir()
    path = folder / one_class.assignment.path.name
    shutil.copy(one_class.assignment.path, path)
    return replace(one_class.assignment, path=path)


def change(path, edit):
    notebook = nbformat.read(path, as_version=4)
    edit(notebook)
    nbformat.write(notebook, path)


def cell(notebook, cell_id):
    return next(one for one in notebook.cells if one.id == cell_id)


def test_truncated_answers_are_not_graded_and_stop_nobody_else(one_class):
    broken, fine = one_class.codes[:2]
    for code in (broken, fine):
        one_class.send(code, RIGHT)
    deliver(one_class.class_folder, one_class.records)
    path = one_class.class_folder.submitted(broken, TASK) / "answers.json"
    path.write_bytes(path.read_bytes()[:40])

    outcomes = {one.participant: one for one in grade(one_class.class_folder, one_class.assignment)}
    assert not outcomes[broken].ok
    assert "rusak" in outcomes[broken].message
    assert outcomes[fine].points == 5

    repair_submissions(
        one_class.class_folder, one_class.records
    )  # the records still have every answer
    (mended,) = grade(one_class.class_folder, one_class.assignment)
    assert (mended.participant, mended.ok, mended.points) == (broken, True, 5)


def test_a_lost_submission_folder_comes_back_from_the_records(one_class):
    code = one_class.codes[0]
    one_class.send(code, RIGHT)
    deliver(one_class.class_folder, one_class.records)
    shutil.rmtree(one_class.class_folder.submitted(code, TASK))
    repair_submissions(one_class.class_folder, one_class.records)
    (outcome,) = grade(one_class.class_folder, one_class.assignment)
    assert outcome.points == 5


def test_a_submitted_notebook_that_misses_a_cell_is_made_whole(one_class):
    code = one_class.codes[0]
    one_class.put(code, RIGHT)
    path = one_class.class_folder.submitted(code, TASK) / f"{TASK}.ipynb"
    change(path, lambda nb: nb.cells.remove(cell(nb, "laba-bengkel")))
    (outcome,) = grade(one_class.class_folder, one_class.assignment)
    assert outcome.ok
    assert outcome.points == 5


def test_a_submitted_notebook_that_marks_itself_is_not_run(one_class):
    code = one_class.codes[0]
    one_class.put(code, {"seragam-sekolah": "ambil-dulu"})
    folder = one_class.class_folder.submitted(code, TASK)

    def cheat(notebook):
        notebook.cells.insert(2, nbformat.v4.new_code_cell("mark = lambda *a, **k: 2"))

    change(folder / f"{TASK}.ipynb", cheat)
    (folder / "json.py").write_text("loads = None")
    (folder / "umkm_widgets.py").write_text("raise SystemExit")
    (outcome,) = grade(one_class.class_folder, one_class.assignment)
    assert outcome.ok, outcome.message
    assert outcome.points == 0


def test_a_marking_cell_that_breaks_is_a_failure_not_a_zero(one_class, copied):
    def break_key(notebook):
        found = cell(notebook, "laba-bengkel")
        found.source = found.source.replace("350000", "1/0")

    change(copied.path, break_key)
    prepare(one_class.class_folder, [copied], [])
    code = one_class.codes[0]
    one_class.put(code, RIGHT)
    (outcome,) = grade(one_class.class_folder, copied)
    assert not outcome.ok
    assert "laba-bengkel" in outcome.message
    assert one_class.scores(code)["laba-bengkel"].waiting  # formgrader shows it as open


def test_a_marking_cell_that_says_nothing_is_not_full_points(one_class, copied):
    def silence(notebook):
        found = cell(notebook, "laba-bengkel")
        found.source = found.source.replace("### END HIDDEN TESTS", "None\n### END HIDDEN TESTS")

    change(copied.path, silence)
    prepare(one_class.class_folder, [copied], [])
    one_class.put(one_class.codes[0], {"laba-bengkel": "1"})
    (outcome,) = grade(one_class.class_folder, copied)
    assert not outcome.ok


@pytest.mark.parametrize("missing", ["seragam-sekolah", "rencana-dua-laci"])
def test_an_assignment_that_misses_a_marked_cell_is_refused(one_class, copied, missing):
    change(copied.path, lambda nb: nb.cells.remove(cell(nb, missing)))
    with pytest.raises(AssignmentMismatch, match=missing):
        prepare(one_class.class_folder, [copied], [])


def test_an_unlocked_text_cell_is_refused(one_class, copied):
    def unlock(notebook):
        cell(notebook, "rencana-dua-laci").metadata.nbgrader["locked"] = False

    change(copied.path, unlock)
    with pytest.raises(AssignmentMismatch, match="rencana-dua-laci"):
        prepare(one_class.class_folder, [copied], [])


@pytest.mark.parametrize("marker", ["### BEGIN HIDDEN TESTS\n", "### END HIDDEN TESTS"])
def test_a_key_that_nbgrader_would_release_is_refused(one_class, copied, marker):
    def remove(notebook):
        found = cell(notebook, "laba-bengkel")
        found.source = found.source.replace(marker, "")

    change(copied.path, remove)
    with pytest.raises(GradingError, match=r"laba-bengkel|No end hidden tests"):
        prepare(one_class.class_folder, [copied], [])
    assert not one_class.class_folder.release(TASK).exists()


def test_the_release_holds_no_key_and_no_mark_scheme(one_class):
    released = (one_class.class_folder.release(TASK) / f"{TASK}.ipynb").read_text(encoding="utf-8")
    assert "350000" not in released
    assert "mark(" not in released
    assert "Beri 1 untuk tiap hal" not in released
    names = {path.name for path in one_class.class_folder.release(TASK).iterdir()}
    assert names == {f"{TASK}.ipynb", "misunderstandings.toml"}


def test_a_text_twin_beside_the_source_is_not_released(one_class, copied):
    copied.path.with_suffix(".md").write_text("kunci: 350000")
    change(copied.path, lambda nb: None)
    prepare(one_class.class_folder, [copied], [])
    names = {path.name for path in one_class.class_folder.release(TASK).iterdir()}
    assert names == {f"{TASK}.ipynb"}


def test_a_mended_key_grades_everybody_again(one_class, copied):
    code = one_class.codes[0]
    one_class.put(code, {"laba-bengkel": "360rb"})
    (before,) = grade(one_class.class_folder, one_class.assignment)

    def mend(notebook):
        found = cell(notebook, "laba-bengkel")
        found.source = found.source.replace("350000", "360000")

    change(copied.path, mend)
    prepare(one_class.class_folder, [copied], [])
    (after,) = grade(one_class.class_folder, copied)
    assert (before.points, after.points) == (0, 3)


def test_a_question_cannot_vanish_after_somebody_answered_it(one_class, copied):
    one_class.put(one_class.codes[0], RIGHT)
    change(copied.path, lambda nb: nb.cells.remove(cell(nb, "seragam-sekolah")))
    fewer = replace(copied, questions=copied.questions[1:])
    with pytest.raises(AssignmentMismatch, match="sudah ada kiriman"):
        prepare(one_class.class_folder, [fewer], [])


def test_grading_what_was_never_prepared_says_so(tmp_path):
    with pytest.raises(NotPrepared, match="belum disiapkan"):
        grade(ClassFolder(tmp_path, "kelas-baru"), TASK)


def test_a_disk_that_takes_nothing_is_told_and_delivery_goes_on_later(one_class):
    receipt = one_class.send(one_class.codes[0], RIGHT)
    blocked = one_class.class_folder.root / "submitted"
    blocked.write_text("a file where the folder should be")
    with pytest.raises(StorageTrouble, match="Periksa ruang disk"):
        deliver(one_class.class_folder, one_class.records)
    blocked.unlink()
    assert deliver(one_class.class_folder, one_class.records) == [receipt.code]


def test_a_data_folder_that_cannot_be_written_is_told(one_class, tmp_path):
    (tmp_path / "berkas").write_text("")
    with pytest.raises(StorageTrouble, match="izin folder data"):
        prepare(ClassFolder(tmp_path / "berkas", "kelas-satu"), [one_class.assignment], [])


def test_answers_of_another_class_or_task_are_not_delivered(one_class):
    one_class.send(one_class.codes[0], RIGHT)
    other = ClassFolder(one_class.class_folder.data_dir, "kelas-lain")
    prepare(other, [one_class.assignment], [])
    assert deliver(other, one_class.records) == []
    assert len(deliver(one_class.class_folder, one_class.records)) == 1


def test_the_submission_folder_is_what_nbgrader_expects(one_class):
    receipt = one_class.send(one_class.codes[0], RIGHT)
    deliver(one_class.class_folder, one_class.records)
    folder = one_class.class_folder.submitted(receipt.participant, TASK)
    assert {path.name for path in folder.iterdir()} == {
        "answers.json",
        "kiriman.json",
        "submission_secret.txt",
        "timestamp.txt",
        f"{TASK}.ipynb",
        "misunderstandings.toml",
    }
    stored = json.loads((folder / "answers.json").read_text(encoding="utf-8"))
    assert stored["version"] == 1
    assert {q: a for q, a in stored["answers"].items() if a is not None} == RIGHT
    assert (folder / "timestamp.txt").read_text().endswith(" UTC")


def test_a_sending_that_cannot_be_written_keeps_nobody_else_waiting(one_class, monkeypatch, caplog):
    bad, good = one_class.codes[:2]
    receipts = {code: one_class.send(code, RIGHT).code for code in (bad, good)}

    def write(class_folder, submission):
        if submission.participant == bad:
            raise ValueError("what nobody foresaw")
        write_submission(class_folder, submission)

    monkeypatch.setattr(deliver_module, "write_submission", write)
    assert deliver(one_class.class_folder, one_class.records) == [receipts[good]]
    assert deliver(one_class.class_folder, one_class.records) == []
    # Told once, however often it is tried, and without a traceback on the trainer's terminal.
    told = [record for record in caplog.records if receipts[bad] in record.getMessage()]
    assert len(told) == 1
    assert told[0].exc_info is None
    monkeypatch.undo()
    # Nothing is lost: the next call carries it.
    assert deliver(one_class.class_folder, one_class.records) == [receipts[bad]]


def test_a_call_that_finds_nothing_new_is_one_query_and_reads_no_file(one_class, monkeypatch):
    """What the workshop does each second: it must not grow with the submissions of the class."""
    for code in one_class.codes[:3]:
        one_class.send(code, RIGHT)
    assert len(deliver(one_class.class_folder, one_class.records)) == 3
    asked = []

    def note(connection, cursor, statement, *rest):
        if not statement.startswith(("BEGIN", "PRAGMA")):
            asked.append(statement)

    def read(path):
        raise AssertionError(f"{path} was read")

    event.listen(one_class.records.engine, "before_cursor_execute", note)
    try:
        with monkeypatch.context() as patched:
            patched.setattr(Path, "read_bytes", read)
            patched.setattr(Path, "open", read)
            patched.setattr(Path, "glob", read)
            assert deliver(one_class.class_folder, one_class.records) == []
    finally:
        event.remove(one_class.records.engine, "before_cursor_execute", note)
    assert len(asked) == 1
    assert asked[0].startswith("SELECT")
