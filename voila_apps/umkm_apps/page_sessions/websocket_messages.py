"""The form of a message on a page's WebSocket: `v1.kernel.websocket.jupyter.org`, and nothing else.

A message is a count of offsets, the offsets (eight bytes each, little-endian), then the parts that lie
between them: channel, header, parent header, metadata, content, and any buffers. Source: the
"WebSocket kernel wire protocols" of jupyter_server's documentation. It is checked here, before
jupyter_server reads it: its readers trust the counts that a browser claims.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

#: The one subprotocol that our pages speak.
PROTOCOL = "v1.kernel.websocket.jupyter.org"
#: Close code of RFC 6455: the endpoint received a type of data that it cannot accept.
UNACCEPTABLE = 1003

#: Offsets of one message: channel, four parts of JSON, the end, and ten buffers at most.
MOST_OFFSETS = 16
#: Bytes of one message, its buffers included: the photo desk takes photos of 8 MB.
LARGEST_MESSAGE = 9 * 2**20
#: Bytes of JSON in one message: a form of 200 products has about 100 KB.
LARGEST_JSON = 2**20

_WORD = 8
_PARTS_OF_JSON = 4
#: Ids are kept for a while, to know a message that comes again; ours have 32 to 36 letters.
LONGEST_MESSAGE_ID = 128
#: What a browser may send on these alone: nothing of ours answers input, and iopub only speaks.
_CHANNELS = ("shell", "control")
#: What a browser may open: ipywidgets' way to ask for the states of widgets. A widget opened by a
#: browser would stay in the kernel, and no page of ours makes one there.
_TARGETS = ("jupyter.widget.control",)


class MalformedMessage(ValueError):
    """What came is no message of the protocol; nothing of it may be read any further."""


@dataclass(frozen=True)
class WebSocketMessage:
    """One message as a browser sent it, checked."""

    channel: str
    kind: str
    message_id: str
    content: dict[str, Any]
    #: Bytes of its parts of JSON, and of its buffers.
    json_bytes: int
    buffer_bytes: int

    @property
    def is_costly(self) -> bool:
        """Return whether its answer holds the states of all widgets, or it opens something that stays."""
        data = self.content.get("data")
        asks = isinstance(data, dict) and data.get("method") == "request_states"
        return asks or self.kind == "comm_open"

    @property
    def is_allowed(self) -> bool:
        """Return whether a page of ours would send it on such a channel, and open such a comm."""
        if self.channel not in _CHANNELS:
            return False
        return self.kind != "comm_open" or self.content.get("target_name") in _TARGETS


def read_message(data: str | bytes) -> WebSocketMessage:
    """Return what a frame holds, after checking every count and length that it claims.

    Raises:
        MalformedMessage: a text frame, a count or an offset that does not fit the bytes there are, or a
            part that is no JSON object.
    """
    if isinstance(data, str):
        raise MalformedMessage("a text frame")
    offsets = _offsets(data)
    channel, *parts = (data[start:end] for start, end in pairwise(offsets))
    pieces, buffers = parts[:_PARTS_OF_JSON], parts[_PARTS_OF_JSON:]
    json_bytes = sum(map(len, pieces))
    if json_bytes > LARGEST_JSON:
        raise MalformedMessage(f"{json_bytes} bytes of JSON")
    header, _parent, _metadata, content = map(_json_object, pieces)
    kind, message_id = header.get("msg_type"), header.get("msg_id")
    if not isinstance(kind, str) or not isinstance(message_id, str):
        raise MalformedMessage("a header without a type or an id")
    if len(message_id) > LONGEST_MESSAGE_ID:
        raise MalformedMessage(f"a message id of {len(message_id)} letters")
    name = channel.decode("ascii", "replace")
    return WebSocketMessage(name, kind, message_id, content, json_bytes, sum(map(len, buffers)))


def _offsets(data: bytes) -> Sequence[int]:
    count = int.from_bytes(data[:_WORD], "little")
    if not _PARTS_OF_JSON + 2 <= count <= MOST_OFFSETS:
        raise MalformedMessage(f"{count} offsets")
    start = _WORD * (count + 1)
    if len(data) < start:
        raise MalformedMessage("shorter than its offsets")
    offsets = [int.from_bytes(data[at : at + _WORD], "little") for at in range(_WORD, start, _WORD)]
    if offsets[0] != start or offsets[-1] != len(data) or offsets != sorted(offsets):
        raise MalformedMessage("offsets that do not fit")
    return offsets


def _json_object(part: bytes) -> dict[str, Any]:
    try:
        value = json.loads(part)
    except (ValueError, RecursionError) as error:
        raise MalformedMessage(str(error)) from None
    if not isinstance(value, dict):
        raise MalformedMessage("a part that is no JSON object")
    return value
