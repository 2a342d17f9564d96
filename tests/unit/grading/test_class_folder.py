"""A class's folder: ids are refused before any path is made from them."""

from pathlib import Path

import pytest

from umkm import InputError
from umkm_grading import Busy, ClassFolder, ClassFolderError

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
        ClassFolder(tmp_path, bad)


@pytest.mark.parametrize("bad", BAD)
@pytest.mark.parametrize(
    "path",
    ["submitted", "autograded", "feedback", "history_file", "failure_log"],
)
def test_a_bad_participant_or_assignment_is_refused(tmp_path, bad, path):
    class_folder = ClassFolder(tmp_path, "kelas-satu")
    for pair in ((bad, "tugas-satu"), ("srg-abcde", bad)):
        with pytest.raises(InputError):
            getattr(class_folder, path)(*pair)
        with pytest.raises(InputError), class_folder.working_on(*pair):
            pytest.fail("a lock was made for it")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("bad", BAD)
@pytest.mark.parametrize("path", ["source", "release", "released_file"])
def test_a_bad_assignment_is_refused(tmp_path, bad, path):
    with pytest.raises(InputError):
        getattr(ClassFolder(tmp_path, "kelas-satu"), path)(bad)


@pytest.mark.parametrize("name", ["kelas[2026]", "kelas*", "kelas?"])
def test_a_data_folder_nbgrader_cannot_find_again_is_refused(tmp_path, name):
    with pytest.raises(ClassFolderError, match="Pilih folder lain"):
        ClassFolder(tmp_path / name, "kelas-satu")


def test_a_relative_data_folder_does_not_move_with_the_working_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    class_folder = ClassFolder(Path("data"), "kelas-satu")
    assert class_folder.root == tmp_path / "data" / "angkatan" / "kelas-satu"


def test_one_submission_is_held_by_one_only(tmp_path):
    class_folder = ClassFolder(tmp_path, "kelas-satu")
    with class_folder.working_on("srg-abcde", "tugas-satu"):
        with class_folder.working_on("srg-other", "tugas-satu", wait_seconds=0):
            pass
        with (
            pytest.raises(Busy, match="proses lain"),
            class_folder.working_on("srg-abcde", "tugas-satu", wait_seconds=0.1),
        ):
            pytest.fail("held twice")
    with class_folder.working_on("srg-abcde", "tugas-satu", wait_seconds=0):
        pass
