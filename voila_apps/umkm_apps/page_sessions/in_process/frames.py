"""Frames of the kernel protocol, as an in-process page sends them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final
from uuid import uuid4

from jupyter_server.services.kernels.connection.base import serialize_msg_to_ws_v1

#: Of the protocol of messages (https://jupyter-client.readthedocs.io/en/stable/messaging.html).
VERSION: Final = "5.3"


def make_frame(
    session: str,
    channel: str,
    kind: str,
    parts: Iterable[Mapping[str, Any]],
    buffers: Sequence[bytes],
) -> bytes:
    """Return a frame of `v1.kernel.websocket.jupyter.org`.

    Args:
        session: The id of the page.
        channel: `iopub`, or that of the request it answers.
        kind: The type of the message.
        parts: The header of the request, the metadata and the content.
        buffers: Binary parts.
    """
    header = {
        "msg_id": uuid4().hex,
        "msg_type": kind,
        "username": "",
        "session": session,
        "version": VERSION,
        "date": datetime.now(UTC).isoformat(),
    }
    packed = [json.dumps(part).encode() for part in (header, *parts)]
    frame: bytes = serialize_msg_to_ws_v1([*packed, *buffers], channel)
    return frame


def is_said_once(kind: str, content: Mapping[str, Any]) -> bool:
    """Return whether a message is a widget's own, which no snapshot of states repeats."""
    return kind == "comm_msg" and content.get("data", {}).get("method") == "custom"
