"""The attacker of `benchmarks.abuse`: an ordinary account, an address, a seeded random generator."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from uuid import uuid4

import requests
import websocket
from benchmarks.fault_injection.kernel_connection import (
    CONNECTION_ERRORS,
    V1,
    KernelConnection,
    PageRefused,
    open_kernel_page,
)
from tests.support.visitor import Visitor

PAGE = "/tugas/pembukuan-dua-laci"
QUESTION = "laba-bengkel"
#: The time limit of one attack in seconds.
ATTACK_SECONDS = 12.0
#: Seconds to wait for the rate limit of new connections.
LONGEST_WAIT = 60.0

Responses = Counter[str]
ATTACKS: dict[str, Callable[[Attacker], Responses]] = {}


def attack(function: Callable[[Attacker], Responses]) -> Callable[[Attacker], Responses]:
    """Register a function in `ATTACKS` under its name."""
    ATTACKS[function.__name__] = function
    return function


class Attacker:
    """The attacker: an account, an address, a random generator."""

    def __init__(self, url: str, code: str, pin: str, seed: int) -> None:
        self.visitor = Visitor(url, "127.6.6.6")
        self.code, self.rng = code, random.Random(seed)
        answer = self.visitor.log_in(code, pin)
        if answer.status_code != 303:
            raise PageRefused(answer.status_code)
        self.ends = 0.0

    @property
    def has_time(self) -> bool:
        return time.monotonic() < self.ends

    def connect(self, protocol: str = V1) -> KernelConnection:
        """Open a connection; wait if an earlier attack has used up the rate limit."""
        began = time.monotonic()
        while True:
            try:
                return KernelConnection(
                    self.visitor, open_kernel_page(self.visitor, PAGE), protocol
                )
            except websocket.WebSocketBadStatusException as refusal:
                waited = time.monotonic() - began
                if refusal.status_code != HTTPStatus.TOO_MANY_REQUESTS or waited > LONGEST_WAIT:
                    raise
                time.sleep(1)
                self.ends += time.monotonic() - began - waited

    def post(self, path: str, **options: Any) -> requests.Response:
        headers = {"X-XSRFToken": self.visitor.session.cookies["_xsrf"]}
        return self.visitor.session.post(
            self.visitor.url + path, headers=headers, timeout=20, **options
        )

    def submit_answer(self, answer: object, question: str = QUESTION, writer: str = "") -> int:
        now = round(time.time() * 1000)
        change = {
            "question": question, "answer": answer, "writer": writer or uuid4().hex, "seq": 1, "acted": now,
        }  # fmt: skip
        batch = {"participant": self.code, "clock": now, "changes": [change]}
        return self.post(f"{PAGE}/jawaban", json=batch).status_code

    def send_all(
        self, connection: KernelConnection, frames: list[bytes | str], seen: Responses
    ) -> None:
        """Send frames until all are sent, the connection closes, or the time is over."""
        for frame in frames:
            if not self.has_time:
                seen["out of time"] += 1
                return
            try:
                if isinstance(frame, str):
                    connection.socket.send(frame)
                else:
                    connection.socket.send_binary(frame)
            except CONNECTION_ERRORS as error:
                seen[f"connection ended: {type(error).__name__}"] += 1
                return
            seen["sent"] += 1
