"""Fault injection: network, page, kernel, server, disk, and the clocks of phone and laptop."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import psutil
from playwright.async_api import Error
from tests.support.open_workshop import Workshop, server_of

from umkm_kernels import environ
from umkm_kernels.server import status

from .phone import PATIENCE, Phone
from .plan import RunPlan

JUMP = "(by) => { const real = Date.now; Date.now = () => real.call(Date) + by; }"
#: Seconds until a phone closes the connections of a network that it has left.
NOTICED = 10
#: A folder for PYTHONPATH, whose module moves the clock of the trainees' server.
LAPTOP_CLOCK = Path(__file__).parent / "laptop_clock"


def movable_clock(offset: Path) -> dict[str, str]:
    """Return the environment of a workshop whose clock is off by the seconds in the file `offset`."""
    offset.write_text("0")
    return {"PYTHONPATH": str(LAPTOP_CLOCK), "LAPTOP_CLOCK": str(offset)}


class FaultInjector:
    """Injects faults into a phone, or into the workshop that all phones share."""

    def __init__(self, workshop: Workshop, offset: Path) -> None:
        self.workshop = workshop
        self.offset = offset
        # Faults of the server affect all phones, so only one is injected at a time.
        self._shared = asyncio.Lock()
        self._injections: dict[str, Callable[[Phone, RunPlan], Awaitable[None]]] = {
            "cut": self._cut,
            "black_hole": self._black_hole,
            "reload": lambda phone, _: phone.reload(),
            "tab": lambda phone, _: phone.change_tabs(),
            "kernel": self._kernel,
            "server": self._server,
            "disk": self._disk,
            "phone_clock": self._phone_clock,
            "laptop_clock": self._laptop_clock,
        }

    async def inject(self, phone: Phone, plan: RunPlan) -> None:
        """Inject the planned fault, and return when it is repaired."""
        await self._injections[plan.fault](phone, plan)

    async def _cut(self, phone: Phone, plan: RunPlan) -> None:
        phone.proxy.drop()
        await asyncio.sleep(plan.duration)
        phone.proxy.heal()

    async def _black_hole(self, phone: Phone, plan: RunPlan) -> None:
        phone.proxy.black_hole()
        await asyncio.sleep(plan.duration)
        phone.proxy.heal()
        # The browser keeps the dead connections in its pool until it notices.
        asyncio.get_running_loop().call_later(NOTICED, phone.proxy.bury)

    async def _kernel(self, _: Phone, plan: RunPlan) -> None:
        with contextlib.suppress(psutil.Error, OSError, StopIteration):
            kernels = status(server_of(self.workshop).environ()[environ.SOCKET]).kernels
            if kernels:
                psutil.Process(kernels[int(plan.kernel_share * len(kernels))]["pid"]).kill()

    async def _server(self, _phone: Phone, _plan: RunPlan) -> None:
        """Kill the server with SIGKILL; the workshop restarts it."""
        async with self._shared:
            with contextlib.suppress(psutil.Error, StopIteration):
                server_of(self.workshop).kill()
            await asyncio.sleep(1)
            await self._wait_until_it_responds()

    async def _disk(self, _: Phone, plan: RunPlan) -> None:
        """Limit the size of the server's files, as a full disk or a quota does."""
        async with self._shared:
            with contextlib.suppress(psutil.Error, StopIteration):
                server = server_of(self.workshop)
                free = server.rlimit(psutil.RLIMIT_FSIZE)
                server.rlimit(psutil.RLIMIT_FSIZE, (4096, free[1]))
                await asyncio.sleep(plan.duration)
                server.rlimit(psutil.RLIMIT_FSIZE, free)

    async def _phone_clock(self, phone: Phone, plan: RunPlan) -> None:
        with contextlib.suppress(Error):
            await phone.page.evaluate(JUMP, plan.jump * 1000)

    async def _laptop_clock(self, _: Phone, plan: RunPlan) -> None:
        async with self._shared:
            self.offset.write_text(str(plan.jump))
            await asyncio.sleep(plan.duration)
            self.offset.write_text("0")

    async def _wait_until_it_responds(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError):
                await asyncio.to_thread(self.workshop.get, "/masuk")
                return
            await asyncio.sleep(0.3)
