"""nbgrader's own autograder, for a sheet only a real kernel can run."""

import shutil
import tempfile
from pathlib import Path

from umkm_grading.classroom import ClassRoom
from umkm_grading.nbgrader_steps import autograde
from umkm_grading.settings import nbgrader_config


def run_with_kernel(room: ClassRoom, assignment: str, participant: str) -> str:
    """Run `nbgrader autograde` on one submission and give the executed notebook.

    Raises:
        NbgraderFailed: with nbgrader's log.
    """
    config = nbgrader_config(room)
    # Sockets in a private folder: no kernel of ours listens on a TCP port.
    folder = tempfile.mkdtemp(prefix="umkm-")
    config.KernelManager.transport = "ipc"
    config.KernelManager.connection_file = str(Path(folder) / "kernel.json")
    try:
        autograde(config, assignment, participant)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return (room.autograded(participant, assignment) / f"{assignment}.ipynb").read_text("utf-8")
