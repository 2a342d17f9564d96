"""The WebSockets of all pages: their owners, their number, and the replay for one that broke."""

from __future__ import annotations

import asyncio
from typing import Any

import zmq.asyncio
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from traitlets import default

from .in_process.kernel import InProcessKernel
from .kernel_sockets import PageKernel, bound_replay, make_context
from .kernel_websocket import GAVE_WAY, KernelWebSocket
from .page_traffic import PageTraffic
from .sessions import PageSession, PageSessions

#: Connections to one page, and of one person: tabs that show it, and one that is just coming back. The
#: oldest gives way, since a phone knows best which of its pages it shows now.
MOST_CONNECTIONS = 3
MOST_CONNECTIONS_OF_PERSON = 6


class KernelConnections(AsyncMappingKernelManager):
    """A kernel manager that knows the page of each kernel, and its open WebSockets."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.pages = PageSessions()
        self._with_kernel: dict[str, PageSession] = {}

    @default("kernel_manager_class")
    def _default_kernel_manager_class(self) -> str:
        return f"{PageKernel.__module__}.{PageKernel.__name__}"

    @default("context")
    def _context_default(self) -> zmq.asyncio.Context:
        self._created_context = True
        return make_context()

    async def _async_shutdown_kernel(
        self, kernel_id: str, now: bool | None = False, restart: bool | None = False
    ) -> None:
        kernel = self._kernels.get(kernel_id)
        if isinstance(kernel, InProcessKernel):
            await kernel.shutdown_kernel()
            self.remove_kernel(kernel_id)
        else:
            await super()._async_shutdown_kernel(kernel_id, now=now, restart=restart)

    async def cull_kernel_if_idle(self, kernel_id: str) -> None:
        """End a kernel that is idle; pages without one are ended by the clock of the event loop."""
        if not isinstance(self._kernels.get(kernel_id), InProcessKernel):
            await super().cull_kernel_if_idle(kernel_id)

    shutdown_kernel = _async_shutdown_kernel  # type: ignore[assignment]  # async upstream too

    def is_owner(self, kernel_id: str, username: str) -> bool:
        """Return whether this kernel was started for this participant."""
        page = self._with_kernel.get(kernel_id)
        return page is not None and page.key.owner == username

    def traffic_of(self, kernel_id: str) -> PageTraffic | None:
        """Return what the page with this kernel has under way to it."""
        page = self._with_kernel.get(kernel_id)
        return None if page is None else page.traffic

    def connection_opened(self, kernel_id: str, connection: KernelWebSocket) -> None:
        """Record that a page's connection is open: its kernel stays."""
        if (page := self._with_kernel.get(kernel_id)) is not None:
            page.connections.append(connection)
            page.expected_since, page.was_left = None, False
            self._end_surplus_connections(page)

    def _end_surplus_connections(self, page: PageSession) -> None:
        others = [
            (other, connection)
            for other in self.pages.of(page.key.owner)
            if other is not page
            for connection in other.connections
        ]
        beyond = [(page, connection) for connection in page.connections[:-MOST_CONNECTIONS]]
        beyond += others[
            : max(
                0,
                len(others)
                + min(len(page.connections), MOST_CONNECTIONS)
                - MOST_CONNECTIONS_OF_PERSON,
            )
        ]
        for each, connection in beyond:
            # Noted here already: the browser may take its time to close its half.
            self.connection_closed(each.kernel_id or "", connection)
            connection.close(GAVE_WAY)

    def connection_closed(self, kernel_id: str, connection: KernelWebSocket) -> None:
        """Record that a page's connection broke: its kernel waits a while for it to come back."""
        page = self._with_kernel.get(kernel_id)
        if page is not None and connection in page.connections:
            page.connections.remove(connection)
            page.alone_since = self._now()

    def page_closed(self, kernel_id: str) -> None:
        """Record that the reader left the page; its connection may still look open for a moment."""
        page = self._with_kernel.get(kernel_id)
        # With two tabs on one page, the other one still reads it.
        if page is not None and len(page.connections) <= 1:
            page.was_left = True

    def start_buffering(self, kernel_id: str, session_key: str, channels: Any) -> None:
        """Store what a kernel says for a connection that broke, as long as it is little."""
        super().start_buffering(kernel_id, session_key, channels)
        bound_replay(self._kernel_buffers[kernel_id])

    def get_buffer(self, kernel_id: str, session_key: str) -> Any:
        """Return what was kept for a connection, or None where it was too much: its page then asks anew."""
        kept = super().get_buffer(kernel_id, session_key)
        if kept is None or not kept["buffer"].is_overfull:
            return kept
        for stream in kept["channels"].values():
            stream.close()
        return None

    def start_watching_activity(self, kernel_id: str) -> None:
        """Record which message a kernel is at, beside what Jupyter records."""
        super().start_watching_activity(kernel_id)
        kernel: Any = self.get_kernel(kernel_id)
        stream = kernel._activity_stream  # noqa: SLF001  # jupyter_server has no hook of its own
        note = stream._recv_callback  # noqa: SLF001

        def hear(parts: list[bytes]) -> None:
            note(parts)
            page = self._with_kernel.get(kernel_id)
            _, told = kernel.session.feed_identities(parts)
            if page is None or kernel.session.unpack(told[1])["msg_type"] != "status":
                return
            cause = kernel.session.unpack(told[2])
            state = kernel.session.unpack(told[4])["execution_state"]
            page.traffic.hear(
                state, cause.get("msg_type", ""), cause.get("msg_id", ""), self._now()
            )

        stream.on_recv(hear)

    @staticmethod
    def _now() -> float:
        return asyncio.get_running_loop().time()
