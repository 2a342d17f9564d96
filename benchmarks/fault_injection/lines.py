"""A page's line as a phone holds it: one WebSocket in the subprotocol of Jupyter's messages, version 1."""

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
    """A page did not open; holds the status."""


#: What may go wrong between a phone and a server.
TROUBLES = (OSError, websocket.WebSocketException, requests.RequestException, PageRefused)


def kernel_of(visitor: Visitor, path: str, seconds: float = 60) -> str:
    """Open a page; return its kernel's id.

    Raises:
        PageRefused: the server gave none, as where everybody has to wait.
    """
    page = visitor.session.get(visitor.url + path, timeout=seconds)
    found = KERNEL.search(page.text)
    if page.status_code != 200 or found is None:
        raise PageRefused(page.status_code)
    return found.group(1)


class Line:
    """A line to one kernel."""

    def __init__(self, visitor: Visitor, kernel: str, protocol: str = V1) -> None:
        place = urlsplit(visitor.url)
        self.session = uuid4().hex
        self.socket = websocket.create_connection(
            f"ws://{place.netloc}/api/kernels/{kernel}/channels?session_id={self.session}",
            cookie="; ".join(f"{c.name}={c.value}" for c in visitor.session.cookies),
            origin=visitor.url,
            subprotocols=[protocol] if protocol else None,
            timeout=30,
            http_no_proxy=["127.0.0.1"],
        )

    def message(self, kind: str, content: dict[str, Any], metadata: dict[str, Any]) -> bytes:
        """Return a message as the page's program frames it."""
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

    def tell(self, model: str, said: dict[str, Any]) -> None:
        """Send a widget a message of its own."""
        self.send("comm_msg", {"comm_id": model, "data": {"method": "custom", "content": said}})

    def open_control(self) -> str:
        """Open the channel on which a page asks for all widgets; return its name."""
        comm = uuid4().hex
        opened = {"comm_id": comm, "target_name": CONTROL, "data": {}}
        # ipywidgets refuses a control comm that does not say which protocol it speaks.
        self.send("comm_open", opened, {"version": "1.0.0"})
        return comm

    def ask_states(self, comm: str) -> None:
        """Ask for the states of all widgets."""
        self.send("comm_msg", {"comm_id": comm, "data": {"method": "request_states"}})

    def receive(self) -> dict[str, Any]:
        """Return what the next message says of a widget; nothing if it is about something else.

        Raises:
            websocket.WebSocketException: the line is closed, or nothing came in time.
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
        """Ask for all widgets; return the model of the first question of a kind."""
        self.ask_states(self.open_control())
        while True:
            data = self.receive()
            if data.get("method") != "update_states":
                continue
            for model, found in data["states"].items():
                if found["state"].get("question", {}).get("kind") == kind:
                    return str(model)
            raise LookupError(kind)

    def close(self) -> None:
        """Close it, whatever state it is in."""
        self.socket.close()
