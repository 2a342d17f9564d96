"""The tests of jupyter_client for provisioners, run with ForkProvisioner."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psutil
import pytest
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager, KernelManager
from jupyter_client.provisioning import KernelProvisionerFactory
from tests.kernels.running import ask, connect, kernel, register, run, until
from tests.support.patience import PATIENCE

from umkm_kernels import ForkProvisioner, TemplateServer, spec
from umkm_kernels.process import ForkedProcess
from umkm_kernels.spec import PROVISIONER

TRANSPORTS = pytest.mark.parametrize("transport", ["tcp", "ipc"])


@pytest.fixture
def kernelspecs(
    tmp_path: Path, template: TemplateServer, monkeypatch: pytest.MonkeyPatch
) -> TemplateServer:
    """Kernelspecs in files: one that names the provisioner, one that names none."""
    folder = spec.write(tmp_path / "kernels" / "forked", memory_mb=2048, pool=3)
    content = json.loads((folder / "kernel.json").read_text(encoding="utf-8"))
    content["env"] = {"WARUNG": "${WARUNG}:Bu Siti"}
    (folder / "kernel.json").write_text(json.dumps(content), encoding="utf-8")
    plain = {**content, "metadata": {}}
    (tmp_path / "kernels" / "plain").mkdir()
    (tmp_path / "kernels" / "plain" / "kernel.json").write_text(json.dumps(plain), encoding="utf-8")
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    monkeypatch.delenv("PYTEST_CURRENT_TEST")
    register()
    return template


@pytest.mark.usefixtures("kernelspecs")
def test_the_kernelspec_names_it_and_sets_its_traits() -> None:
    assert {"forked", "plain"} <= set(KernelSpecManager().get_all_specs())
    km = KernelManager(kernel_name="forked")
    km.start_kernel()
    assert isinstance(km.provisioner, ForkProvisioner)
    assert isinstance(km.provisioner.process, ForkedProcess)
    assert (km.provisioner.memory_mb, km.provisioner.pool) == (2048, 3)
    km.shutdown_kernel(now=True)
    assert not km.provisioner.has_process


@pytest.mark.usefixtures("kernelspecs")
def test_it_may_be_the_default_of_kernelspecs_that_name_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    factory = KernelProvisionerFactory.instance()
    monkeypatch.setattr(factory, "default_provisioner_name", PROVISIONER)
    km = KernelManager(kernel_name="plain")
    km.start_kernel()
    assert isinstance(km.provisioner, ForkProvisioner)
    assert km.provisioner.memory_mb == 0
    km.shutdown_kernel(now=True)


@pytest.mark.usefixtures("kernelspecs")
@TRANSPORTS
def test_lifecycle_with_output_pipes(transport: str) -> None:
    async def story() -> None:
        km = AsyncKernelManager(kernel_name="forked", transport=transport)
        await km.start_kernel(stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert await km.is_alive()
        first = km.provisioner.pid  # type: ignore[union-attr]
        await km.restart_kernel(now=True)
        assert await km.is_alive()
        assert km.provisioner.pid != first  # type: ignore[union-attr]
        await km.interrupt_kernel()
        assert await km.is_alive()
        await km.shutdown_kernel(now=True)
        assert not await km.is_alive()
        assert km.context.closed

    asyncio.run(story())


@pytest.mark.usefixtures("kernelspecs")
@TRANSPORTS
def test_polite_shutdown(transport: str) -> None:
    km = KernelManager(kernel_name="forked", transport=transport)
    km.start_kernel()
    client = connect(km)
    assert ask(client, "1 + 1") == 2
    client.stop_channels()
    process = km.provisioner.process  # type: ignore[union-attr]
    km.shutdown_kernel()
    assert not km.has_kernel
    assert process.returncode == 0


@pytest.mark.usefixtures("kernelspecs")
@TRANSPORTS
def test_encryption_when_required(transport: str) -> None:
    km = KernelManager(kernel_name="forked", transport=transport, transport_encryption="required")
    km.start_kernel()
    info = km.get_connection_info()
    assert info["transport"] == transport
    assert info["curve_publickey"]
    client = connect(km)
    assert ask(client, "'rahasia'") == "rahasia"
    client.stop_channels()
    km.shutdown_kernel(now=True)


@pytest.mark.usefixtures("kernelspecs")
def test_the_kernelspecs_environment_is_filled_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WARUNG", "Serang")
    km = KernelManager(kernel_name="forked")
    km.start_kernel()
    client = connect(km)
    assert ask(client, "__import__('os').environ['WARUNG']") == "Serang:Bu Siti"
    client.stop_channels()
    km.shutdown_kernel(now=True)


@pytest.mark.usefixtures("template")
@pytest.mark.parametrize("polite", [True, False])
def test_what_a_kernel_started_ends_with_it(polite: bool) -> None:
    with kernel() as (km, client):
        code = "import subprocess; p = [subprocess.Popen(['sleep', '600']) for _ in range(2)]"
        run(client, code)
        children = ask(client, "[child.pid for child in p]")
        km.shutdown_kernel(now=not polite)
    until(lambda: not any(_runs(pid) for pid in children), "its processes to end")


@pytest.mark.usefixtures("template")
def test_an_interrupt_reaches_what_a_kernel_started() -> None:
    with kernel() as (km, client):
        run(client, "import subprocess; p = subprocess.Popen(['sleep', '600'])")
        client.execute("print(p.pid, flush=True)\nwhile True: pass")
        until(
            lambda: "text" in client.get_iopub_msg(timeout=PATIENCE)["content"],
            "the process to run",
        )
        km.interrupt_kernel()
        assert client.get_shell_msg(timeout=PATIENCE)["content"]["status"] == "error"
        assert ask(client, "p.wait()") == -2


@pytest.mark.usefixtures("template")
def test_started_by_several_threads_at_once() -> None:
    def one(number: int) -> int:
        with kernel() as (km, client):
            assert isinstance(km.provisioner.process, ForkedProcess)
            return int(ask(client, f"{number} * 2"))

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(one, range(8))) == [number * 2 for number in range(8)]


@pytest.mark.usefixtures("template")
def test_another_manager_may_take_a_kernel_over() -> None:
    """As a server that restarts does, with what the first one wrote down."""

    async def story(km: Any) -> None:
        info = await km.provisioner.get_provisioner_info()
        assert info["pid"] == km.provisioner.pid
        other = ForkProvisioner(kernel_id=km.kernel_id, kernel_spec=km.kernel_spec, parent=km)
        await other.load_provisioner_info(json.loads(json.dumps(info, default=str)))
        assert (other.pid, other.pgid) == (km.provisioner.pid, km.provisioner.pgid)

    with kernel() as (km, client):
        asyncio.run(story(km))
        assert ask(client, "3") == 3


def test_the_pool_is_bounded_and_filled_when_nobody_waits(own_template: TemplateServer) -> None:
    before = own_template.wait_ready()
    assert len(before.pool) == 2
    with kernel() as (one, _), kernel() as (two, _), kernel() as (_, client):
        taken = {one.provisioner.pid, two.provisioner.pid}
        assert taken == set(before.pool)
        assert ask(client, "4") == 4  # there was nothing warm for the third
        now = own_template.wait_ready()
        assert not taken & set(now.pool)
        time.sleep(1)
        assert len(own_template.status().pool) == 2


def _runs(pid: int) -> bool:
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def test_a_kernel_has_the_umask_of_its_server(template: TemplateServer, tmp_path: Path) -> None:
    assert template.status().state == "ready"
    kept = os.umask(0o027)
    try:
        with kernel(cwd=str(tmp_path)) as (_, client):
            run(client, "open('catatan', 'w').close()")
        assert (tmp_path / "catatan").stat().st_mode & 0o777 == 0o640
    finally:
        os.umask(kept)
