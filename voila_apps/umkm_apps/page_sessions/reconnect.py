"""Reconnecting: a page's new WebSocket replaces the one that broke.

A phone that slept or changed its network opens a new socket while the server still holds the old,
half-open one. Stock jupyter_server then runs two zmq sockets with one identity for seconds; the
kernel answers to either, and messages vanish. Here the old connection ends before the new one begins;
what the kernel says in between waits in jupyter_server's replay buffer, kept for the session.
"""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

from jupyter_core.utils import ensure_async
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from tornado import web
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from .websocket_messages import PROTOCOL

#: Characters of a session's name; a page's is a UUID.
LONGEST_SESSION = 64
#: jupyter_server's open connections, by kernel and session.
_OPEN = ZMQChannelsWebsocketConnection._open_sessions  # noqa: SLF001


class ReconnectingWebSocket(VoilaKernelWebsocketHandler):
    """A page's WebSocket to its kernel; a new one with the same session ends the old one first."""

    async def get(self, kernel_id: str) -> None:
        """Open the connection, and serve it until it is over."""
        try:
            await super().get(kernel_id)
        finally:
            # jupyter_server notes a connection before it knows that the request asks for one. Where it does
            # not, nobody says later that it is over.
            connection = getattr(self, "connection", None)
            key = getattr(connection, "session_key", None)
            if key and _OPEN.get(key) is self:
                del _OPEN[key]

    async def pre_get(self) -> None:
        """End the session's old connection, once it is certain that this one may stand in for it.

        Raises:
            tornado.web.HTTPError: 403 for somebody else's kernel or another site's page, 404 for none,
                400 for a connection that does not speak our pages' subprotocol, or whose session has no name of theirs.
        """
        allowed = await ensure_async(
            self.authorizer.is_authorized(self, self.current_user, "execute", "kernels")
        )
        # Stock asks about the origin later: another site's page must not end anybody's connection.
        if not allowed or not self.check_origin():
            raise web.HTTPError(403)
        if self.kernel_id not in self.kernel_manager:
            raise web.HTTPError(404)
        # Without it jupyter_server reads with the parser of before 2022, which trusts what it reads.
        offered = self.request.headers.get("Sec-WebSocket-Protocol", "").split(",")
        if PROTOCOL not in (each.strip() for each in offered):
            raise web.HTTPError(400)
        session = self.get_argument("session_id", "")
        if len(session) > LONGEST_SESSION:
            raise web.HTTPError(400)
        self.admit()
        self._end_old_line(f"{self.kernel_id}:{session}")
        await super().pre_get()

    def admit(self) -> None:
        """Refuse a connection that may not open now, by raising an HTTPError."""

    def _end_old_line(self, session_key: str) -> None:
        old: Any = _OPEN.get(session_key)
        connection = getattr(old, "connection", None)
        if connection is None:
            return
        # Its on_close must not disconnect a second time, later, under the new connection's feet.
        old.connection = None
        connection.disconnect()
        if old.ws_connection is not None:
            old.ws_connection._abort()  # noqa: SLF001  # close() would wait for a phone that is gone

    @property
    def is_over(self) -> bool:
        """Return whether it was closed, by whomever; what still comes in belongs to nobody."""
        return self.ws_connection is None or getattr(self, "connection", None) is None

    def on_message(self, ws_message: str | bytes) -> Awaitable[None] | None:
        """Pass a message on, unless the connection has been taken over or closed."""
        if not self.is_over:
            super().on_message(ws_message)
        return None

    def on_close(self) -> None:
        """Record that the connection is closed."""
        if getattr(self, "connection", None) is not None:
            super().on_close()
