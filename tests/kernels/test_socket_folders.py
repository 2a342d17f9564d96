"""Socket folders: short paths, private, removed with their owner, also after it was killed."""

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from tests.support.patience import PATIENCE

from umkm_kernels.socket_folders import (
    make_socket_folder,
    remove_socket_folder,
    sweep_socket_folders,
)

#: sun_path of unix(7) without its final zero; what jupyter_client puts below Voila's folder.
LONGEST = 107
DEEPEST = f"voila_12345678/kernel-{'0' * 36}-ipc-5"

MAKES_ONE = "from umkm_kernels.socket_folders import *; made = make_socket_folder('uji'); print(made, flush=True); "


def test_a_folder_is_private_and_short_wherever_temporary_files_go(tmp_path, monkeypatch):
    deep = tmp_path / ("d" * 90)
    deep.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(deep))
    folder = make_socket_folder("kernels")
    try:
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert len(os.fsencode(folder / DEEPEST)) <= LONGEST
    finally:
        remove_socket_folder(folder)
    assert not folder.exists()


def test_a_process_that_ends_takes_its_folder_along():
    done = subprocess.run(
        [sys.executable, "-c", MAKES_ONE], capture_output=True, text=True, check=True
    )
    assert not Path(done.stdout.strip()).exists()


def test_a_forked_process_leaves_its_parents_folder_alone():
    forks = MAKES_ONE + (
        "import os, sys; child = os.fork(); child or sys.exit(); os.waitpid(child, 0); "
        "print(made.is_dir())"
    )
    done = subprocess.run([sys.executable, "-c", forks], capture_output=True, text=True, check=True)
    assert done.stdout.split()[-1] == "True"


def test_what_a_killed_process_left_is_swept_and_what_a_living_one_has_is_not():
    waits = MAKES_ONE + "import time; time.sleep(600)"
    killed, alive = (
        subprocess.Popen([sys.executable, "-c", waits], stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    )
    try:
        left, kept = (Path(each.stdout.readline().strip()) for each in (killed, alive))
        (left / "kernel-1-ipc-1").touch()
        killed.send_signal(signal.SIGKILL)
        killed.wait(PATIENCE)
        assert left.exists()
        swept = sweep_socket_folders()
        assert left in swept
        assert not left.exists()
        assert kept.exists()
    finally:
        for each in (killed, alive):
            each.kill()
            each.wait(PATIENCE)
            each.stdout.close()
        sweep_socket_folders()


@pytest.mark.parametrize("name", ["umkm-bukan-kami", "umkm-pg-1"])
def test_other_folders_are_left_alone(name):
    folder = Path("/tmp") / f"{name}-{os.getpid()}"
    folder.mkdir()
    try:
        sweep_socket_folders()
        assert folder.exists()
    finally:
        folder.rmdir()
