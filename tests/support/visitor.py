"""A client without a browser: HTTP and WebSocket, also for requests that a page never sends."""

from __future__ import annotations

import itertools
import json
import re
from urllib.parse import urlsplit
from uuid import uuid4

import requests
import websocket
from requests.adapters import HTTPAdapter
from tests.support.patience import PATIENCE

#: All of 127.0.0.0/8 is loopback on Linux, so each visitor can have its own address, as phones do.
_ADDRESSES = (f"127.1.{high}.{low}" for high in itertools.count() for low in range(1, 255))


class _FromAddress(HTTPAdapter):
    """An HTTP adapter that connects from one address of this machine."""

    def __init__(self, address: str) -> None:
        self.address = address
        super().__init__()

    def init_poolmanager(self, *args, **options) -> None:
        super().init_poolmanager(*args, source_address=(self.address, 0), **options)


PROTOCOL = "v1.kernel.websocket.jupyter.org"


class Visitor:
    """A client with its own cookies and address."""

    def __init__(self, url: str, address: str | None = None) -> None:
        self.url = url
        self.address = address or next(_ADDRESSES)
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.mount("http://127.0.0.1", _FromAddress(self.address))

    def get(self, path: str, **options):
        return self.session.get(self.url + path, timeout=PATIENCE, **options)

    def xsrf(self) -> str:
        """Return the token of this client's forms, asked for once: each request counts towards its pace."""
        if "_xsrf" not in self.session.cookies:
            self.get("/masuk")
        return self.session.cookies["_xsrf"]

    def post(self, path: str, data=None, **options):
        return self.session.post(
            self.url + path,
            data={"_xsrf": self.xsrf(), **(data or {})},
            timeout=PATIENCE,
            **options,
        )

    def log_in(self, identifier: str, pin: str):
        return self.post("/masuk", {"nomor": identifier, "pin": pin}, allow_redirects=False)

    def open_page(self, path: str) -> str:
        """Request a page that has a kernel, and return the kernel's id."""
        page = self.get(path)
        assert page.status_code == 200, page.status_code
        return re.search(r'data-kernel-id="([0-9a-f-]{36})"', page.text).group(1)

    def websocket(self, kernel: str, origin: str | None = None) -> websocket.WebSocket:
        parts = urlsplit(self.url)
        cookies = "; ".join(f"{c.name}={c.value}" for c in self.session.cookies)
        return websocket.create_connection(
            f"ws://{parts.netloc}/api/kernels/{kernel}/channels?session_id={uuid4().hex}",
            cookie=cookies,
            origin=origin or self.url,
            timeout=15,
            http_no_proxy=["127.0.0.1"],
            subprotocols=[PROTOCOL],
            class_=KernelSocket,
        )


class KernelSocket(websocket.WebSocket):
    """A kernel connection that takes and returns JSON text, and sends frames of protocol v1."""

    def send(self, payload, opcode=websocket.ABNF.OPCODE_TEXT):
        """Send a message of `message`; with another opcode, send the bytes unchanged."""
        if opcode != websocket.ABNF.OPCODE_TEXT:
            return super().send(payload, opcode)
        return super().send(framed(payload), websocket.ABNF.OPCODE_BINARY)

    def send_bare(self, payload, opcode):
        """Send bytes unchanged, also those that no page would send."""
        return super().send(payload, opcode)

    def recv(self):
        """Return the next message without its buffers; "" if the connection is closed."""
        data = super().recv()
        if not data:
            return ""
        count = int.from_bytes(data[:8], "little")
        offsets = [int.from_bytes(data[8 * (i + 1) : 8 * (i + 2)], "little") for i in range(count)]
        parts = [data[start:end] for start, end in itertools.pairwise(offsets)]
        header, parent, metadata, content = map(json.loads, parts[1:5])
        return json.dumps(
            {
                "channel": parts[0].decode(), "header": header, "msg_type": header["msg_type"],
                "msg_id": header["msg_id"], "parent_header": parent, "metadata": metadata, "content": content,
            }
        )  # fmt: skip


def framed(text: str, buffers: tuple[bytes, ...] = ()) -> bytes:
    """Return a message in the frame of v1.kernel.websocket.jupyter.org."""
    said = json.loads(text)
    names = ("header", "parent_header", "metadata", "content")
    parts = [said["channel"].encode(), *(json.dumps(said[n]).encode() for n in names), *buffers]
    start = 8 * (len(parts) + 2)
    offsets = list(itertools.accumulate(map(len, parts), initial=start))
    return b"".join(n.to_bytes(8, "little") for n in (len(offsets), *offsets)) + b"".join(parts)


def message(kind: str, content: dict, channel: str = "shell") -> str:
    """Return a Jupyter message as JSON text."""
    header = {
        "msg_id": uuid4().hex, "msg_type": kind, "session": "s", "username": "", "version": "5.3",
        "date": "2026-11-23T00:00:00Z",
    }  # fmt: skip
    return json.dumps(
        {
            "header": header,
            "parent_header": {},
            "metadata": {},
            "content": content,
            "channel": channel,
            "buffers": [],
        }
    )


def replies(socket: websocket.WebSocket, to: str, seconds: float = PATIENCE) -> list[dict]:
    """Return the replies to a request until it is answered and the kernel is idle, or until the timeout."""
    socket.settimeout(seconds)
    found = []
    while True:
        try:
            said = json.loads(socket.recv())
        except websocket.WebSocketTimeoutException:
            return found
        if said["parent_header"].get("msg_id") != to:
            continue
        found.append(said)
        # The two come on different channels, in any order.
        answered = any(each["msg_type"].endswith("_reply") for each in found)
        if answered and any(each["content"].get("execution_state") == "idle" for each in found):
            return found
