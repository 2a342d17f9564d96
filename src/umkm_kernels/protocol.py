"""JSON messages, with file descriptors where needed, over a unix stream socket."""

from __future__ import annotations

import json
import os
import socket
import struct
from collections.abc import Sequence
from typing import Any

Message = dict[str, Any]

_LENGTH = struct.Struct("!I")
_MAX_BYTES = 16 * 1024 * 1024
_MAX_FDS = 8
_CHUNK = 65536


class Closed(ConnectionError):
    """The other side has closed the connection."""


def pack(message: Message) -> bytes:
    """Return the bytes that carry `message`."""
    body = json.dumps(message).encode()
    return _LENGTH.pack(len(body)) + body


def send(sock: socket.socket, message: Message, fds: Sequence[int] = ()) -> None:
    """Send a message on a blocking socket; descriptors are sent with its first bytes.

    Raises:
        Closed: The other side has closed the connection.
    """
    data = pack(message)
    try:
        sent = socket.send_fds(sock, [data], list(fds)) if fds else 0
        if sent < len(data):  # an empty send would fail if the receiver has read all and closed
            sock.sendall(data[sent:])
    except (BrokenPipeError, ConnectionResetError) as error:
        raise Closed("the other side has closed the connection") from error


class Decoder:
    """Decodes messages from a socket, whatever the boundaries of the received chunks."""

    def __init__(self) -> None:
        self._data = b""
        self._fds: list[int] = []

    def read(self, sock: socket.socket) -> list[tuple[Message, list[int]]]:
        """Return the messages that one receive completed, each with its descriptors.

        Raises:
            Closed: The other side has closed the connection.
        """
        try:
            data, fds, _, _ = socket.recv_fds(sock, _CHUNK, _MAX_FDS)
        except ConnectionError as error:
            # Closed as well, with something of ours unread.
            self.close()
            raise Closed("the other side has closed the connection") from error
        for fd in fds:
            os.set_inheritable(fd, False)  # noqa: FBT003 -- recv_fds drops the flag for it
        self._fds += fds
        if not data:
            self.close()
            raise Closed("the other side has closed the connection")
        self._data += data
        messages = []
        while (message := self._next_message()) is not None:
            messages.append((message, self._fds))
            self._fds = []
        return messages

    def close(self) -> None:
        """Close descriptors that came with an incomplete message."""
        for fd in self._fds:
            os.close(fd)
        self._fds = []

    def _next_message(self) -> Message | None:
        if len(self._data) < _LENGTH.size:
            return None
        (length,) = _LENGTH.unpack_from(self._data)
        if length > _MAX_BYTES:
            raise Closed(f"a message of {length} bytes is refused")
        end = _LENGTH.size + length
        if len(self._data) < end:
            return None
        body, self._data = self._data[_LENGTH.size : end], self._data[end:]
        message: Message = json.loads(body)
        return message


def receive(sock: socket.socket) -> tuple[Message, list[int]]:
    """Return the next message of a blocking socket on which one at a time is sent.

    Raises:
        Closed: The other side has closed the connection.
    """
    reader = Decoder()
    while True:
        messages = reader.read(sock)
        if messages:
            return messages[0]
