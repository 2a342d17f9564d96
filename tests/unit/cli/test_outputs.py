"""Paths of files for people: on a mounted USB stick, never in its empty mount point."""

import os
import re
from pathlib import Path

import pytest

from umkm_cli import outputs
from umkm_cli.errors import CliError
from umkm_cli.outputs import output_path, stamp
from umkm_cli.paths import Paths


@pytest.fixture
def paths(tmp_path):
    return Paths(tmp_path / "program", tmp_path / "data")


def test_without_a_name_it_lies_in_the_data_folder_and_the_whole_path_is_known(paths, monkeypatch):
    monkeypatch.chdir("/")
    target = output_path(paths, None, "nilai.xlsx")
    assert target == paths.data_dir / "Berkas kelas" / "nilai.xlsx"
    assert target.parent.is_dir()


def test_a_folder_takes_the_file_and_a_name_is_a_name(paths, tmp_path):
    assert output_path(paths, tmp_path, "c.zip") == tmp_path / "c.zip"
    assert output_path(paths, Path(f"{tmp_path}/"), "c.zip") == tmp_path / "c.zip"
    assert output_path(paths, tmp_path / "lain.zip", "c.zip") == tmp_path / "lain.zip"


@pytest.mark.parametrize(
    "stick", ["/media/umkm-uji/x.zip", "/run/media/a/umkm-uji/x.zip", "/mnt/umkm-uji"]
)
def test_a_stick_that_is_not_there_is_told_and_nothing_is_made(paths, stick):
    if os.path.ismount("/media") or os.path.ismount("/mnt"):
        pytest.skip("/media or /mnt is a disk here")
    before = Path(stick).parent.exists()
    with pytest.raises(CliError, match="Tidak ada flashdisk"):
        output_path(paths, Path(stick), "c.zip")
    assert Path(stick).parent.exists() == before


def test_a_mounted_stick_is_written_to(paths, monkeypatch):
    # /dev/shm is mounted wherever Linux runs, /dev/umkm-uji nowhere.
    monkeypatch.setattr(outputs, "_STICKS", ("/dev",))
    monkeypatch.setattr(
        os.path, "ismount", lambda place, real=os.path.ismount: str(place) != "/dev" and real(place)
    )
    assert output_path(paths, Path("/dev/shm"), "c.zip") == Path("/dev/shm/c.zip")
    with pytest.raises(CliError):
        output_path(paths, Path("/dev/umkm-uji/c.zip"), "c.zip")


def test_the_date_is_the_one_on_the_wall_in_serang(monkeypatch):
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}-\d{6}", stamp())

    class Clock(outputs.datetime):
        @classmethod
        def now(cls, zone):
            return cls(2026, 11, 29, 17, 18, 0, tzinfo=zone)  # 00.18 WIB of the next day

    monkeypatch.setattr(outputs, "datetime", Clock)
    assert stamp() == "2026-11-30-001800"
