"""New connections at the balancer: accepted, and read ahead without taking anything from them.

A browser sends its first request at once. A connection that does not is handed over after a second
all the same, by its address: slow and silent ones are the business of the server process, which has
limits for them (web/connections.py), and which gives back a connection that turns out to be another's.
"""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

#: Seconds in which the head of the first request has to be there, to be read here.
PATIENCE: Final = 1.0
#: Seconds until a head that is not complete is looked at again.
_AGAIN: Final = 0.05
#: Connections that are waited for at once; further ones are handed over as they are.
MOST_WAITING: Final = 512
#: Bytes of a head that are looked at; of a longer one the server process sees the rest.
_PEEKED: Final = 16 * 1024
#: Connections accepted at once, before anything else has its turn.
_AT_ONCE: Final = 64
#: Seconds without accepting when no descriptor is free.
_PAUSE: Final = 0.5
_TLS_HELLO: Final = b"\x16"

Address = tuple[Any, ...]
Deliver = Callable[[socket.socket, Address, bytes], None]

_log = logging.getLogger(__name__)


@dataclass(eq=False)
class _Waiting:
    connection: socket.socket
    address: Address
    #: When it is handed over as it is, and when it is looked at again.
    timer: asyncio.TimerHandle | None = None
    again: asyncio.TimerHandle | None = None


class NewConnections:
    """Accepts connections while it is open, and delivers each with what its first request begins with.

    Args:
        listeners: the sockets that listen.
        deliver: called with a connection, its address and the head of its first request, complete or
            not; it owns the connection.
    """

    def __init__(self, listeners: Sequence[socket.socket], deliver: Deliver) -> None:
        self._listeners = listeners
        self._deliver = deliver
        self._waiting: set[_Waiting] = set()
        self._is_open = False
        self._loop = asyncio.get_running_loop()

    def __len__(self) -> int:
        """Return how many connections are waited for."""
        return len(self._waiting)

    def open(self) -> None:
        """Accept connections from now on, those in the backlog first."""
        self._is_open = True
        for listener in self._listeners:
            self._loop.add_reader(listener.fileno(), self._accept, listener)

    def pause(self) -> None:
        """Accept none until `open`: they wait in the backlog, and phones wait for them."""
        self._is_open = False
        for listener in self._listeners:
            self._loop.remove_reader(listener.fileno())

    def close(self) -> None:
        """Accept none any more, and close what has not been delivered."""
        self.pause()
        for listener in self._listeners:
            listener.close()
        for each in list(self._waiting):
            self._forget(each)
            each.connection.close()

    def _accept(self, listener: socket.socket) -> None:
        for _ in range(_AT_ONCE):
            try:
                connection, address = listener.accept()
            except (BlockingIOError, InterruptedError):
                return
            except ConnectionError:
                continue
            except OSError as error:
                # No descriptor is free. The listener would be ready again at once, and for ever.
                _log.warning("Cannot accept connections: %s", error)
                self._loop.remove_reader(listener.fileno())
                self._loop.call_later(_PAUSE, self._accept_again)
                return
            connection.settimeout(0)
            self._await_head(connection, address)

    def _accept_again(self) -> None:
        if self._is_open:
            self.open()

    def _await_head(self, connection: socket.socket, address: Address) -> None:
        if len(self._waiting) >= MOST_WAITING:
            self._deliver(connection, address, b"")
            return
        each = _Waiting(connection, address)
        each.timer = self._loop.call_later(PATIENCE, self._hand_over, each)
        self._waiting.add(each)
        self._loop.add_reader(connection.fileno(), self._look, each)

    def _look(self, each: _Waiting) -> None:
        head = _peek(each.connection)
        if head is None:
            return
        if not head:
            self._forget(each)
            each.connection.close()
        elif _is_complete(head):
            self._forget(each)
            self._deliver(each.connection, each.address, head)
        else:
            # What is there stays there, so that it would be ready at once.
            self._loop.remove_reader(each.connection.fileno())
            each.again = self._loop.call_later(_AGAIN, self._look_again, each)

    def _look_again(self, each: _Waiting) -> None:
        self._loop.add_reader(each.connection.fileno(), self._look, each)

    def _hand_over(self, each: _Waiting) -> None:
        self._forget(each)
        self._deliver(each.connection, each.address, _peek(each.connection) or b"")

    def _forget(self, each: _Waiting) -> None:
        self._waiting.discard(each)
        for timer in (each.timer, each.again):
            if timer is not None:
                timer.cancel()
        self._loop.remove_reader(each.connection.fileno())


def _is_complete(head: bytes) -> bool:
    return b"\r\n\r\n" in head or len(head) >= _PEEKED or head.startswith(_TLS_HELLO)


def _peek(connection: socket.socket) -> bytes | None:
    """Return what stands first on a connection, without taking it; None for nothing yet, b"" for its end."""
    try:
        return connection.recv(_PEEKED, socket.MSG_PEEK)
    except BlockingIOError:
        return None
    except OSError:
        return b""
