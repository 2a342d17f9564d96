"""An in-process page in the place of a kernel: jupyter_server's manager and WebSockets take it for one."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any, Final

from jupyter_server._tz import utcnow
from jupyter_server.services.kernels.connection.base import (
    BaseKernelWebsocketConnection,
    deserialize_msg_from_ws_v1,
)
from tornado.websocket import WebSocketClosedError
from traitlets import Instance, Unicode
from traitlets.config import LoggingConfigurable

from umkm_apps.page_sessions.websocket_messages import WebSocketMessage, read_message
from umkm_apps.runtime.page_threads import PageQueue, PageThreads

from .page import InProcessPage

NAME: Final = "in-process"
_PARTS_OF_JSON: Final = 4


class InProcessKernel(LoggingConfigurable):
    """What jupyter_server asks of a kernel, answered for a page; `parent` is the kernel manager."""

    kernel_id = Unicode()
    kernel_name = Unicode(NAME)
    execution_state = Unicode("idle")
    reason = Unicode("")
    #: No process of its own.
    provisioner = None

    def __init__(self, page: InProcessPage, threads: PageThreads, **kwargs: Any) -> None:
        super().__init__(kernel_id=page.id, **kwargs)
        self.page = page
        #: All that the page does is done here, one thing after the other.
        self.queue = PageQueue(threads)
        self.last_activity = utcnow()
        #: The same by the event loop's clock.
        self.active_at = asyncio.get_running_loop().time()
        self.ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.ready.set_result(None)

    def is_idle(self, now: float, limit: float) -> bool:
        """Return whether nothing was asked of it for `limit` seconds; 0 sets no limit."""
        return now - self.active_at > limit > 0

    async def is_alive(self) -> bool:
        """Return True: it ends with its page."""
        return True

    async def shutdown_kernel(self, now: bool = False, restart: bool = False) -> None:
        """Close the page's widgets, once the message it is at has ended; nobody waits for that."""
        self.page.connections.clear()
        self.queue.put(self.page.close)


class InProcessConnection(BaseKernelWebsocketConnection):
    """The link between a WebSocket and an in-process page: frames are handled where they arrive."""

    parent = Instance(InProcessKernel)

    _loop: asyncio.AbstractEventLoop

    @property
    def page(self) -> InProcessPage:
        """The page it looks at."""
        kernel: InProcessKernel = self.parent
        return kernel.page

    async def connect(self) -> None:
        """Send the page's messages to this WebSocket from now on."""
        self._loop = asyncio.get_running_loop()
        for frame in self.page.connect(self.session_id, self._send):
            self._write(frame)

    def disconnect(self) -> None:  # type: ignore[override]  # as its ZMQ sibling, which the handler calls
        """Send nothing more to this WebSocket."""
        self.page.disconnect(self.session_id, self._send)

    def handle_incoming_message(self, incoming_msg: bytes) -> None:  # type: ignore[override]
        """Handle one frame in a thread; KernelWebSocket has checked its form and counted it."""
        message = read_message(incoming_msg)
        manager = self.multi_kernel_manager
        if message.kind not in manager.allowed_message_types:
            self._handled(message)
            return
        channel, parts = deserialize_msg_from_ws_v1(incoming_msg)
        buffers: Sequence[bytes] = parts[_PARTS_OF_JSON:]
        header = {"msg_type": message.kind, "msg_id": message.message_id}
        if message.kind not in manager.untracked_message_types:
            self.parent.last_activity = utcnow()
            self.parent.active_at = self._loop.time()

        def handle() -> None:
            try:
                self.page.receive(channel, header, message.content, buffers)
            finally:
                self._loop.call_soon_threadsafe(self._handled, message)

        self.parent.queue.put(handle)

    def _handled(self, message: WebSocketMessage) -> None:
        traffic = self.multi_kernel_manager.traffic_of(self.kernel_id)
        if traffic is not None:
            traffic.hear("idle", message.kind, message.message_id, self._loop.time())

    def handle_outgoing_message(self, stream: str, outgoing_msg: list[Any]) -> None:
        """Raise an error: an in-process page sends frames itself.

        Raises:
            NotImplementedError: always.
        """
        raise NotImplementedError

    def _send(self, frame: bytes) -> None:
        """Send a frame, from whatever thread."""
        self._loop.call_soon_threadsafe(self._write, frame)

    def _write(self, frame: bytes) -> None:
        try:
            self.websocket_handler.write_message(frame, binary=True)
        except WebSocketClosedError:
            self.disconnect()
