"""Starts real kernels, forked and stock, and sends them requests."""

from __future__ import annotations

import contextlib
import json
import os
import time
from collections.abc import Callable, Iterator
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import psutil
from ipykernel.kernelspec import get_kernel_dict
from jupyter_client.blocking import BlockingKernelClient
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import KernelManager
from jupyter_client.provisioning import KernelProvisionerFactory

from umkm_kernels.spec import PROVISIONER, kernel_dict

PATIENCE = 60.0


def register() -> None:
    """Make the provisioner known where the entry point is not installed."""
    factory = KernelProvisionerFactory.instance()
    factory.provisioners[PROVISIONER] = EntryPoint(
        PROVISIONER, "umkm_kernels.provisioner:ForkProvisioner", factory.GROUP_NAME
    )


def manager(*, stock: bool = False, config: dict[str, Any] | None = None, **traits: Any) -> Any:
    register()
    # ipykernel captures less where this is set; we want what people get.
    os.environ.pop("PYTEST_CURRENT_TEST", None)
    made = KernelManager(kernel_name="python3" if stock else "umkm-fork", **traits)
    made._kernel_spec = KernelSpec(**(get_kernel_dict() if stock else kernel_dict(**config or {})))
    return made


def connect(km: Any) -> BlockingKernelClient:
    client: BlockingKernelClient = km.client()
    client.start_channels()
    client.wait_for_ready(timeout=PATIENCE)
    return client


def run(client: BlockingKernelClient, code: str) -> str:
    """Execute `code` and return what it printed; an error in it is an AssertionError here."""
    printed: list[str] = []

    def hear(message: dict[str, Any]) -> None:
        if message["msg_type"] == "stream" and message["content"]["name"] == "stdout":
            printed.append(message["content"]["text"])

    reply = client.execute_interactive(code, timeout=PATIENCE, output_hook=hear)
    assert reply["content"]["status"] == "ok", reply["content"]
    return "".join(printed)


def ask(client: BlockingKernelClient, expression: str) -> Any:
    """Return the value of an expression in the kernel, by way of JSON."""
    return json.loads(run(client, f"import json; print(json.dumps({expression}))"))


@contextlib.contextmanager
def kernel(
    *,
    stock: bool = False,
    config: dict[str, Any] | None = None,
    transport: str = "tcp",
    **launch: Any,
) -> Iterator[tuple[Any, BlockingKernelClient]]:
    km = manager(stock=stock, config=config, transport=transport)
    km.start_kernel(**launch)
    client = connect(km)
    try:
        yield km, client
    finally:
        client.stop_channels()
        if km.has_kernel:
            km.shutdown_kernel(now=True)


def until(true: Callable[[], Any], what: str, patience: float = PATIENCE) -> Any:
    """Return the first true value; how long that takes is the machine's affair."""
    deadline = time.monotonic() + patience
    while not (value := true()):
        assert time.monotonic() < deadline, f"waited {patience} s for {what}"
        time.sleep(0.02)
    return value


def descendants() -> set[int]:
    return {process.pid for process in psutil.Process().children(recursive=True)}


def write_module(folder: Path, name: str, text: str) -> Path:
    file = folder / f"{name}.py"
    file.write_text(text, encoding="utf-8")
    return file
