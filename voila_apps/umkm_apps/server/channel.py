"""Messages between the balancer and a server process, and the connections that go with them.

A channel is a pair of Unix sockets of type SOCK_SEQPACKET (unix(7)): a message arrives whole or not
at all, with the socket that was sent with it, and the end of the other process is seen as end of file.
"""

from __future__ import annotations

import asyncio
import json
import os
import socket
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

#: Bytes of the largest message: the head of a request, and what was read of its body.
LARGEST: Final = 160 * 1024
#: Messages that wait while the other process takes none.
MOST_WAITING: Final = 512
#: Messages taken at once, before anything else has its turn.
_AT_ONCE: Final = 64


@dataclass
class Message:
    """A message: its kind and fields, bytes that were read of a connection, and the connection."""

    kind: str
    fields: dict[str, Any] = field(default_factory=dict)
    ahead: bytes = b""
    connection: socket.socket | None = None


class ChannelClosed(Exception):
    """The other process has ended."""


def make_channel() -> tuple[socket.socket, socket.socket]:
    """Return the two ends of a new channel.

    Raises:
        OSError: this system has none.
    """
    if not hasattr(socket, "send_fds") or not hasattr(socket, "SOCK_SEQPACKET"):
        raise OSError("sockets cannot be handed to another process here")
    return socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)


class Channel:
    """One end of a channel, in the running event loop.

    Args:
        end: the socket.
        receive: called with each message; it owns the connection that came along.
        closed: called once when the other process has ended.
    """

    def __init__(
        self, end: socket.socket, receive: Callable[[Message], None], closed: Callable[[], None]
    ) -> None:
        self._end = end
        self._receive, self._closed = receive, closed
        self._waiting: deque[Message] = deque()
        self._loop = asyncio.get_running_loop()
        end.settimeout(0)
        end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 2 * LARGEST)
        self._loop.add_reader(end.fileno(), self._read)

    def send(self, message: Message) -> bool:
        """Send a message, now or as soon as the other process takes it; return whether it will be.

        The connection of a message that is sent is closed here; one that is not sent stays the caller's.
        """
        if self._end.fileno() < 0 or len(self._waiting) >= MOST_WAITING:
            return False
        if len(_encoded(message)) > LARGEST:
            return False
        if self._waiting:
            self._waiting.append(message)
            return True
        try:
            self._put(message)
        except BlockingIOError:
            self._waiting.append(message)
            self._loop.add_writer(self._end.fileno(), self._write)
        except OSError:
            return False
        return True

    def close(self) -> list[Message]:
        """Close this end, and return the messages that were not sent."""
        if self._end.fileno() >= 0:
            self._loop.remove_reader(self._end.fileno())
            self._loop.remove_writer(self._end.fileno())
            self._end.close()
        unsent, self._waiting = list(self._waiting), deque()
        return unsent

    def _put(self, message: Message) -> None:
        passed = [] if message.connection is None else [message.connection.fileno()]
        socket.send_fds(self._end, [_encoded(message)], passed)
        if message.connection is not None:
            message.connection.close()

    def _write(self) -> None:
        while self._waiting:
            try:
                self._put(self._waiting[0])
            except BlockingIOError:
                return
            except (BrokenPipeError, ConnectionResetError):
                break  # `_read` sees it too, and what waits here is sent elsewhere.
            except OSError:
                # Too many sockets are under way: whoever connected tries again.
                if (connection := self._waiting[0].connection) is not None:
                    connection.close()
            self._waiting.popleft()
        self._loop.remove_writer(self._end.fileno())

    def _read(self) -> None:
        for _ in range(_AT_ONCE):
            if self._end.fileno() < 0:
                return
            try:
                message = receive_message(self._end)
            except BlockingIOError:
                return
            except (ChannelClosed, OSError):
                self._loop.remove_reader(self._end.fileno())
                self._closed()
                return
            if message is not None:
                self._receive(message)


def _encoded(message: Message) -> bytes:
    head = json.dumps({"kind": message.kind, **message.fields}).encode()
    return head + b"\n" + message.ahead


def receive_message(end: socket.socket) -> Message | None:
    """Return the next message of a channel; None for one that was not whole.

    Raises:
        BlockingIOError: there is none now.
        ChannelClosed: the other process has ended.
    """
    data, descriptors, flags, _ = socket.recv_fds(end, LARGEST, 1)
    if not data:
        raise ChannelClosed
    for descriptor in descriptors:
        # Python takes no flags here (MSG_CMSG_CLOEXEC).
        os.set_inheritable(descriptor, False)  # noqa: FBT003
    connection = socket.socket(fileno=descriptors[0]) if descriptors else None
    for surplus in descriptors[1:]:
        os.close(surplus)
    if flags & (socket.MSG_TRUNC | socket.MSG_CTRUNC):
        # No descriptor was free: whoever connected tries again.
        if connection is not None:
            connection.close()
        return None
    text, _, ahead = data.partition(b"\n")
    fields = json.loads(text)
    return Message(fields.pop("kind"), fields, ahead, connection)
