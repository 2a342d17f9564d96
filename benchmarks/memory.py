"""Memory of the trainees' server under a day of work: does it go back to what it was?

    python -m benchmarks.memory [--json] [--people 20] [--photos 200] [--answers 5000] [--pages 2000]
        [--lines 500] [--only PART ...]

The trainees' server runs with forked kernels, as `umkm workshop` starts it. People of one class, each
at an address of their own, work off four parts, one after the other:

    photos    sent in pieces as pages send them: 12, 24, 50 and 100 megapixels in every kind that is
              accepted; of other kinds than JPEG the largest are refused, in words, as they are to be
    answers   handed in over HTTP, as the phone's queue does
    pages     assignment and lesson with a kernel, and pages that the server draws
    lines     websocket to a page's kernel: opened, all states asked for, one change told, then closed;
              every second one is cut off without a word

A warm-up comes first: a little of each part, so that what is loaded once is loaded. For each part and
in all are measured, of the server's own process,

    before_mb         resident memory after the warm-up, or after the part before
    peak_mb           the most it was meanwhile, as the kernel of Linux keeps it (VmHWM)
    after_mb          resident memory `--settle` seconds after the last request

and `child_peak_mb`, the most that processes of its own held beside it: a photo is opened in one that
ends. Exit code 1 where `after_mb` is more than 1.3 times `before_mb` in all, or something was not
answered as it should be.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from itertools import count, product
from pathlib import Path
from typing import Any
from uuid import uuid4

import psutil
import requests
import websocket
from benchmarks.abuse import PIN, QUESTION, SHEET, open_class, people, resident_mb
from benchmarks.resident_memory import forget_peak, peak_mb, watch_children
from benchmarks.sample_photos import KINDS, REFUSED_FROM, SIZES, drawn
from tests.support.visitor import Visitor, message

#: What is asked for.
MOST_GROWTH = 1.3

PIECE = 64 * 1024
PAGE = f"/tugas/{SHEET}"
PAGES = ("/", PAGE, "/pelajaran/pembukuan/01-dua-laci", f"{PAGE}/kirim")
PATIENCE = 300.0
Seen = Counter[str]
FAILURES = (OSError, websocket.WebSocketException, requests.RequestException, AssertionError)


class Person:
    """Somebody of the class: a cookie jar, an address, and a count of what was written."""

    def __init__(self, url: str, code: str) -> None:
        self.visitor, self.code, self.kernel = Visitor(url), code, ""
        self.numbers = count(1)
        answer = self.visitor.log_in(code, PIN)
        assert answer.status_code == HTTPStatus.SEE_OTHER, answer.status_code

    def ask(self, method: str, path: str, **options: Any) -> requests.Response:
        """Send a request; where it comes too early, wait as long as the server says."""
        headers = {"X-XSRFToken": self.visitor.session.cookies["_xsrf"]}
        ends = time.monotonic() + PATIENCE
        while True:
            answer = self.visitor.session.request(
                method, self.visitor.url + path, headers=headers, timeout=PATIENCE, **options
            )
            early = {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}
            if answer.status_code not in early or time.monotonic() > ends:
                return answer
            time.sleep(float(answer.headers.get("Retry-After", 1)))


def send_photo(person: Person, number: int) -> str:
    """Send a photo in pieces; return what became of it."""
    chosen = list(product(SIZES, KINDS))
    megapixels, kind = chosen[number % len(chosen)]
    content = drawn(kind, megapixels)
    name, answer = uuid4().hex, None
    for start in range(0, len(content), PIECE):
        where = f"/foto/kirim/{name}?peserta={person.code}&mulai={start}&ukuran={len(content)}"
        answer = person.ask("POST", where, data=content[start : start + PIECE])
        if not answer.ok:
            break
    assert answer is not None
    refused = kind not in {"JPEG", "MPO"} and megapixels >= REFUSED_FROM
    if refused and answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY:
        return "refused as too large"
    if not refused and answer.ok and "photo" in answer.json():
        return "kept"
    return f"WRONG {kind} {megapixels} MP: {answer.status_code} {answer.text[:80]}"


def hand_in(person: Person, number: int) -> str:
    """Hand in one answer, as the queue of the phone does."""
    del number
    now, written = round(time.time() * 1000), next(person.numbers)
    change = {
        "question": QUESTION, "answer": f"jawaban {written}", "writer": "kerja", "seq": written, "acted": now,
    }  # fmt: skip
    batch = {"participant": person.code, "clock": now, "changes": [change]}
    answer = person.ask("POST", f"{PAGE}/jawaban", json=batch)
    state = answer.json()["outcomes"][0]["state"] if answer.ok else answer.status_code
    return "saved" if state == "saved" else f"WRONG {state}"


def load_page(person: Person, number: int) -> str:
    """Load one page whole."""
    path = PAGES[number % len(PAGES)]
    status = person.ask("GET", path).status_code
    return "loaded" if status == HTTPStatus.OK else f"WRONG {path} {status}"


def use_line(person: Person, number: int) -> str:
    """Open a websocket to the kernel of the person's page, use it, and close it."""
    ends = time.monotonic() + PATIENCE
    while True:
        try:
            person.kernel = person.kernel or person.visitor.open_page(PAGE)
            socket = person.visitor.websocket(person.kernel)
            break
        except (AssertionError, AttributeError, websocket.WebSocketBadStatusException) as refusal:
            if time.monotonic() > ends:
                return f"WRONG {refusal}"[:80]
            if getattr(refusal, "status_code", 0) != HTTPStatus.TOO_MANY_REQUESTS:
                person.kernel = ""  # its page was opened anew meanwhile
            time.sleep(1)
    written = next(person.numbers)
    change = {"type": "change", "answer": f"jawaban {written}", "writer": "kerja", "seq": written}
    model = question_of(socket)
    content = {"comm_id": model, "data": {"method": "custom", "content": change}}
    socket.send(message("comm_msg", content))
    if number % 2:
        socket.close()
    else:
        socket.shutdown()
    return "closed"


