"""6,000 damaged frames: a message is read, or refused as malformed, and never anything else."""

import json
from uuid import uuid4

from jupyter_server.services.kernels.connection.base import serialize_msg_to_ws_v1
from tests.fuzz.mutations import ODD_TEXTS, damaged
from tests.unit.time_limit import limited

from umkm_apps.page_sessions.websocket_messages import (
    MalformedMessage,
    WebSocketMessage,
    read_message,
)


def frame(kind: str, content: dict, buffers: tuple[bytes, ...] = ()) -> bytes:
    """A frame as jupyter_server's own writer makes it."""
    header = {
        "msg_id": uuid4().hex,
        "msg_type": kind,
        "session": "s",
        "username": "",
        "version": "5.3",
    }
    parts = [json.dumps(part).encode() for part in (header, {}, {}, content)]
    return serialize_msg_to_ws_v1([*parts, *buffers], "shell")


WHOLE = [
    frame("comm_open", {"comm_id": "a", "target_name": "jupyter.widget.control", "data": {}}),
    frame("comm_msg", {"comm_id": "a", "data": {"method": "request_states"}}),
    frame("comm_msg", {"comm_id": "b", "data": {"method": "custom", "content": {}}}, (b"\xff\xd8" * 40,)),
    frame("kernel_info_request", {}),
]  # fmt: skip


def test_whole_frames_are_read():
    for one in WHOLE:
        assert isinstance(read_message(one), WebSocketMessage)


def test_damaged_frames():
    read = 0
    with limited(60):
        for _, data in damaged(WHOLE, 6_000):
            try:
                message = read_message(data)
            except MalformedMessage:
                continue
            read += 1
            assert isinstance(message.is_allowed, bool)
            assert isinstance(message.is_costly, bool)
            assert message.json_bytes + message.buffer_bytes <= len(data)
    assert 0 < read < 6_000


def test_text_frames_and_counts_that_claim_millions():
    for text in ("", "null", "[" * 10_000, *ODD_TEXTS):
        refused(text)
    for count in (0, 1, 5, 17, 2**31, 2**63, 2**64 - 1):
        for order in ("little", "big"):
            refused(count.to_bytes(8, order))
            refused(count.to_bytes(8, order) + WHOLE[0][8:])


def refused(data: str | bytes) -> None:
    try:
        read_message(data)
    except MalformedMessage:
        return
    raise AssertionError(data[:40])
