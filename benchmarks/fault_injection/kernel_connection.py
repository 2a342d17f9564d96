"""A page's kernel connection: a WebSocket with Jupyter's message protocol, version 1."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import requests
import websocket
from jupyter_server.services.kernels.connection.base import (
    deserialize_msg_from_ws_v1,
    serialize_msg_to_ws_v1,
)
from tests.support.visitor import Visitor

V1 = "v1.kernel.websocket.jupyter.org"
CONTROL = "jupyter.widget.control"
KERNEL = re.compile(r'data-kernel-id="([0-9a-f-]{36})"')


class PageRefused(Exception):
    """A page did not open; the argument is its HTTP status."""


#: The errors that a request to the server, or its connection, may raise.
CONNECTION_ERRORS = (OSError, websocket.WebSocketException, requests.RequestException, PageRefused)


def open_kernel_page(visitor: Visitor, path: str, seconds: float = 60) -> str:
    """Open a page and return the id of its kernel.

    Raises:
        PageRefused: the page has no kernel, as with an admission queue.
    """
    page = visitor.session.get(visitor.url + path, timeout=seconds)
    found = KERNEL.search(page.text)
    if page.status_code != 200 or found is None:
        raise PageRefused(page.status_code)
    return found.group(1)


class KernelConnection:
    """The connection of a page to its kernel."""

    def __init__(self, visitor: Visitor, kernel: str, protocol: str = V1) -> None:
        parts = urlsplit(visitor.url)
        self.session = uuid4().hex
        self.socket = websocket.create_connection(
            f"ws://{parts.netloc}/api/kernels/{kernel}/channels?session_id={self.session}",
            cookie="; ".join(f"{c.name}={c.value}" for c in visitor.session.cookies),
            origin=visitor.url,
            subprotocols=[protocol] if protocol else None,
            timeout=30,
            http_no_proxy=["127.0.0.1"],
        )

    def message(self, kind: str, content: dict[str, Any], metadata: dict[str, Any]) -> bytes:
        """Return a message in the frame that the page's script sends."""
        header = {
            "msg_id": uuid4().hex, "msg_type": kind, "session": self.session, "username": "", "version": "5.3",
            "date": "2026-11-23T00:00:00Z",
        }  # fmt: skip
        parts = {"header": header, "parent_header": {}, "metadata": metadata, "content": content}
        return bytes(serialize_msg_to_ws_v1(parts, "shell", lambda part: json.dumps(part).encode()))

    def send(
        self, kind: str, content: dict[str, Any], metadata: dict[str, Any] | None = None
    ) -> None:
        """Send a message."""
        self.socket.send_binary(self.message(kind, content, metadata or {}))

    def send_custom(self, model: str, content: dict[str, Any]) -> None:
        """Send a custom message to a widget."""
        self.send("comm_msg", {"comm_id": model, "data": {"method": "custom", "content": content}})

    def open_control(self) -> str:
        """Open the comm for requests of widget states, and return its id."""
        comm = uuid4().hex
        opened = {"comm_id": comm, "target_name": CONTROL, "data": {}}
        # ipywidgets refuses a control comm without a protocol version.
        self.send("comm_open", opened, {"version": "1.0.0"})
        return comm

    def request_states(self, comm: str) -> None:
        """Request the states of all widgets."""
        self.send("comm_msg", {"comm_id": comm, "data": {"method": "request_states"}})

    def receive(self) -> dict[str, Any]:
        """Return the data of the next message if it is a comm message, otherwise an empty dictionary.

        Raises:
            websocket.WebSocketException: the connection is closed, or nothing came in time.
        """
        frame = self.socket.recv()
        if not isinstance(frame, bytes) or not frame:
            raise websocket.WebSocketConnectionClosedException("closed")
        _, parts = deserialize_msg_from_ws_v1(frame)
        if json.loads(parts[0])["msg_type"] != "comm_msg":
            return {}
        data: dict[str, Any] = json.loads(parts[3]).get("data", {})
        return data

    def model_of(self, kind: str) -> str:
        """Request all widget states, and return the model id of the first question of a kind."""
        self.request_states(self.open_control())
        while True:
            data = self.receive()
            if data.get("method") != "update_states":
                continue
            for model, found in data["states"].items():
                if found["state"].get("question", {}).get("kind") == kind:
                    return str(model)
            raise LookupError(kind)

    def close(self) -> None:
        """Close the socket in any state."""
        self.socket.close()
