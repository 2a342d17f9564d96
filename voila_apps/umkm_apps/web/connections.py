"""Limits of TCP connections: how many one address may have, and how they must begin.

A phone that sends half a request and waits costs a connection and a buffer; a few hundred of them are
what one phone can do. Who types https at our http port would wait for a page that never comes: the
first byte of a TLS hello ends the connection, so that the browser says so at once.
"""

from __future__ import annotations

from collections import Counter
from socket import MSG_PEEK
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop
from tornado.iostream import IOStream

from umkm_apps.runtime.networks import is_this_computer, network_of

#: A browser opens six to one server, each tab's requests share them; WebSockets are counted elsewhere.
MOST_OF_ONE = 40
#: Seconds in which a new connection must say something.
SILENCE = 15.0
#: What a TLS connection begins with: a record of the type "handshake" (RFC 8446, section 5.1).
TLS_HELLO = b"\x16"


class GuardedServer(HTTPServer):
    """Tornado's HTTP server with a check of each new connection.

    Args:
        most_of_one: connections one address may have at once; 0 for any number. None is
            `MOST_OF_ONE`, but for this computer itself: a proxy speaks for everybody.
    """

    def initialize(self, *args: Any, most_of_one: int | None = None, **options: Any) -> None:
        """Set up the server, as Tornado calls it."""
        super().initialize(*args, **options)
        self._most_of_one = most_of_one
        self._open: Counter[str] = Counter()

    def handle_stream(self, stream: IOStream, address: tuple[Any, ...]) -> None:
        """Serve a new connection once it has begun to speak, and is not one too many."""
        caller = network_of(str(address[0]))
        if 0 < self._limit_for(caller) <= self._open[caller]:
            stream.close()
            return
        self._open[caller] += 1
        if getattr(
            stream, "has_begun", False
        ):  # handed over by another process, which has heard it
            super().handle_stream(stream, address)
            return
        loop = IOLoop.current()
        descriptor = stream.fileno()

        def hear(_descriptor: Any, _events: int) -> None:
            loop.remove_timeout(timer)
            loop.remove_handler(descriptor)
            if _first_byte(stream) in (b"", TLS_HELLO):
                self._refuse(stream, caller)
            else:
                super(GuardedServer, self).handle_stream(stream, address)

        def give_up() -> None:
            loop.remove_handler(descriptor)
            self._refuse(stream, caller)

        timer = loop.call_later(SILENCE, give_up)
        loop.add_handler(descriptor, hear, IOLoop.READ)

    def on_close(self, server_conn: Any) -> None:
        """Count a connection no more: it has ended, or became a WebSocket."""
        super().on_close(server_conn)
        self._forget(network_of(str(server_conn.context.address[0])))

    def _limit_for(self, caller: str) -> int:
        if self._most_of_one is not None:
            return self._most_of_one
        return 0 if is_this_computer(caller) else MOST_OF_ONE

    def _refuse(self, stream: IOStream, caller: str) -> None:
        stream.close()
        self._forget(caller)

    def _forget(self, caller: str) -> None:
        self._open[caller] -= 1
        if self._open[caller] <= 0:
            del self._open[caller]


def _first_byte(stream: IOStream) -> bytes:
    """Return what stands first on a connection, without taking it; nothing where it has ended."""
    try:
        return bytes(stream.socket.recv(1, MSG_PEEK))
    except OSError:
        return b""
