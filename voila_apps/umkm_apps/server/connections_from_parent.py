"""Connections that a balancer has accepted, served by this process.

A connection is chosen for a process by the login of its first request. Browsers keep connections open
and use them for whatever comes next: after *Masuk*, *Keluar* or *Daftar* the next request on one is of
another login. Such a request goes back to the balancer, with its connection and what has been read of
it, before anything is done about it; the phone notices nothing.
"""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tornado.iostream import IOStream, StreamClosedError

from umkm_apps.runtime.login_cookie import login_of_head
from umkm_apps.web.connections import GuardedServer

from .channel import Channel, Message
from .status_reports import StatusReport, report_to_json

_log = logging.getLogger(__name__)


@dataclass
class Handed:
    """A connection as it was handed over.

    Attributes:
        address: of who has connected.
        login: by which it was chosen; None for the balancer's own, which stays where it is.
        routes: the number of the routes by which it was chosen.
    """

    address: tuple[Any, ...]
    login: str | None
    routes: int


class HandedStream(IOStream):
    """The stream of a connection that another process has accepted.

    Args:
        connection: the socket.
        handed: how it was handed over.
        ahead: what has been taken from it before.
        gives_back: called with this stream and the head of each request; returns whether the
            connection has been given away with that request.
        options: as for `IOStream`.
    """

    def __init__(
        self,
        connection: socket.socket,
        handed: Handed,
        ahead: bytes,
        gives_back: Callable[[HandedStream, bytes], bool],
        **options: Any,
    ) -> None:
        super().__init__(connection, **options)
        self.handed = handed
        #: Whether its first byte has been heard (web/connections.py).
        self.has_begun = bool(ahead)
        self._ahead = ahead
        self._gives_back = gives_back

    def read_from_fd(self, buf: bytearray | memoryview) -> int | None:
        """Read what was taken from the connection before, then from the connection."""
        if not self._ahead:
            return super().read_from_fd(buf)
        count = min(len(buf), len(self._ahead))
        buf[:count] = self._ahead[:count]
        self._ahead = self._ahead[count:]
        return count

    def read_until_regex(self, regex: bytes, max_bytes: int | None = None) -> asyncio.Task[bytes]:
        """Read the head of the next request: Tornado reads it by this, and nothing else.

        Raises:
            StreamClosedError: the connection has ended, or is another process's now.
        """
        return asyncio.ensure_future(self._read_head(regex, max_bytes))

    async def _read_head(self, regex: bytes, max_bytes: int | None) -> bytes:
        head = await super().read_until_regex(regex, max_bytes)
        if self._gives_back(self, head):
            # Closes the descriptor of this process; the connection lives on by that of another.
            self.close()
            raise StreamClosedError
        return head

    def unread(self) -> bytes:
        """Return what was taken from the connection and not read."""
        # Tornado has no public name for its buffer.
        return bytes(self._read_buffer) + self._ahead


class ConnectionsFromParent:
    """The channel to the balancer: connections come by it and go back, and reports are sent.

    Args:
        end: this process's end of the channel.
        server: serves the connections.
        secret: what the login cookie is signed with.
    """

    def __init__(self, end: socket.socket, server: GuardedServer, secret: bytes) -> None:
        self._server = server
        self._secret = secret
        #: Goes up whenever other processes serve than before.
        self._routes = 0
        self._channel = Channel(end, self._receive, lambda: None)

    def report(self, report: StatusReport) -> None:
        """Send the status of this process to the balancer."""
        self._channel.send(Message("report", report_to_json(report)))

    def _receive(self, message: Message) -> None:
        if message.kind == "routes":
            self._routes += 1
        elif message.connection is not None:
            handed = Handed(tuple(message.fields["address"]), message.fields["login"], self._routes)
            self._serve(message.connection, handed, message.ahead)

    def _serve(self, connection: socket.socket, handed: Handed, ahead: bytes) -> None:
        sizes = {
            "max_buffer_size": self._server.max_buffer_size,
            "read_chunk_size": self._server.read_chunk_size,
        }
        try:
            stream = HandedStream(connection, handed, ahead, self._gives_back, **sizes)
            self._server.handle_stream(stream, handed.address)
        except OSError as error:  # It has ended on its way here.
            _log.debug("A connection ended as it came: %s", error)
            connection.close()

    def _gives_back(self, stream: HandedStream, head: bytes) -> bool:
        handed = stream.handed
        if handed.login is None:
            return False
        login = login_of_head(head, self._secret)
        if (login, self._routes) == (handed.login, handed.routes):
            return False
        # A descriptor of its own: the stream closes the one that it has.
        connection = stream.socket.dup()
        fields = {"address": handed.address}
        if self._channel.send(Message("connection", fields, head + stream.unread(), connection)):
            return True
        # Too much was read of it, or the balancer is slow: better in the wrong process than in none.
        connection.close()
        handed.login, handed.routes = login, self._routes
        return False
