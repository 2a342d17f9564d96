"""A participant of a class under attack: keeps a page open and answers until stopped."""

from __future__ import annotations

import contextlib
import random
import threading
import time

from benchmarks.fault_injection.kernel_connection import (
    CONNECTION_ERRORS,
    KernelConnection,
    open_kernel_page,
)
from tests.support.visitor import Visitor

PAGE, SHEET, QUESTION = "/tugas/pembukuan-dua-laci", "pembukuan-dua-laci", "rencana-dua-laci"
PIN = "739152"
#: Seconds between two answers.
THINK = (1.0, 3.0)
TIMEOUT = 60.0


class Participant(threading.Thread):
    """A participant: keeps a page with its kernel connection open, and answers until stopped."""

    def __init__(self, url: str, code: str, stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self.visitor, self.code, self.stop = Visitor(url), code, stop
        self.rng = random.Random(code)
        self.latencies: list[tuple[float, float]] = []  # start, milliseconds
        self.stored = 0  # the number of the last answer acknowledged by the server
        self.failed: list[str] = []
        self.connections = 0
        self.answering = threading.Event()
        self.connection: KernelConnection | None = None
        self.model = ""

    def log_in(self) -> None:
        answer = self.visitor.log_in(self.code, PIN)
        assert answer.status_code == 303, answer.status_code

    def run(self) -> None:
        number = 0
        while not self.stop.is_set():
            with contextlib.suppress(*CONNECTION_ERRORS, LookupError):
                self.connect()
            self.answering.set()
            number += 1
            self.answer(number)
            self.stop.wait(self.rng.uniform(*THINK))
        if self.connection is not None:
            self.connection.close()

    def connect(self) -> None:
        """Open the page and its connection if there is none, as the page itself does."""
        if self.connection is None:
            self.connection = KernelConnection(
                self.visitor, open_kernel_page(self.visitor, PAGE, TIMEOUT)
            )
            self.connections += 1
            self.model = self.connection.model_of("long_text")

    def answer(self, number: int) -> None:
        """Send the answer to the kernel, and to the server."""
        text, began = f"jawaban {number}", time.monotonic()
        change = {"type": "change", "answer": text, "writer": "jujur", "seq": number}
        if self.connection is not None:
            try:
                self.connection.send_custom(self.model, change)
                self._read_pending()
            except CONNECTION_ERRORS:
                self.connection = None
        now = round(time.time() * 1000)
        submitted = {
            "question": QUESTION,
            "answer": text,
            "writer": "jujur",
            "seq": number,
            "acted": now,
        }
        batch = {"participant": self.code, "clock": now, "changes": [submitted]}
        began = time.monotonic()
        try:
            answer = self.visitor.session.post(
                f"{self.visitor.url}{PAGE}/jawaban", json=batch, timeout=TIMEOUT,
                headers={"X-XSRFToken": self.visitor.session.cookies["_xsrf"]},
            )  # fmt: skip
            state = answer.json()["outcomes"][0]["state"] if answer.ok else answer.status_code
        except CONNECTION_ERRORS as error:
            state = type(error).__name__
        self.latencies.append((began, (time.monotonic() - began) * 1000))
        if state == "saved":
            self.stored = number
        else:
            self.failed.append(str(state))

    def _read_pending(self) -> None:
        """Read until no message is pending, so that the connection's buffers stay empty."""
        assert self.connection is not None
        self.connection.socket.settimeout(0.05)
        try:
            while True:
                self.connection.receive()
        except TimeoutError:
            pass
        except Exception as error:
            if "timed out" not in str(error):
                raise
        finally:
            self.connection.socket.settimeout(30)
