"""Start time and private memory of forked kernels against stock ones.

    python -m benchmarks.kernels [--json] [--runs 15] [--burst 20]

Each run starts one kernel of each kind, in alternating order, so that other load on the machine affects
all kinds alike. `ready` is from `start_kernel` to the reply to `import pandas, ipywidgets`.
`private` is Private_Dirty after widgets were shown and one of them changed.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import statistics
import sys
import time
from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

from ipykernel.kernelspec import get_kernel_dict
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import KernelManager
from jupyter_client.provisioning import KernelProvisionerFactory

from umkm_kernels import TemplateServer, environ
from umkm_kernels.spec import PROVISIONER, kernel_dict

IMPORT = "import pandas, ipywidgets"
PAGE = """
from IPython.display import display
answer = ipywidgets.RadioButtons(options=["a", "b", "c"])
feedback = ipywidgets.HTML()
answer.observe(lambda change: feedback.set_trait("value", f"<b>{change.new}</b>"), "value")
display(ipywidgets.VBox([answer, feedback, ipywidgets.Button(description="Kirim")]))
answer.value = "b"
"""
PRELOAD = ["pandas", "ipywidgets"]
BURST = 20


def private_mb(pid: int) -> float:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines():
        if line.startswith("Private_Dirty:"):
            return int(line.split()[1]) / 1024
    return 0.0


def reply(client: Any, code: str) -> None:
    sent = client.execute(code)
    while (message := client.get_shell_msg(timeout=120))["parent_header"]["msg_id"] != sent:
        pass
    assert message["content"]["status"] == "ok", message["content"]


@contextlib.contextmanager
def started(spec: dict[str, Any]) -> Iterator[tuple[float, Any, Any]]:
    """Yield the milliseconds until the imports were done, the client and the process id."""
    km = KernelManager()
    km._kernel_spec = KernelSpec(**spec)  # noqa: SLF001 -- instead of a kernelspec file
    begin = time.perf_counter()
    km.start_kernel()
    client = km.client()
    client.start_channels(hb=False)
    reply(client, IMPORT)
    passed = (time.perf_counter() - begin) * 1000
    try:
        yield passed, client, km.provisioner.pid  # type: ignore[union-attr]
    finally:
        client.stop_channels()
        km.shutdown_kernel(now=True)
        km.context.destroy()


def one(spec: dict[str, Any]) -> tuple[float, float]:
    with started(spec) as (passed, client, pid):
        reply(client, PAGE)
        return passed, private_mb(pid)


def burst(spec: dict[str, Any], count: int) -> float:
    """Return the seconds until `count` kernels started at once have all done the imports."""
    begin = time.perf_counter()
    managers = []
    for _ in range(count):
        km = KernelManager()
        km._kernel_spec = KernelSpec(**spec)  # noqa: SLF001 -- instead of a kernelspec file
        km.start_kernel()
        managers.append(km)
    for km in managers:
        client = km.client()
        client.start_channels(hb=False)
        reply(client, IMPORT)
        client.stop_channels()
    passed = time.perf_counter() - begin
    for km in managers:
        km.shutdown_kernel(now=True)
    return passed


def spread(values: list[float]) -> dict[str, float]:
    return {
        "median": round(statistics.median(values), 1),
        "lowest": round(min(values), 1),
        "highest": round(max(values), 1),
    }


def measure(runs: int, together: int) -> dict[str, Any]:
    stock, forked = get_kernel_dict(), kernel_dict()
    # Another language fits no warm worker: the start time with an empty pool.
    cold = kernel_dict() | {"env": {"LANGUAGE": "x-cold"}}
    kinds = {"stock": stock, "forked": forked, "cold": cold}
    seen: dict[str, list[tuple[float, float]]] = {kind: [] for kind in kinds}
    with TemplateServer(PRELOAD, pool=2) as server:
        os.environ[environ.SOCKET] = server.address
        now = server.wait_ready()
        if now.state != "ready":
            sys.exit(f"no template: {now.reason}")
        for spec in kinds.values():
            one(spec)  # the first start, not measured
        for run in range(runs):
            order = list(kinds)
            for kind in order[run % 3 :] + order[: run % 3]:
                server.wait_ready()
                seen[kind].append(one(kinds[kind]))
        now = server.wait_ready()
        shared = {
            "broker_mb": round(private_mb(now.broker_pid), 1),
            "waiting_mb": round(statistics.median(map(private_mb, now.pool)), 1),
        }
        bursts = {kind: round(burst(kinds[kind], together), 2) for kind in ("stock", "forked")}
    pairs = list(zip(seen["stock"], seen["forked"], strict=True))
    return {
        "runs": runs,
        "ready_ms": spread([ms for ms, _ in seen["forked"]]),
        "cold_ready_ms": spread([ms for ms, _ in seen["cold"]]),
        "stock_ready_ms": spread([ms for ms, _ in seen["stock"]]),
        "ratio_ready": spread([theirs[0] / ours[0] for theirs, ours in pairs]),
        "private_mb": spread([mb for _, mb in seen["forked"]]),
        "stock_private_mb": spread([mb for _, mb in seen["stock"]]),
        "ratio_private": spread([theirs[1] / ours[1] for theirs, ours in pairs]),
        "burst_of": together,
        "burst_s": bursts["forked"],
        "stock_burst_s": bursts["stock"],
        **shared,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--burst", type=int, default=BURST, help="how many start at once")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    factory = KernelProvisionerFactory.instance()
    if PROVISIONER not in factory.provisioners:  # the entry point is not installed
        value = "umkm_kernels.provisioner:ForkProvisioner"
        factory.provisioners[PROVISIONER] = EntryPoint(PROVISIONER, value, factory.GROUP_NAME)
    found = measure(options.runs, options.burst)
    if options.json:
        print(json.dumps(found, indent=1))
        return
    for name, value in found.items():
        print(f"{name:18}", value if not isinstance(value, dict) else "  ".join(
            f"{key} {number}" for key, number in value.items()
        ))  # fmt: skip


if __name__ == "__main__":
    main()
