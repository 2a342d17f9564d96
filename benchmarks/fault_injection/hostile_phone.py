"""The hostile phone of `benchmarks.abuse`: an ordinary account, an address, dice drawn from a seed."""

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
from benchmarks.fault_injection.lines import TROUBLES, V1, Line, PageRefused, kernel_of
from tests.support.visitor import Visitor

PAGE = "/tugas/pembukuan-dua-laci"
QUESTION = "laba-bengkel"
#: One attack takes no longer; what is left undone is not begun.
SECONDS = 12.0
#: So long does it wait for the turn to open a line.
LONGEST_WAIT = 60.0

Seen = Counter[str]
ATTACKS: dict[str, Callable[[Hostile], Seen]] = {}


def attack(function: Callable[[Hostile], Seen]) -> Callable[[Hostile], Seen]:
    """Add a function to `ATTACKS` under its own name."""
    ATTACKS[function.__name__] = function
    return function


class Hostile:
    """The phone: an account, an address, dice."""

    def __init__(self, url: str, code: str, pin: str, seed: int) -> None:
        self.visitor = Visitor(url, "127.6.6.6")
        self.code, self.dice = code, random.Random(seed)
        answer = self.visitor.log_in(code, pin)
        if answer.status_code != 303:
            raise PageRefused(answer.status_code)
        self.ends = 0.0

    @property
    def has_time(self) -> bool:
        return time.monotonic() < self.ends

    def line(self, protocol: str = V1) -> Line:
        """Open a line; where an earlier attack has used up its turns, wait for the next one."""
        began = time.monotonic()
        while True:
            try:
                return Line(self.visitor, kernel_of(self.visitor, PAGE), protocol)
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

    def hand_in(self, answer: object, question: str = QUESTION, writer: str = "") -> int:
        now = round(time.time() * 1000)
        change = {
            "question": question, "answer": answer, "writer": writer or uuid4().hex, "seq": 1, "acted": now,
        }  # fmt: skip
        batch = {"participant": self.code, "clock": now, "changes": [change]}
        return self.post(f"{PAGE}/jawaban", json=batch).status_code

    def send_all(self, line: Line, frames: list[bytes | str], seen: Seen) -> None:
        """Send frames until they are through, the line closes, or the time is over."""
        for frame in frames:
            if not self.has_time:
                seen["out of time"] += 1
                return
            try:
                if isinstance(frame, str):
                    line.socket.send(frame)
                else:
                    line.socket.send_binary(frame)
            except TROUBLES as error:
                seen[f"line ended: {type(error).__name__}"] += 1
                return
            seen["sent"] += 1
