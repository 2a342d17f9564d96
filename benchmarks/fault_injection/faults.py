"""Fault injection: the line, the page, the kernel, the server, its disk, and both clocks."""

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
#: Seconds until a phone gives up the connections of a network it has left.
NOTICED = 10
#: A folder for PYTHONPATH; what stands in it moves the clock of the whole workshop.
LAPTOP_CLOCK = Path(__file__).parent / "laptop_clock"


def movable_clock(offset: Path) -> dict[str, str]:
    """The environment of a workshop whose date is off by the seconds in the file `offset`."""
    offset.write_text("0")
    return {"PYTHONPATH": str(LAPTOP_CLOCK), "LAPTOP_CLOCK": str(offset)}


class FaultInjector:
    """Injects faults into phones, or the workshop they all share."""

    def __init__(self, workshop: Workshop, offset: Path) -> None:
        self.workshop = workshop
        self.offset = offset
        # One person's dead server is everybody's: two such faults at once would be one.
        self._shared = asyncio.Lock()
        self._ways: dict[str, Callable[[Phone, RunPlan], Awaitable[None]]] = {
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
        """Inject the planned fault; return when it is over and repaired."""
        await self._ways[plan.fault](phone, plan)

    async def _cut(self, phone: Phone, plan: RunPlan) -> None:
        phone.proxy.drop()
        await asyncio.sleep(plan.lasting)
        phone.proxy.heal()

    async def _black_hole(self, phone: Phone, plan: RunPlan) -> None:
        phone.proxy.black_hole()
        await asyncio.sleep(plan.lasting)
        phone.proxy.heal()
        # For a while the browser still has the dead connections in its pool; then it notices.
        asyncio.get_running_loop().call_later(NOTICED, phone.proxy.bury)

    async def _kernel(self, _: Phone, plan: RunPlan) -> None:
        with contextlib.suppress(psutil.Error, OSError, StopIteration):
            kernels = status(server_of(self.workshop).environ()[environ.SOCKET]).kernels
            if kernels:
                psutil.Process(kernels[int(plan.victim * len(kernels))]["pid"]).kill()

    async def _server(self, _phone: Phone, _plan: RunPlan) -> None:
        """SIGKILL; the workshop starts it again."""
        async with self._shared:
            with contextlib.suppress(psutil.Error, StopIteration):
                server_of(self.workshop).kill()
            await asyncio.sleep(1)
            await self._until_it_answers()

    async def _disk(self, _: Phone, plan: RunPlan) -> None:
        """No file of the server may grow, as on a full disk or over a quota."""
        async with self._shared:
            with contextlib.suppress(psutil.Error, StopIteration):
                server = server_of(self.workshop)
                free = server.rlimit(psutil.RLIMIT_FSIZE)
                server.rlimit(psutil.RLIMIT_FSIZE, (4096, free[1]))
                await asyncio.sleep(plan.lasting)
                server.rlimit(psutil.RLIMIT_FSIZE, free)

    async def _phone_clock(self, phone: Phone, plan: RunPlan) -> None:
        with contextlib.suppress(Error):
            await phone.page.evaluate(JUMP, plan.jump * 1000)

    async def _laptop_clock(self, _: Phone, plan: RunPlan) -> None:
        async with self._shared:
            self.offset.write_text(str(plan.jump))
            await asyncio.sleep(plan.lasting)
            self.offset.write_text("0")

    async def _until_it_answers(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError):
                await asyncio.to_thread(self.workshop.get, "/masuk")
                return
            await asyncio.sleep(0.3)
