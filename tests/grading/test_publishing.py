"""Results reach trainees with one command or one button, and what waits is said."""

import io
import os
import stat

import pytest
from tests.grading.classes import COHORT, TASK, open_class

from umkm_cli.errors import CliError
from umkm_cli.results import run_feedback
from umkm_cli.terminal import PlainConsole
from umkm_grading import deliver, grade
from umkm_grading.review.publishing import PublishingPart, look_for_ready
from umkm_records import result_of

CHOICE = {"seragam-sekolah": "pindah-catat"}
WRITTEN = {**CHOICE, "rencana-dua-laci": "Dua kaleng, satu untuk usaha."}


@pytest.fixture
def sent(tmp_path, catalogue):
    """The first has sent no text and is done; the second's text waits."""
    before = os.umask(0o077)
    try:
        one = open_class(tmp_path, catalogue)
        for code, answers in zip(one.codes[:2], (CHOICE, WRITTEN), strict=True):
            one.send(code, answers)
        deliver(one.class_folder, one.records)
        grade(one.class_folder, TASK)
        yield one
    finally:
        os.umask(before)


def test_one_command_shows_all_that_is_graded_and_names_who_waits(sent, monkeypatch):
    monkeypatch.setenv("UMKM_DATA", str(sent.class_folder.data_dir))
    done, waits = sent.codes[:2]
    screen = io.StringIO()
    run_feedback(COHORT, (), PlainConsole(file=screen, width=200))
    told = screen.getvalue()
    assert result_of(sent.records, done, TASK) is not None
    assert result_of(sent.records, waits, TASK) is None
    assert f"Belum (Tugas: Dua Laci): {waits}" in told
    sent.staff_gives(waits, "rencana-dua-laci", 3)
    run_feedback(COHORT, ["dua laci"], PlainConsole(file=screen, width=200))
    assert result_of(sent.records, waits, TASK).points == 5
    with pytest.raises(CliError, match=r"Dua Laci \(pembukuan-dua-laci\)"):
        run_feedback(COHORT, ["tiga laci"], PlainConsole(file=screen, width=200))
    # And nothing that grading or publishing wrote can be read by others on the machine.
    ours = [path for path in sent.class_folder.data_dir.rglob("*") if "release" not in path.parts]
    others = [path.name for path in ours if stat.S_IMODE(path.lstat().st_mode) & 0o077]
    assert others == []


def test_the_button_shows_one_task(sent):
    done, waits = sent.codes[:2]
    (ready,) = look_for_ready([sent.class_folder])
    assert (ready.assignment, ready.graded, ready.waiting) == (TASK, 1, 1)
    part = PublishingPart(sent.records, [sent.class_folder], {TASK: "Tugas: Dua Laci"})
    part.look.click()
    ((label, _),) = part.task.options
    assert label == f"Tugas: Dua Laci · kelas {COHORT} (1 selesai dinilai, 1 menunggu uraian)"
    part.show.click()
    assert "Hasil terlihat oleh 1 peserta." in part.messages.value
    assert waits in part.messages.value
    assert result_of(sent.records, done, TASK) is not None
    assert result_of(sent.records, waits, TASK) is None
