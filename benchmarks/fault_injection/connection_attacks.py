"""Attacks on kernel connections, kernels, and the parsing of answers."""

from __future__ import annotations

import contextlib
import json
import random
import time
from collections import Counter
from typing import Any
from uuid import uuid4

from benchmarks.fault_injection.attacker import ATTACK_SECONDS, PAGE, Attacker, Responses, attack
from benchmarks.fault_injection.kernel_connection import (
    CONNECTION_ERRORS,
    V1,
    KernelConnection,
    open_kernel_page,
)


@attack
def messages_on_closed_connections(attacker: Attacker) -> Responses:
    """C1: the server closes a connection; messages that were on their way still arrive."""
    seen: Responses = Counter()
    for _ in range(5):
        connection = attacker.connect()
        model = uuid4().hex
        frame = connection.message("comm_msg", {"comm_id": model, "data": {}}, {})
        with contextlib.suppress(*CONNECTION_ERRORS):
            attacker.visitor.session.get(f"{attacker.visitor.url}{PAGE}?ulang=1", timeout=20)
        attacker.send_all(connection, [frame] * 20, seen)
        connection.close()
    return seen


@attack
def legacy_frames(attacker: Attacker) -> Responses:
    """C1: binary frames that claim millions of parts, on a connection without a subprotocol."""
    seen: Responses = Counter()
    for claimed in (6_000_000, 6_000_001, 2**27, 2**31):
        try:
            connection = attacker.connect("")
        except CONNECTION_ERRORS as error:
            seen[f"refused: {error}"[:60]] += 1
            continue
        attacker.send_all(connection, [claimed.to_bytes(4, "big")] * 3, seen)
        time.sleep(0.3)
        connection.close()
    return seen


@attack
def many_connections(attacker: Attacker) -> Responses:
    """H1: 250 connections to one kernel."""
    seen: Responses = Counter()
    kernel = open_kernel_page(attacker.visitor, PAGE)
    connections = []
    for _ in range(250):
        if not attacker.has_time:
            break
        try:
            connections.append(KernelConnection(attacker.visitor, kernel))
            seen["opened"] += 1
        except CONNECTION_ERRORS as error:
            seen[f"refused: {type(error).__name__}"] += 1
    for connection in connections:
        connection.close()
    return seen


@attack
def states_unread(attacker: Attacker) -> Responses:
    """H2: 3,000 requests for all widget states, no response read, then a disconnect."""
    seen: Responses = Counter()
    connection = attacker.connect()
    comm = connection.open_control()
    data = {"comm_id": comm, "data": {"method": "request_states"}}
    attacker.send_all(
        connection, [connection.message("comm_msg", data, {}) for _ in range(3_000)], seen
    )
    connection.socket.shutdown()
    return seen


@attack
def large_states(attacker: Attacker) -> Responses:
    """H2: widgets created by the browser with megabytes of state, requested repeatedly."""
    seen: Responses = Counter()
    connection = attacker.connect()
    state = {
        "_model_module": "@jupyter-widgets/controls", "_model_module_version": "2.0.0", "_model_name": "HTMLModel",
        "_view_module": "@jupyter-widgets/controls", "_view_module_version": "2.0.0", "_view_name": "HTMLView",
        "value": "x" * 180_000,
    }  # fmt: skip
    opened = [
        connection.message(
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
    attacker.send_all(connection, [*opened], seen)
    with contextlib.suppress(*CONNECTION_ERRORS):
        comm = connection.open_control()
        data = {"comm_id": comm, "data": {"method": "request_states"}}
        attacker.send_all(
            connection, [connection.message("comm_msg", data, {}) for _ in range(150)], seen
        )
    connection.close()
    return seen


@attack
def slow_amounts(attacker: Attacker) -> Responses:
    """C2: amounts that are slow to parse, stored as answers and then displayed."""
    seen: Responses = Counter()
    for letters in (16, 32, 100, 200):
        seen[f"stored {attacker.submit_answer(('1m' * letters)[:letters])}"] += 1
        for path in (f"{PAGE}/kirim", PAGE):
            try:
                answer = attacker.visitor.session.get(
                    attacker.visitor.url + path, timeout=ATTACK_SECONDS
                )
                seen[f"{path.rsplit('/', 1)[1]} {answer.status_code}"] += 1
            except CONNECTION_ERRORS as error:
                seen[f"{path.rsplit('/', 1)[1]} {type(error).__name__}"] += 1
    attacker.submit_answer("350rb")
    return seen


@attack
def noise(attacker: Attacker) -> Responses:
    """Random frames in both subprotocols, 10,000 in all; a closed connection is reopened."""
    seen: Responses = Counter()
    left = 10_000
    # Long enough to send all of them on a slow machine.
    attacker.ends += 20 * ATTACK_SECONDS
    while left > 0 and attacker.has_time:
        protocol = attacker.rng.choice([V1, V1, ""])
        try:
            connection = attacker.connect(protocol)
            frames = [random_frame(attacker.rng, connection) for _ in range(min(left, 500))]
            before = seen["sent"]
            attacker.send_all(connection, frames, seen)
            left -= max(1, seen["sent"] - before)
            connection.close()
        except CONNECTION_ERRORS as error:
            seen[f"refused: {type(error).__name__}"] += 1
            left -= 1
    return seen


def random_frame(rng: random.Random, connection: KernelConnection) -> bytes | str:
    """Return a valid, a damaged or a random message."""
    kinds = [
        "comm_open",
        "comm_msg",
        "comm_close",
        "comm_info_request",
        "kernel_info_request",
        "execute_request",
    ]
    content: dict[str, Any] = {"comm_id": uuid4().hex, "target_name": rng.choice(["jupyter.widget.control", "x", ""]),
                               "data": {"method": rng.choice(["update", "custom", "request_states", 7])}}  # fmt: skip
    whole = connection.message(rng.choice(kinds), content, {})
    match rng.randrange(6):
        case 0:
            return whole
        case 1:
            return whole[: rng.randrange(len(whole))]
        case 2:
            at = rng.randrange(min(80, len(whole)))
            return whole[:at] + rng.randbytes(1) + whole[at + 1 :]
        case 3:
            return rng.randbytes(rng.randrange(200))
        case 4:
            return json.dumps(
                {"header": {"msg_type": rng.choice(kinds)}, "channel": "shell", "content": content}
            )
        case _:
            return rng.choice(["", "{", "null", "[]", '{"header":{}}', "[" * 500, "\u20ac" * 50])
