"""A class's folder: ids are refused before any path is made from them."""

from pathlib import Path

import pytest

from umkm import InputError
from umkm_grading import Busy, ClassRoom, ClassRoomError

BAD = [
    "..",
    "../x",
    "a/b",
    "*",
    "srg-*",
    "srg-a\n",
    "",
    ".",
    "SRG-A",
    "a" * 33,
    "srg a",
    "\x00abc",
    None,
]


@pytest.mark.parametrize("bad", BAD)
def test_a_bad_cohort_id_is_refused(tmp_path, bad):
    with pytest.raises(InputError):
        ClassRoom(tmp_path, bad)


@pytest.mark.parametrize("bad", BAD)
@pytest.mark.parametrize(
    "path",
    ["submitted", "autograded", "feedback", "ledger_file", "failure_log"],
)
def test_a_bad_participant_or_assignment_is_refused(tmp_path, bad, path):
    room = ClassRoom(tmp_path, "kelas-satu")
    for pair in ((bad, "tugas-satu"), ("srg-abcde", bad)):
        with pytest.raises(InputError):
            getattr(room, path)(*pair)
        with pytest.raises(InputError), room.working_on(*pair):
            pytest.fail("a lock was made for it")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("bad", BAD)
@pytest.mark.parametrize("path", ["source", "release", "paper_file"])
def test_a_bad_assignment_is_refused(tmp_path, bad, path):
    with pytest.raises(InputError):
        getattr(ClassRoom(tmp_path, "kelas-satu"), path)(bad)


@pytest.mark.parametrize("name", ["kelas[2026]", "kelas*", "kelas?"])
def test_a_data_folder_nbgrader_cannot_find_again_is_refused(tmp_path, name):
    with pytest.raises(ClassRoomError, match="Pilih folder lain"):
        ClassRoom(tmp_path / name, "kelas-satu")


def test_a_relative_data_folder_does_not_move_with_the_working_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    room = ClassRoom(Path("data"), "kelas-satu")
    assert room.root == tmp_path / "data" / "angkatan" / "kelas-satu"


def test_one_submission_is_held_by_one_only(tmp_path):
    room = ClassRoom(tmp_path, "kelas-satu")
    with room.working_on("srg-abcde", "tugas-satu"):
        with room.working_on("srg-other", "tugas-satu", wait_seconds=0):
            pass
        with (
            pytest.raises(Busy, match="proses lain"),
            room.working_on("srg-abcde", "tugas-satu", wait_seconds=0.1),
        ):
            pytest.fail("held twice")
    with room.working_on("srg-abcde", "tugas-satu", wait_seconds=0):
        pass
