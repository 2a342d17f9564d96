"""A kernel's debugger, created on first use."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

from ipykernel import debugger


class LateDebugger:
    """Proxy of ipykernel's debugger, which it creates on first use.

    Creating it runs debugpy's code for the first time: 0.2 MB in every kernel, though few are ever
    debugged. Requests and their handlers run on the loop of the control thread, so that one debugger
    is created without a lock.
    """

    def __init__(self, make: Callable[[], Any]) -> None:
        self._make = make
        self._created = asyncio.Event()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._debugger, name)

    @cached_property
    def _debugger(self) -> Any:
        made = self._make()
        self._created.set()
        return made

    async def handle_stopped_event(self) -> None:
        """Wait for a breakpoint to be reached, once there is a debugger."""
        await self._created.wait()
        await self._debugger.handle_stopped_event()


@contextlib.contextmanager
def no_debugger() -> Iterator[bool]:
    """Create kernels without a debugger; yield whether one would be available."""
    available = debugger._is_debugpy_available  # noqa: SLF001
    debugger._is_debugpy_available = False  # noqa: SLF001
    try:
        yield available
    finally:
        debugger._is_debugpy_available = available  # noqa: SLF001