def question_of(socket: websocket.WebSocket) -> str:
    """Ask for the states of all widgets; return the model of the long text."""
    comm = uuid4().hex
    opened = {"comm_id": comm, "target_name": "jupyter.widget.control", "data": {}}
    # ipywidgets refuses a control comm that does not say which protocol it speaks.
    asked = json.loads(message("comm_open", opened)) | {"metadata": {"version": "1.0.0"}}
    socket.send(json.dumps(asked))
    data = {"comm_id": comm, "data": {"method": "request_states"}}
    socket.send(message("comm_msg", data))
    while text := socket.recv():
        states = json.loads(text)["content"].get("data", {}).get("states")
        for model, found in (states or {}).items():
            if found["state"].get("question", {}).get("kind") == "long_text":
                return str(model)
    raise websocket.WebSocketConnectionClosedException("closed")


PARTS: dict[str, Callable[[Person, int], str]] = {
    "photos": send_photo,
    "answers": hand_in,
    "pages": load_page,
    "lines": use_line,
}


def work_off(part: str, everyone: list[Person], amount: int) -> Seen:
    """Share a part's work among everyone, each one thing after the other."""
    shares = [range(at, amount, len(everyone)) for at in range(len(everyone))]

    def work(person: Person, numbers: range) -> Seen:
        seen: Seen = Counter()
        for number in numbers:
            try:
                seen[PARTS[part](person, number)] += 1
            except FAILURES as error:
                seen[f"WRONG {type(error).__name__}: {error}"[:80]] += 1
        return seen

    with ThreadPoolExecutor(len(everyone)) as pool:
        return sum(pool.map(work, everyone, shares), Counter())


def measure_part(
    part: str, everyone: list[Person], server: psutil.Process, chosen: argparse.Namespace
) -> dict[str, Any]:
    """Work off one part; return what is measured."""
    amount, began = getattr(chosen, part), time.monotonic()
    before = resident_mb(server)
    forget_peak(server)
    with watch_children(server) as children:
        seen = work_off(part, everyone, amount)
    seconds = round(time.monotonic() - began, 1)
    peak = peak_mb(server)
    time.sleep(chosen.settle)
    figures = {
        "count": amount,
        "seconds": seconds,
        "before_mb": before,
        "peak_mb": peak,
        "after_mb": resident_mb(server),
        "child_peak_mb": children.peak_mb,
        "seen": dict(seen),
    }
    print(f"{part}: {figures}", file=sys.stderr)
    return figures


def measure(chosen: argparse.Namespace) -> dict[str, Any]:
    """Do all parts once; return what is measured."""
    if "photos" in chosen.only:
        for megapixels, kind in product(SIZES, KINDS):
            drawn(kind, megapixels)
    folder = Path(tempfile.mkdtemp(prefix="umkm-memori-"))
    codes = people(f"sqlite:///{folder / 'umkm.db'}", chosen.people)
    with open_class(folder) as (url, server):
        everyone = [Person(url, code) for code in codes]
        for part in chosen.only:
            # The smallest photo of each kind; of the rest a few for each person.
            amount = len(KINDS) if part == "photos" else 4 * len(everyone)
            print(f"warm-up {part}: {dict(work_off(part, everyone, amount))}", file=sys.stderr)
        time.sleep(chosen.settle)
        before = resident_mb(server)
        parts = {part: measure_part(part, everyone, server, chosen) for part in chosen.only}
        after = resident_mb(server)
    return {
        "people": len(everyone),
        "before_mb": before,
        "peak_mb": max(part["peak_mb"] for part in parts.values()),
        "after_mb": after,
        "growth": round(after / before, 2),
        "wrong": sum(
            times
            for part in parts.values()
            for what, times in part["seen"].items()
            if what.startswith("WRONG")
        ),
        "parts": parts,
    }


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, default=20)
    for part, amount in zip(PARTS, (200, 5000, 2000, 500), strict=True):
        options.add_argument(f"--{part}", type=int, default=amount)
    options.add_argument("--settle", type=float, default=10)
    options.add_argument("--only", nargs="*", default=list(PARTS), choices=list(PARTS))
    options.add_argument("--json", action="store_true")
    chosen = options.parse_args()
    found = measure(chosen)
    print(json.dumps(found, indent=None if chosen.json else 1))
    sys.exit(0 if found["growth"] <= MOST_GROWTH and not found["wrong"] else 1)


if __name__ == "__main__":
    main()
