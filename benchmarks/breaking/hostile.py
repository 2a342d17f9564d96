"""One hostile phone with an ordinary account: everything of the attack on a class, bounded.

Run by `benchmarks/abuse.py` in a process of its own. Each attack is a function of the phone; it
returns what the server answered, and ends by itself: by its counts, or after `SECONDS`.
"""

from __future__ import annotations

import contextlib
import io
import json
import random
import socket
import sys
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import requests
import websocket
from benchmarks.breaking.lines import V1, Line, PageRefused, kernel_of
from tests.browser.visitor import Visitor

PAGE = "/tugas/pembukuan-dua-laci"
QUESTION = "laba-bengkel"
WRONG = "917305"
#: One attack takes no longer; what is left undone is not begun.
SECONDS = 12.0
TROUBLES = (OSError, websocket.WebSocketException, requests.RequestException, PageRefused)

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
        return Line(self.visitor, kernel_of(self.visitor, PAGE), protocol)

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
def guesses(me: Hostile) -> Seen:
    """M2: 200 wrong PINs at once, for other people, and one person again and again."""
    forms = [{"nomor": f"0813 9000 {n:04d}", "pin": WRONG} for n in range(150)]
    forms += [{"nomor": "srg-siti1", "pin": WRONG}] * 50
    return _flood(me, "/masuk", forms)


@attack
def registrations(me: Hostile) -> Seen:
    """H4: 100 new people, and 100 questions whether a number is registered."""
    form = {
        "join_code": "SERANG-1", "name": "Hantu", "business_name": "Warung", "business_kind": "warung",
        "kelurahan": "36.73.02.1001", "pin": "739152", "consent_given": "ya",
    }  # fmt: skip
    new = [form | {"phone": f"0857 6000 {n:04d}"} for n in range(100)]
    asked = [form | {"phone": "0812-0000-0001", "pin": "111111"}] * 100
    return _flood(me, "/daftar", new + asked)


def _flood(me: Hostile, path: str, forms: list[dict[str, str]]) -> Seen:
    """Send forms at once, from the phone's own address and without its login."""
    stranger = Visitor(me.visitor.url, me.visitor.address)
    token = stranger.xsrf()

    def send(form: dict[str, str]) -> str:
        if not me.has_time:
            return "out of time"
        try:
            answer = requests.Session.post(
                stranger.session, stranger.url + path, data={"_xsrf": token, **form}, timeout=20,
                allow_redirects=False,
            )  # fmt: skip
        except TROUBLES as error:
            return type(error).__name__
        return str(answer.status_code)

    with ThreadPoolExecutor(40) as pool:
        return Counter(pool.map(send, forms))


@attack
def checks(me: Hostile) -> Seen:
    """M5: 1,500 "Periksa" on one line."""
    seen: Seen = Counter()
    line = me.line()
    model = line.model_of("number")
    said = {"type": "check", "answer": "1", "writer": "serangan", "seq": 1}
    data = {"comm_id": model, "data": {"method": "custom", "content": said}}
    me.send_all(line, [line.message("comm_msg", data, {}) for _ in range(1_500)], seen)
    line.close()
    return seen


@attack
def writers(me: Hostile) -> Seen:
    """M5: each answer from a page that never was before."""
    seen: Seen = Counter()
    for number in range(200):
        if not me.has_time:
            break
        seen[str(me.hand_in(f"{number}"))] += 1
    return seen


@attack
def lessons_done(me: Hostile) -> Seen:
    """M5: a lesson finished 300 times."""
    seen: Seen = Counter()
    for _ in range(300):
        if not me.has_time:
            break
        try:
            answer = me.post("/pelajaran/pembukuan/01-dua-laci/selesai", allow_redirects=False)
            seen[str(answer.status_code)] += 1
        except TROUBLES as error:
            seen[type(error).__name__] += 1
    return seen


@attack
def photos(me: Hostile) -> Seen:
    """M7: small files that are 50 megapixels."""
    from PIL import Image  # noqa: PLC0415  only this attack draws

    seen: Seen = Counter()
    image = Image.new("RGBA", (10_000, 5_000), (200, 30, 30, 120))
    for kind in ("PNG", "WEBP"):
        file = io.BytesIO()
        image.save(file, kind)
        seen[f"{kind} {_send_photo(me, file.getvalue())}"] += 1
    return seen


def _send_photo(me: Hostile, content: bytes) -> str:
    name, piece, status = uuid4().hex, 64 * 1024, "out of time"
    for start in range(0, len(content), piece):
        if not me.has_time:
            break
        where = f"/foto/kirim/{name}?peserta={me.code}&mulai={start}&ukuran={len(content)}"
        try:
            answer = me.post(where, data=content[start : start + piece])
        except TROUBLES as error:
            return type(error).__name__
        status = str(answer.status_code)
    return status


@attack
def slow_bodies(me: Hostile) -> Seen:
    """L5: 200 connections whose bodies never end."""
    seen: Seen = Counter()
    place = urlsplit(me.visitor.url)
    request = b"POST /masuk HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nnomor="
    held = []
    for _ in range(200):
        try:
            one = socket.create_connection(
                (place.hostname or "", place.port or 0), 5, (me.visitor.address, 0)
            )
            one.sendall(request)
            held.append(one)
        except OSError as error:
            seen[f"refused: {type(error).__name__}"] += 1
    seen["open"] = len(held)
    time.sleep(max(0.0, me.ends - time.monotonic()))
    for one in held:
        one.settimeout(0)
        with contextlib.suppress(OSError):
            seen["ended by the server"] += one.recv(4_096) is not None
        one.close()
    return seen


@attack
def noise(me: Hostile) -> Seen:
    """Random frames in both subprotocols, 10,000 in all; a line that ends is opened anew."""
    seen: Seen = Counter()
    left = 10_000
    me.ends += 2 * SECONDS
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


def main(url: str, code: str, pin: str, seed: str, *names: str) -> None:
    """Play the attacks one after the other; write a line of JSON for each on standard output."""
    me = Hostile(url, code, pin, int(seed))
    for name in names or ATTACKS:
        began = time.monotonic()
        me.ends = began + SECONDS
        print(json.dumps({"begins": name}), flush=True)
        try:
            seen = ATTACKS[name](me)
        except TROUBLES as error:
            seen = Counter({f"{type(error).__name__}: {error}"[:80]: 1})
        took = round(time.monotonic() - began, 1)
        print(json.dumps({"ends": name, "seconds": took, "seen": dict(seen)}), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
