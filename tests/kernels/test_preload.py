"""A template refuses to fork threads and connections, names the preload, and follows changed code."""

from __future__ import annotations

import logging
import os
import signal
from pathlib import Path

import pytest
from tests.kernels.running import ask, kernel, run, until, write_module
from tests.support.patience import PATIENCE

from umkm_kernels import TemplateServer, environ
from umkm_kernels.process import ForkedProcess

REFUSED = {
    "thread": (
        """
import threading, time
def brew(): time.sleep(1000)
threading.Thread(target=brew, name='kopi-tubruk', daemon=True).start()
""",
        "thread 'kopi-tubruk' running warung_thread.brew",
    ),
    "context": ("import zmq\ncontext = zmq.Context()\n", "an open zmq.sugar.context.Context"),
    "loop": (
        "import asyncio\nloop = asyncio.new_event_loop()\n",
        "the event loop asyncio.unix_events._UnixSelectorEventLoop",
    ),
    "connection": (
        "import socket\nkept = socket.socketpair()\n",
        "an open descriptor",
    ),
    "failure": ("raise ValueError('stok habis')\n", "failed: ValueError: stok habis"),
}


@pytest.fixture
def modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder on everybody's import path."""
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize("what", REFUSED)
def test_refused_by_name_and_spawned_instead(
    what: str, modules: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    text, reason = REFUSED[what]
    write_module(modules, f"warung_{what}", text)
    with TemplateServer([f"warung_{what}"], warmup=None) as server:
        monkeypatch.setenv(environ.SOCKET, server.address)
        now = server.wait_ready()
        assert now.state == "refused"
        assert f"warung_{what}" in now.reason
        assert reason in now.reason
        with caplog.at_level(logging.WARNING):
            for _ in range(2):
                with kernel() as (km, client):
                    assert not isinstance(km.provisioner.process, ForkedProcess)
                    assert ask(client, "1") == 1
        warnings = [r for r in caplog.records if "spawned instead of forked" in r.getMessage()]
        assert len(warnings) == 1
        assert reason in warnings[0].getMessage()


def test_the_shell_a_kernel_has_is_the_one_the_template_made(
    modules: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Preloads come after the shell, so one can see it.
    seen = "from IPython import get_ipython\nSHELL = id(get_ipython())\n"
    write_module(modules, "toko_lama", seen)
    with TemplateServer(["toko_lama"], pool=1, warmup=None) as server:
        monkeypatch.setenv(environ.SOCKET, server.address)
        server.wait_ready()
        with kernel() as (_, client):
            assert ask(client, "get_ipython() is not None") is True
            assert ask(client, "__import__('toko_lama').SHELL == id(get_ipython())") is True


def test_changed_code_is_what_the_next_kernel_runs(
    modules: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write_module(modules, "resep", "BUMBU = 'garam'\n")
    with TemplateServer(["resep"], pool=1, warmup=None) as server:
        monkeypatch.setenv(environ.SOCKET, server.address)
        first = server.wait_ready()
        with kernel() as (_, early):
            assert ask(early, "__import__('resep').BUMBU") == "garam"
            file.write_text("BUMBU = 'gula merah'\n", encoding="utf-8")
            until(lambda: server.status().generation > first.generation, "another template")
            with kernel() as (km, late):
                assert isinstance(km.provisioner.process, ForkedProcess)
                assert ask(late, "__import__('resep').BUMBU") == "gula merah"
            assert ask(early, "__import__('resep').BUMBU") == "garam"


def test_a_template_that_is_killed_is_replaced(own_template: TemplateServer) -> None:
    before = own_template.status()
    with kernel() as (km, client):
        os.kill(before.template_pid, signal.SIGKILL)
        until(lambda: own_template.status().template_pid != before.template_pid, "a new template")
        assert own_template.wait_ready().state == "ready"
        assert ask(client, "2") == 2
        process = km.provisioner.process
        client.execute("import os; os._exit(7)")
        # The kernel's parent is gone; its exit code is not.
        assert process.wait(PATIENCE) == 7


@pytest.mark.usefixtures("template")
def test_nothing_is_imported_after_the_fork() -> None:
    """What each kernel would import for itself belongs into `preload.LATE`."""
    late = "set(__import__('sys').modules) - __import__('umkm_kernels.kernel').kernel.module_names"
    with kernel() as (_, client):
        run(client, "import numpy, ipywidgets")
        assert ask(client, f"sorted({late})") == []


def test_the_first_kernel_of_a_server_starts_its_own_template(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from umkm_kernels.provisioner import ForkProvisioner

    monkeypatch.delenv(environ.SOCKET, raising=False)
    config = {"preload": ["colorsys"], "pool": 0}
    with kernel(config=config) as (one, client), kernel(config=config) as (two, _):
        assert ask(client, "'colorsys' in __import__('sys').modules") is True
        assert isinstance(one.provisioner.process, ForkedProcess)
        assert isinstance(two.provisioner.process, ForkedProcess)
    mine = [s for key, s in ForkProvisioner._servers.items() if key[1] == ("colorsys",)]
    assert len(mine) == 1
    mine[0].stop()
