"""Unit tests of the parts that need no kernel."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import nbformat
import pytest
from jupyter_client.kernelspec import KernelSpecManager
from nbclient import NotebookClient
from tests.kernels import running
from tests.support.patience import PATIENCE

import umkm_kernels
from umkm_kernels import TemplateServer, environ, protocol
from umkm_kernels.__main__ import main
from umkm_kernels.process import ForkedProcess


def test_public_names() -> None:
    assert umkm_kernels.__all__ == sorted(umkm_kernels.__all__)
    for name in umkm_kernels.__all__:
        assert getattr(umkm_kernels, name).__doc__
    with pytest.raises(AttributeError):
        _ = umkm_kernels.nothing


def test_imports_nothing_of_ours() -> None:
    folder = Path(umkm_kernels.__file__).parent
    ours = {"umkm", "umkm_apps", "umkm_cli", "umkm_courses", "umkm_grading", "umkm_records"}
    code = (
        f"import sys, importlib\nfor name in {sorted(p.stem for p in folder.glob('*.py'))!r}:\n"
        "    if name not in ('__init__', '__main__'): importlib.import_module('umkm_kernels.'+name)\n"
        "print(' '.join(sys.modules))"
    )
    seen = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not ours & set(seen.stdout.split())


def test_the_broker_stays_small() -> None:
    code = "import sys, umkm_kernels.broker; print(' '.join(sys.modules))"
    seen = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"IPython", "asyncio", "ipykernel", "jupyter_client", "tornado", "traitlets", "zmq"}
    assert not heavy & set(seen.stdout.split())


def test_messages_survive_any_cut() -> None:
    left, right = socket.socketpair()
    with left, right:
        data = protocol.pack({"a": "é" * 1000}) + protocol.pack({"b": 2})
        reader, got = protocol.Decoder(), []
        for start in range(0, len(data), 7):
            left.sendall(data[start : start + 7])
            got += reader.read(right)
        assert [message for message, _ in got] == [{"a": "é" * 1000}, {"b": 2}]
        left.close()
        with pytest.raises(protocol.Closed):
            reader.read(right)


def test_descriptors_travel_with_their_message(tmp_path: Path) -> None:
    left, right = socket.socketpair()
    with left, right, (tmp_path / "note").open("w+b") as file:
        protocol.send(left, {"file": True}, [file.fileno()])
        _, (fd,) = protocol.receive(right)
        assert not os.get_inheritable(fd)
        os.write(fd, b"arrived")
        os.close(fd)
        assert (tmp_path / "note").read_bytes() == b"arrived"


def test_an_endless_message_is_refused() -> None:
    left, right = socket.socketpair()
    with left, right:
        left.sendall(b"\xff\xff\xff\xff")
        with pytest.raises(protocol.Closed):
            protocol.receive(right)


def test_sending_to_one_who_has_gone_says_so() -> None:
    left, right = socket.socketpair()
    with left:
        right.close()
        with pytest.raises(protocol.Closed):
            protocol.send(left, {"pid": 1})


def test_one_who_has_gone_with_something_unread_has_closed() -> None:
    left, right = socket.socketpair()
    with right:
        protocol.send(right, {"pid": 1})
        left.close()
        with pytest.raises(protocol.Closed):
            protocol.receive(right)


def test_the_template_learns_no_secret() -> None:
    known = environ.for_template(
        {"PATH": "/bin", "HOME": "/home/s", "PYTHONPATH": "/lib", "UMKM_KEY": "x",
         "JUPYTERHUB_API_TOKEN": "x", "JUPYTER_TOKEN": "x", "AWS_SECRET_ACCESS_KEY": "x",
         "PGPASSWORD": "x", "OMP_NUM_THREADS": "4"}
    )  # fmt: skip
    assert {"PATH", "HOME", "PYTHONPATH"} < set(known)
    assert "x" not in known.values()
    assert known["OMP_NUM_THREADS"] == "4"


def test_which_variables_come_too_late() -> None:
    template = environ.for_template({"PATH": "/bin", "PYTHONPATH": "/lib"})
    assert environ.too_late({"PATH": "/else", "PYTHONPATH": "/lib"}, template) == []
    assert environ.too_late({}, template) == ["PYTHONPATH"]
    wish = {"PYTHONPATH": "/lib", "OMP_NUM_THREADS": "8"}
    assert environ.too_late(wish, template) == ["OMP_NUM_THREADS"]
    assert environ.same_shape({"HOME": "/a"}, {"HOME": "/a", "PATH": "/bin"})
    assert not environ.same_shape({"HOME": "/a"}, {"HOME": "/b"})
    # A variable that only the template has set makes no difference.
    assert environ.same_shape({"PATH": "/bin"}, template)
    assert not environ.same_shape({"PYDEVD_DISABLE_FILE_VALIDATION": "0"}, template)


def test_a_stranger_sends_rubbish(template: TemplateServer) -> None:
    for rubbish in (b"\xff\xff\xff\xff", b"\0\0\0\1x", protocol.pack({"start": {}}), b""):
        with socket.socket(socket.AF_UNIX) as sock:
            sock.settimeout(PATIENCE)
            sock.connect(template.address)
            sock.sendall(rubbish)
            if rubbish:
                assert sock.recv(100) == b""
    assert template.status().state == "ready"


def test_install_and_status(
    tmp_path: Path,
    template: TemplateServer,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = ["--name=warung", f"--prefix={tmp_path}", "--preload", "pandas", "--memory-mb=512"]
    assert main(["install", *words]) == 0
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "share" / "jupyter"))
    running.register()
    found = KernelSpecManager().get_kernel_spec("warung")
    assert found.argv[1:3] == ["-m", "ipykernel_launcher"]
    assert found.metadata["kernel_provisioner"] == {
        "provisioner_name": "fork-provisioner",
        "config": {"preload": ["pandas"], "pool": 2, "memory_mb": 512},
    }
    with running.kernel() as (km, _):
        assert main(["status"]) == 0
        assert f"kernel   {km.provisioner.pid} " in capsys.readouterr().out
    monkeypatch.delenv(environ.SOCKET)
    assert main(["status"]) == 1
    assert template.status().kernels == []


@pytest.mark.usefixtures("template")
def test_nbclient_needs_no_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    umkm_kernels.install("python3", prefix=str(tmp_path))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "share" / "jupyter"))
    monkeypatch.setenv("JUPYTER_PREFER_ENV_PATH", "0")
    monkeypatch.delenv("PYTEST_CURRENT_TEST")
    running.register()
    cell = nbformat.v4.new_code_cell("import os, numpy; os.getppid(), numpy.sum([1, 2])")
    notebook = nbformat.v4.new_notebook(cells=[cell])
    client = NotebookClient(notebook, kernel_name="python3", timeout=60)
    with client.setup_kernel():
        assert isinstance(client.km.provisioner.process, ForkedProcess)  # type: ignore[union-attr]
        client.execute_cell(cell, 0)
    assert json.dumps(cell.outputs)


def test_every_module_says_what_it_is_for() -> None:
    for file in Path(umkm_kernels.__file__).parent.glob("*.py"):
        name = "umkm_kernels" if file.stem == "__init__" else f"umkm_kernels.{file.stem}"
        assert (import_module(name).__doc__ or "").strip(), file
        assert len(file.read_text(encoding="utf-8").splitlines()) <= 400, file
