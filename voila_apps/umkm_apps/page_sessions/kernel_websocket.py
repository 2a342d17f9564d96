"""A page's WebSocket to its kernel: which messages it passes on, and how many.

Nothing that arrives reaches jupyter_server unless it is a well-formed message of the one protocol
our pages speak, on a connection that is still open (docs/upstream/closed-websocket-memory.md says why).
"""

from __future__ import annotations

import asyncio
from typing import Any

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from tornado import web

from .in_process.kernel import InProcessConnection, InProcessKernel
from .reconnect import ReconnectingWebSocket
from .websocket_messages import PROTOCOL, UNACCEPTABLE, MalformedMessage, read_message

#: A reader who leaves this many bytes unread is gone, or does harm: the connection ends, and a page that
#: lives opens another.
MOST_UNSENT = 4 * 2**20
#: Close codes of our own (RFC 6455, 7.4.2): a newer connection took the place; the reader does not read.
GAVE_WAY = 4001
UNREAD = 4002
#: Seconds that tornado gives a browser to close its half; nothing more is read of it meanwhile.
_CLOSING = 6.0
#: Words of a kernel's stderr that one connection brings into the log.
_MOST_LOGGED = 3
_LOGGED_LETTERS = 2_000


class KernelWebSocket(ReconnectingWebSocket):
    """A page's WebSocket to its kernel; it ends when the kernel does."""

    #: Connections without it are refused, and whoever asks later may not find the socket any more.
    selected_subprotocol = PROTOCOL

    _unsent = 0

    def admit(self) -> None:
        """Refuse a reader who opens connections too fast.

        Raises:
            tornado.web.HTTPError: 429.
        """
        traffic = self.kernel_manager.traffic_of(self.kernel_id)
        if traffic and traffic.wait_for_connection(asyncio.get_running_loop().time()):
            raise web.HTTPError(429)

    async def open(self, kernel_id: str) -> None:
        """Record that the connection is open."""
        # Before anything is awaited: it may be closed again meanwhile.
        self.kernel_manager.connection_opened(kernel_id, self)
        await super().open(kernel_id)

    async def on_message(self, ws_message: str | bytes) -> None:
        """Pass on what a page of ours may say; the next message is not read before this returns."""
        if self.is_over:
            return
        try:
            message = read_message(ws_message)
        except MalformedMessage as problem:
            self.log.warning("Connection to %s closed: %s", self.kernel_id, problem)
            self.close(UNACCEPTABLE)
            await asyncio.sleep(_CLOSING)
            return
        traffic = self.kernel_manager.traffic_of(self.kernel_id)
        if traffic is None:
            return
        if wait := traffic.wait_for(message, asyncio.get_running_loop().time()):
            await asyncio.sleep(wait)
        if message.is_allowed:
            await traffic.wait_for_room(message)
            super().on_message(ws_message)

    def write_message(self, message: Any, binary: bool = False) -> Any:
        """Send a message, unless the connection is closed or its reader has stopped reading."""
        if self.ws_connection is None:
            return None
        size = len(message)
        if self._unsent + size > MOST_UNSENT:
            self.log.warning("Connection to %s closed: its reader does not read", self.kernel_id)
            self.cut()
            return None
        sending = super().write_message(message, binary)
        if sending is not None:
            self._unsent += size
            sending.add_done_callback(lambda done: self._sent(done, size))
        return sending

    def _sent(self, done: Any, size: int) -> None:
        self._unsent -= size
        if not done.cancelled():
            done.exception()  # a socket that broke meanwhile; the loop would log it as unheard

    def cut(self) -> None:
        """End the connection without a farewell that nobody would read."""
        socket = self.ws_connection
        self.close(UNREAD)
        if socket is not None:
            socket._abort()  # noqa: SLF001  # tornado has no other way that drops what waits

    def on_close(self) -> None:
        """Record that the connection is closed."""
        if not hasattr(self, "kernel_id"):
            return  # It was refused, and never open.
        self.kernel_manager.connection_closed(self.kernel_id, self)
        super().on_close()


class PageConnection(ZMQChannelsWebsocketConnection):
    """The link between a WebSocket and the kernel's sockets; stderr stays in the server's log."""

    _logged = 0

    def __new__(cls, *args: Any, **kwargs: Any) -> Any:
        """Return a connection of its own kind for a page without a kernel: the setting takes one class."""
        if isinstance(kwargs.get("parent"), InProcessKernel):
            return InProcessConnection(*args, **kwargs)
        return super().__new__(cls, *args, **kwargs)

    def handle_outgoing_message(self, stream: Any, outgoing_msg: list[Any]) -> None:
        """Send on what the kernel says, but for its errors and what it writes to stderr.

        A comm that fails says there where its code lies on this laptop.
        """
        _, parts = self.session.feed_identities(outgoing_msg)
        header = self.session.unpack(parts[1])
        if header.get("msg_type") == "stream":
            said = self.session.unpack(parts[4])
            if said.get("name") == "stderr":
                self._log(str(said.get("text", "")))
                return
        if header.get("msg_type") == "error":
            said = self.session.unpack(parts[4])
            self._log("\n".join(map(str, said.get("traceback", ()))))
            return
        super().handle_outgoing_message(stream, outgoing_msg)

    def write_stderr(self, error_message: str, parent_header: Any) -> None:
        """Write jupyter_server's own words about too much output in the log."""
        self._log(error_message)

    def _log(self, text: str) -> None:
        if self._logged < _MOST_LOGGED:
            self._logged += 1
            self.log.warning("Kernel %s: %s", self.kernel_id, text[-_LOGGED_LETTERS:])
