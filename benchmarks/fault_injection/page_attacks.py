"""Attacks by plain requests: logins, registrations, rows, photos, bodies that never end."""

from __future__ import annotations

import contextlib
import io
import socket
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit
from uuid import uuid4

import requests
from benchmarks.fault_injection.hostile_phone import PAGE, Hostile, Seen, attack
from benchmarks.fault_injection.lines import TROUBLES
from tests.support.visitor import Visitor

WRONG = "917305"


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
def reloads(me: Hostile) -> Seen:
    """L12: pages that the server draws, asked for by 16 connections as fast as they come."""
    paths = ["/", "/daftar", "/tugas/pembukuan-dua-laci/kirim", "/hasil/pembukuan-dua-laci", "/ada"]
    return _ask_for(me, paths)


@attack
def reopenings(me: Hostile) -> Seen:
    """L12: a page begun anew again and again, each time with a kernel of its own."""
    return _ask_for(me, [f"{PAGE}?ulang=1"])


def _ask_for(me: Hostile, paths: list[str]) -> Seen:
    """Ask for pages by 16 connections, logged in, until the time is over."""

    def ask(number: int) -> Seen:
        seen: Seen = Counter()
        visitor = Visitor(me.visitor.url, me.visitor.address)
        visitor.session.cookies.update(me.visitor.session.cookies)
        while me.has_time:
            try:
                answer = visitor.session.get(visitor.url + paths[number % len(paths)], timeout=20)
                seen[str(answer.status_code)] += 1
            except TROUBLES as error:
                seen[type(error).__name__] += 1
        return seen

    with ThreadPoolExecutor(16) as pool:
        return sum(pool.map(ask, range(16)), Counter())


@attack
def checks(me: Hostile) -> Seen:
    """M5: 1,500 "Periksa" on one line."""
    seen: Seen = Counter()
    line = me.line()
    model = line.model_of("long_text")
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
def slow_answers(me: Hostile) -> Seen:
    """L12: bodies of 190 KB that take long to read, by 16 connections."""
    body = b"[" + b"[]," * 64_000 + b"[]]"

    def send(_: int) -> str:
        if not me.has_time:
            return "out of time"
        try:
            return str(me.post(f"{PAGE}/jawaban", data=body).status_code)
        except TROUBLES as error:
            return type(error).__name__

    with ThreadPoolExecutor(16) as pool:
        return Counter(pool.map(send, range(300)))


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
    """M7: small files that are 50 megapixels, and many at once."""
    from PIL import Image  # noqa: PLC0415  only this attack draws

    seen: Seen = Counter()
    image = Image.new("RGBA", (10_000, 5_000), (200, 30, 30, 120))
    for kind in ("PNG", "WEBP"):
        file = io.BytesIO()
        image.save(file, kind)
        seen[f"{kind} {_send_photo(me, file.getvalue())}"] += 1
    small = io.BytesIO()
    Image.new("RGB", (900, 700), (200, 30, 30)).save(small, "JPEG")
    with ThreadPoolExecutor(16) as pool:
        seen.update(pool.map(lambda _: f"small {_send_photo(me, small.getvalue())}", range(60)))
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
