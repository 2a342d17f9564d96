"""Faults of one kernel, of a server or of a template do not affect other kernels."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from jupyter_client.manager import AsyncKernelManager
from jupyter_core.paths import jupyter_runtime_dir
from tests.kernels.running import ask, kernel, manager, until
from tests.support.patience import PATIENCE

from umkm_kernels import TemplateServer, environ
from umkm_kernels.process import UNKNOWN_EXIT, ForkedProcess
from umkm_kernels.spec import kernel_dict

MANY = 20


async def started(count: int) -> list[Any]:
    from jupyter_client.kernelspec import KernelSpec

    managers = []
    folder = Path(jupyter_runtime_dir())
    folder.mkdir(parents=True, exist_ok=True)
    for _ in range(count):
        # By Unix sockets, as in the product: a TCP port that jupyter_client found free may be taken
        # by any program before the kernel binds it.
        file = folder / f"kernel-{uuid4()}.json"  # of which jupyter_client makes the sockets' names
        km = AsyncKernelManager(kernel_name="umkm-fork", transport="ipc", connection_file=str(file))
        km._kernel_spec = KernelSpec(**kernel_dict())
        managers.append(km)
    await asyncio.gather(*(km.start_kernel() for km in managers))
    return managers


async def answers(managers: list[Any]) -> list[int]:
    async def one(km: Any) -> int:
        client = km.client()
        client.start_channels()
        await client.wait_for_ready(timeout=120)
        reply = await client.execute_interactive(
            "import os", user_expressions={"pid": "os.getpid()"}, timeout=120, output_hook=id
        )
        client.stop_channels()
        return int(reply["content"]["user_expressions"]["pid"]["data"]["text/plain"])

    return await asyncio.gather(*(one(km) for km in managers))


async def end(managers: list[Any]) -> None:
    await asyncio.gather(*(km.shutdown_kernel(now=True) for km in managers))


def test_template_killed_while_twenty_run_and_twenty_start(own_template: TemplateServer) -> None:
    async def story() -> None:
        running = await started(MANY)
        pids = await answers(running)
        starting = asyncio.create_task(started(MANY))
        victim = own_template.status().template_pid
        while len(own_template.status().kernels) < MANY + 3:
            await asyncio.sleep(0)
        os.kill(victim, signal.SIGKILL)
        late = await starting
        assert own_template.status().template_pid != victim
        assert await answers(running) == pids
        assert len(set(await answers(late))) == MANY
        await end(running + late)
        now = own_template.status()
        assert now.kernels == []

    asyncio.run(story())


def test_broker_killed(own_template: TemplateServer, caplog: pytest.LogCaptureFixture) -> None:
    now = own_template.status()
    with kernel() as (km, client):
        os.kill(now.broker_pid, signal.SIGKILL)
        until(lambda: not Path(f"/proc/{now.template_pid}").exists(), "the template to follow")
        assert ask(client, "3") == 3
        assert km.is_alive()
        with caplog.at_level(logging.WARNING), kernel() as (spawned, other):
            assert not isinstance(spawned.provisioner.process, ForkedProcess)
            assert ask(other, "4") == 4
        assert "the template does not answer" in caplog.text
        process = km.provisioner.process
        client.execute("import os; os._exit(3)")
        # Nobody is left who could know the code.
        assert process.wait(PATIENCE) == UNKNOWN_EXIT
    own_template.start()
    with kernel() as (km, client):
        assert isinstance(km.provisioner.process, ForkedProcess)
        assert ask(client, "5") == 5


def test_killing_without_a_broker_still_tells_how(own_template: TemplateServer) -> None:
    with kernel() as (km, _):
        process = km.provisioner.process
        os.kill(own_template.status().broker_pid, signal.SIGKILL)
        km.shutdown_kernel(now=True)
        assert process.returncode == -signal.SIGKILL


@pytest.mark.parametrize("forked", [True, False])
def test_a_kernel_that_eats_memory_gets_an_error(
    template: TemplateServer, monkeypatch: pytest.MonkeyPatch, forked: bool
) -> None:
    config = {"memory_mb": 1024, "allow_fork": forked}
    with kernel(config=config) as (km, client), kernel() as (_, other):
        assert isinstance(km.provisioner.process, ForkedProcess) is forked
        reply = client.execute_interactive("x = bytearray(1 << 30)", timeout=60, output_hook=id)
        assert reply["content"]["ename"] == "MemoryError"
        assert ask(client, "len(bytearray(1 << 20))") == 1 << 20
        assert ask(other, "len(bytearray(1 << 30))") == 1 << 30
    assert template.status().state == "ready"


@pytest.mark.usefixtures("template")
def test_a_forked_kernel_may_grow_by_so_much_and_presses_less_for_the_processor() -> None:
    with kernel(config={"memory_mb": 4096, "growth_mb": 128, "nice": 10}) as (km, client):
        assert isinstance(km.provisioner.process, ForkedProcess)
        assert ask(client, "__import__('os').getpriority(0, 0)") == 10
        assert ask(client, "len(bytearray(1 << 26))") == 1 << 26
        reply = client.execute_interactive("x = bytearray(1 << 28)", timeout=60, output_hook=id)
        assert reply["content"]["ename"] == "MemoryError"


@pytest.mark.usefixtures("template")
def test_a_spawned_kernel_presses_less_for_the_processor_too() -> None:
    with kernel(config={"growth_mb": 1, "nice": 10, "allow_fork": False}) as (_, client):
        assert ask(client, "__import__('os').getpriority(0, 0)") == 10


@pytest.mark.usefixtures("template")
def test_a_kernel_out_of_cpu_time_ends() -> None:
    with kernel(config={"cpu_seconds": 2}) as (km, client):
        process = km.provisioner.process
        client.execute("while True: pass")
        assert until(lambda: process.poll() is not None, "the limit") is True
        assert process.returncode in {-signal.SIGXCPU, -signal.SIGKILL}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"PYTHONHASHSEED": "0"}, "another PYTHONHASHSEED"),
        ({"PYTHONPATH": "/nonexistent"}, "another PYTHONPATH"),
    ],
)
@pytest.mark.usefixtures("template")
def test_what_only_a_new_interpreter_can_honour_is_spawned(
    change: dict[str, str], reason: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING), kernel(env=os.environ | change) as (km, client):
        assert not isinstance(km.provisioner.process, ForkedProcess)
        name, value = next(iter(change.items()))
        assert ask(client, f"__import__('os').environ[{name!r}]") == value
    assert reason in caplog.text


@pytest.mark.usefixtures("template")
def test_an_unknown_option_of_popen_is_spawned(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING), kernel(restore_signals=False) as (km, _):
        assert not isinstance(km.provisioner.process, ForkedProcess)
    assert "a fork cannot honour restore_signals" in caplog.text


@pytest.mark.usefixtures("template")
def test_where_forking_is_not_allowed(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING), kernel(config={"allow_fork": False}) as (_, client):
        assert ask(client, "6") == 6
    assert "forking is not allowed" in caplog.text


def test_a_socket_nobody_listens_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv(environ.SOCKET, str(tmp_path / "socket"))
    with caplog.at_level(logging.WARNING), kernel() as (_, client):
        assert ask(client, "7") == 7
    assert "the template does not answer" in caplog.text


def test_a_start_that_is_given_up_leaves_no_kernel(own_template: TemplateServer) -> None:
    async def story() -> None:
        (km,) = await started(1)
        start = asyncio.create_task(started(1))
        await asyncio.sleep(0)
        start.cancel()
        await asyncio.gather(start, return_exceptions=True)
        await end([km])

    asyncio.run(story())
    until(lambda: own_template.status().kernels == [], "the kernel to be ended")


def test_socket_and_folder_are_the_owners_alone(own_template: TemplateServer) -> None:
    socket = Path(own_template.address)
    assert socket.stat().st_mode & 0o777 == 0o600
    assert socket.parent.stat().st_mode & 0o777 == 0o700
    own_template.stop()
    assert not socket.parent.exists()


@pytest.mark.usefixtures("template")
def test_a_folder_that_is_gone_ends_the_kernel(tmp_path: Path) -> None:
    km = manager()
    km.start_kernel(cwd=str(tmp_path / "gone"))
    assert km.provisioner.process.wait(PATIENCE) == 1
    km.shutdown_kernel(now=True)
    with kernel() as (_, client):
        assert ask(client, "8") == 8
