"""What is let through of all that a browser may put into a frame."""

import json
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.visitor import framed, message

from umkm_apps.page_sessions.websocket_messages import (
    LARGEST_JSON,
    MOST_OFFSETS,
    MalformedMessage,
    read_message,
)

UPDATE = message("comm_msg", {"comm_id": "a", "data": {"method": "update", "state": {"x": 1}}})
#: As long as 5000 lists within each other.
DEEP = "x" * 9998


def test_a_message_of_a_page_is_read():
    read = read_message(framed(UPDATE, (b"\x00" * 7, b"foto")))
    assert (read.channel, read.kind) == ("shell", "comm_msg")
    assert read.message_id == json.loads(UPDATE)["header"]["msg_id"]
    assert read.content["data"]["state"] == {"x": 1}
    assert read.buffer_bytes == 11
    assert read.is_allowed
    assert not read.is_costly


@pytest.mark.parametrize(
    ("kind", "content", "channel", "allowed", "costly"),
    [
        ("comm_open", {"comm_id": "a", "target_name": "jupyter.widget.control"}, "shell", True, True),
        # A widget that a browser opens stays in the kernel.
        ("comm_open", {"comm_id": "a", "target_name": "jupyter.widget"}, "shell", False, True),
        ("comm_open", {"comm_id": "a"}, "shell", False, True),
        ("comm_msg", {"comm_id": "a", "data": {"method": "request_states"}}, "shell", True, True),
        ("kernel_info_request", {}, "control", True, False),
        ("comm_msg", {"comm_id": "a", "data": {}}, "iopub", False, False),
        ("comm_msg", {"comm_id": "a", "data": {}}, "stdin", False, False),
    ],
)  # fmt: skip
def test_what_a_page_opens_and_asks(kind, content, channel, allowed, costly):
    read = read_message(framed(message(kind, content, channel)))
    assert (read.is_allowed, read.is_costly) == (allowed, costly)


def with_count(count: int) -> bytes:
    return count.to_bytes(8, "little") + framed(UPDATE)[8:]


def with_offset(place: int, value: int) -> bytes:
    good = framed(UPDATE)
    at = 8 * (place + 1)
    return good[:at] + value.to_bytes(8, "little") + good[at + 8 :]


@pytest.mark.parametrize(
    "frame",
    [
        UPDATE,  # the legacy protocol: text
        b"",
        b"\x00\x5b\x8d\x80",  # the legacy protocol: 6,000,000 big-endian, which cost 188 MB
        b"\x7f\xff\xff\xff",
        struct.pack("!II", 1, 8) + b"{}",
        with_count(0),
        with_count(5),
        with_count(MOST_OFFSETS + 1),
        with_count(100_663_296),
        with_count(2**64 - 1),
        with_offset(0, 0),
        with_offset(2, 2**63),
        with_offset(2, 1),
        with_offset(5, 10**9),
        framed(UPDATE)[:-1],
        framed(UPDATE) + b"x",
        framed(UPDATE, (b"",) * MOST_OFFSETS),
        framed(UPDATE).replace(b'"comm_msg"', b"1234567890"),
        framed(UPDATE).replace(b'{"comm_id', b'["comm_id'),
        framed(message("comm_msg", {"data": "x" * LARGEST_JSON})),
        framed(message("comm_msg", {"data": DEEP})).replace(
            f'"{DEEP}"'.encode(), b"[" * 5000 + b"]" * 5000
        ),
    ],
)
def test_nothing_else_is_read_any_further(frame):
    with pytest.raises(MalformedMessage):
        read_message(frame)


@given(st.binary(max_size=400))
def test_bytes_of_any_kind_are_refused_in_words_of_ours(data):
    with pytest.raises(MalformedMessage):
        read_message(data)


@given(st.data())
def test_a_message_with_any_byte_changed_is_read_or_refused(data):
    frame = bytearray(framed(UPDATE, (b"buffer",)))
    for _ in range(data.draw(st.integers(1, 4))):
        frame[data.draw(st.integers(0, len(frame) - 1))] = data.draw(st.integers(0, 255))
    try:
        read = read_message(bytes(frame))
    except MalformedMessage:
        return
    assert read.json_bytes + read.buffer_bytes < len(frame)
