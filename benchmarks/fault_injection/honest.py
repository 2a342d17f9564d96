"""An honest person of a class under attack: a page with its line, and answers until told to stop."""

from __future__ import annotations

import contextlib
import random
import threading
import time

from benchmarks.fault_injection.lines import TROUBLES, Line, kernel_of
from tests.support.visitor import Visitor

PAGE, SHEET, QUESTION = "/tugas/pembukuan-dua-laci", "pembukuan-dua-laci", "rencana-dua-laci"
PIN = "739152"
THINK = (1.0, 3.0)
PATIENCE = 60.0


class Honest(threading.Thread):
    """One person: a page with its line, and answers until told to stop."""

    def __init__(self, url: str, code: str, stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self.visitor, self.code, self.stop = Visitor(url), code, stop
        self.dice = random.Random(code)
        self.clicks: list[tuple[float, float]] = []  # when it began, milliseconds
        self.kept = 0  # the last number that the server said it keeps
        self.failed: list[str] = []
        self.lines = 0
        self.at_work = threading.Event()
        self.line: Line | None = None
        self.model = ""

    def log_in(self) -> None:
        answer = self.visitor.log_in(self.code, PIN)
        assert answer.status_code == 303, answer.status_code

    def run(self) -> None:
        number = 0
        while not self.stop.is_set():
            with contextlib.suppress(*TROUBLES, LookupError):
                self.keep_line()
            self.at_work.set()
            number += 1
            self.answer(number)
            self.stop.wait(self.dice.uniform(*THINK))
        if self.line is not None:
            self.line.close()

    def keep_line(self) -> None:
        """Open the page and its line where there is none, as the page itself does."""
        if self.line is None:
            self.line = Line(self.visitor, kernel_of(self.visitor, PAGE, PATIENCE))
            self.lines += 1
            self.model = self.line.model_of("long_text")

    def answer(self, number: int) -> None:
        """Tell the kernel, and hand the answer in."""
        text, began = f"jawaban {number}", time.monotonic()
        change = {"type": "change", "answer": text, "writer": "jujur", "seq": number}
        if self.line is not None:
            try:
                self.line.tell(self.model, change)
                self._read_what_came()
            except TROUBLES:
                self.line = None
        now = round(time.time() * 1000)
        handed = {
            "question": QUESTION,
            "answer": text,
            "writer": "jujur",
            "seq": number,
            "acted": now,
        }
        batch = {"participant": self.code, "clock": now, "changes": [handed]}
        began = time.monotonic()
        try:
            answer = self.visitor.session.post(
                f"{self.visitor.url}{PAGE}/jawaban", json=batch, timeout=PATIENCE,
                headers={"X-XSRFToken": self.visitor.session.cookies["_xsrf"]},
            )  # fmt: skip
            state = answer.json()["outcomes"][0]["state"] if answer.ok else answer.status_code
        except TROUBLES as error:
            state = type(error).__name__
        self.clicks.append((began, (time.monotonic() - began) * 1000))
        if state == "saved":
            self.kept = number
        else:
            self.failed.append(str(state))

    def _read_what_came(self) -> None:
        """Read until nothing more comes, so that the line's buffers stay empty."""
        assert self.line is not None
        self.line.socket.settimeout(0.05)
        try:
            while True:
                self.line.receive()
        except TimeoutError:
            pass
        except Exception as error:
            if "timed out" not in str(error):
                raise
        finally:
            self.line.socket.settimeout(30)
