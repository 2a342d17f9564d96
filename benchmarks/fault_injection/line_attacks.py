"""Attacks on a page's line, its kernel, and what is read of answers."""

from __future__ import annotations

import contextlib
import json
import random
import time
from collections import Counter
from typing import Any
from uuid import uuid4

from benchmarks.fault_injection.hostile_phone import PAGE, SECONDS, Hostile, Seen, attack
from benchmarks.fault_injection.lines import TROUBLES, V1, Line, kernel_of


@attack
def taps_on_closed_lines(me: Hostile) -> Seen:
    """C1: the server closes a line; what was on its way still arrives."""
    seen: Seen = Counter()
    for _ in range(5):
        line = me.line()
        model = uuid4().hex
        frame = line.message("comm_msg", {"comm_id": model, "data": {}}, {})
        with contextlib.suppress(*TROUBLES):
            me.visitor.session.get(f"{me.visitor.url}{PAGE}?ulang=1", timeout=20)
        me.send_all(line, [frame] * 20, seen)
        line.close()
    return seen


@attack
def legacy_frames(me: Hostile) -> Seen:
    """C1: binary frames that claim millions of parts, on a line without a subprotocol."""
    seen: Seen = Counter()
    for claimed in (6_000_000, 6_000_001, 2**27, 2**31):
        try:
            line = me.line("")
        except TROUBLES as error:
            seen[f"refused: {error}"[:60]] += 1
            continue
        me.send_all(line, [claimed.to_bytes(4, "big")] * 3, seen)
        time.sleep(0.3)
        line.close()
    return seen


@attack
def many_lines(me: Hostile) -> Seen:
    """H1: 250 lines to one kernel."""
    seen: Seen = Counter()
    kernel = kernel_of(me.visitor, PAGE)
    lines = []
    for _ in range(250):
        if not me.has_time:
            break
        try:
            lines.append(Line(me.visitor, kernel))
            seen["opened"] += 1
        except TROUBLES as error:
            seen[f"refused: {type(error).__name__}"] += 1
    for line in lines:
        line.close()
    return seen


@attack
def states_unread(me: Hostile) -> Seen:
    """H2: 3,000 asks for all states, not one of them read, then gone."""
    seen: Seen = Counter()
    line = me.line()
    comm = line.open_control()
    data = {"comm_id": comm, "data": {"method": "request_states"}}
    me.send_all(line, [line.message("comm_msg", data, {}) for _ in range(3_000)], seen)
    line.socket.shutdown()
    return seen


@attack
def large_states(me: Hostile) -> Seen:
    """H2: widgets made by the browser with megabytes of state, asked for again and again."""
    seen: Seen = Counter()
    line = me.line()
    state = {
        "_model_module": "@jupyter-widgets/controls", "_model_module_version": "2.0.0", "_model_name": "HTMLModel",
        "_view_module": "@jupyter-widgets/controls", "_view_module_version": "2.0.0", "_view_name": "HTMLView",
        "value": "x" * 180_000,
    }  # fmt: skip
    opened = [
        line.message(
            "comm_open",
            {
                "comm_id": uuid4().hex,
                "target_name": "jupyter.widget",
                "data": {"state": state, "buffer_paths": []},
            },
            {"version": "2.1.0"},
        )
        for _ in range(20)
    ]
    me.send_all(line, [*opened], seen)
    with contextlib.suppress(*TROUBLES):
        comm = line.open_control()
        data = {"comm_id": comm, "data": {"method": "request_states"}}
        me.send_all(line, [line.message("comm_msg", data, {}) for _ in range(150)], seen)
    line.close()
    return seen


@attack
def slow_amounts(me: Hostile) -> Seen:
    """C2: amounts that take for ever to read, kept as answers and then looked at."""
    seen: Seen = Counter()
    for letters in (16, 32, 100, 200):
        seen[f"kept {me.hand_in(('1m' * letters)[:letters])}"] += 1
        for path in (f"{PAGE}/kirim", PAGE):
            try:
                answer = me.visitor.session.get(me.visitor.url + path, timeout=SECONDS)
                seen[f"{path.rsplit('/', 1)[1]} {answer.status_code}"] += 1
            except TROUBLES as error:
                seen[f"{path.rsplit('/', 1)[1]} {type(error).__name__}"] += 1
    me.hand_in("350rb")
    return seen


@attack
def noise(me: Hostile) -> Seen:
    """Random frames in both subprotocols, 10,000 in all; a line that ends is opened anew."""
    seen: Seen = Counter()
    left = 10_000
    # All of them, also on a slow machine.
    me.ends += 20 * SECONDS
    while left > 0 and me.has_time:
        protocol = me.dice.choice([V1, V1, ""])
        try:
            line = me.line(protocol)
            frames = [random_frame(me.dice, line) for _ in range(min(left, 500))]
            before = seen["sent"]
            me.send_all(line, frames, seen)
            left -= max(1, seen["sent"] - before)
            line.close()
        except TROUBLES as error:
            seen[f"refused: {type(error).__name__}"] += 1
            left -= 1
    return seen


def random_frame(dice: random.Random, line: Line) -> bytes | str:
    """Return something that may be a message, nearly one, or none at all."""
    kinds = [
        "comm_open",
        "comm_msg",
        "comm_close",
        "comm_info_request",
        "kernel_info_request",
        "execute_request",
    ]
    content: dict[str, Any] = {"comm_id": uuid4().hex, "target_name": dice.choice(["jupyter.widget.control", "x", ""]),
                               "data": {"method": dice.choice(["update", "custom", "request_states", 7])}}  # fmt: skip
    whole = line.message(dice.choice(kinds), content, {})
    match dice.randrange(6):
        case 0:
            return whole
        case 1:
            return whole[: dice.randrange(len(whole))]
        case 2:
            at = dice.randrange(min(80, len(whole)))
            return whole[:at] + dice.randbytes(1) + whole[at + 1 :]
        case 3:
            return dice.randbytes(dice.randrange(200))
        case 4:
            return json.dumps(
                {"header": {"msg_type": dice.choice(kinds)}, "channel": "shell", "content": content}
            )
        case _:
            return dice.choice(["", "{", "null", "[]", '{"header":{}}', "[" * 500, "\u20ac" * 50])
