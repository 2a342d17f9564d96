"""Two hundred kernels start and end without leaving processes, descriptors or files."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import psutil
import pytest
from jupyter_core.paths import jupyter_runtime_dir
from tests.kernels.running import descendants, kernel, manager, until

from umkm_kernels import TemplateServer
from umkm_kernels.process import ForkedProcess

MANY = 200


def open_files(pid: int) -> int:
    return len(os.listdir(f"/proc/{pid}/fd"))  # noqa: PTH208


def leftovers() -> set[str]:
    folders = [Path(tempfile.gettempdir()), Path(jupyter_runtime_dir())]
    return {
        str(path)
        for folder in folders
        if folder.is_dir()
        for path in folder.iterdir()
        if path.is_socket() or path.name.startswith("kernel-")
    }


@pytest.mark.parametrize("transport", ["tcp", "ipc"])
def test_two_hundred_starts_and_stops(
    template: TemplateServer, transport: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with kernel(transport=transport):
        pass  # what a first use opens for good is no leak
    before = template.wait_ready()
    processes = (os.getpid(), before.broker_pid, before.template_pid)
    open_before = [open_files(pid) for pid in processes]
    left_before, family = leftovers(), descendants()
    for _ in range(MANY // 2):
        km = manager(transport=transport)
        km.start_kernel()
        assert isinstance(km.provisioner.process, ForkedProcess)
        km.shutdown_kernel(now=True)
        km.context.destroy()
    now = template.wait_ready()
    assert now.kernels == []
    assert now.generation == before.generation
    until(lambda: len(descendants()) <= len(family), "the last kernels to be reaped")
    zombies = [p for p in psutil.process_iter(["status", "ppid"]) if p.info["ppid"] in processes]
    assert all(p.info["status"] != psutil.STATUS_ZOMBIE for p in zombies)
    # Our own question for the status was one connection more.
    until(
        lambda: all(
            open_files(pid) <= count for pid, count in zip(processes, open_before, strict=True)
        ),
        "descriptors to be closed",
        patience=10,
    )
    # What others on this machine left may be gone meanwhile; ours has left nothing new.
    assert leftovers() <= left_before
    assert list(tmp_path.iterdir()) == []


def test_a_stopped_server_leaves_nothing() -> None:
    family = descendants()
    with TemplateServer(pool=2) as server:
        folder = Path(server.address).parent
        assert folder.is_dir()
        now = server.wait_ready()
        assert len(now.pool) == 2
    until(lambda: descendants() <= family, "its processes to end")
    gone = [now.broker_pid, now.template_pid, *now.pool]
    until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in gone), "its children to end")
    assert not folder.exists()
