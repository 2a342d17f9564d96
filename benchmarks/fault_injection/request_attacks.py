"""Attacks by HTTP requests: logins, registrations, answers, photos, bodies that never end."""

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
from benchmarks.fault_injection.attacker import PAGE, Attacker, Responses, attack
from benchmarks.fault_injection.kernel_connection import CONNECTION_ERRORS
from tests.support.visitor import Visitor

WRONG = "917305"


@attack
def guesses(attacker: Attacker) -> Responses:
    """M2: 200 wrong PINs at once: for 150 unknown numbers, and 50 times for one participant."""
    forms = [{"nomor": f"0813 9000 {n:04d}", "pin": WRONG} for n in range(150)]
    forms += [{"nomor": "srg-siti1", "pin": WRONG}] * 50
    return _flood(attacker, "/masuk", forms)


@attack
def registrations(attacker: Attacker) -> Responses:
    """H4: 100 new registrations, and 100 with a number that is registered."""
    form = {
        "join_code": "SERANG-1", "name": "Hantu", "business_name": "Warung", "business_kind": "warung",
        "kelurahan": "36.73.02.1001", "pin": "739152", "consent_given": "ya",
    }  # fmt: skip
    new = [form | {"phone": f"0857 6000 {n:04d}"} for n in range(100)]
    asked = [form | {"phone": "0812-0000-0001", "pin": "111111"}] * 100
    return _flood(attacker, "/daftar", new + asked)


def _flood(attacker: Attacker, path: str, forms: list[dict[str, str]]) -> Responses:
    """Send forms at once, from the attacker's address and without a login."""
    visitor = Visitor(attacker.visitor.url, attacker.visitor.address)
    token = visitor.xsrf()

    def send(form: dict[str, str]) -> str:
        if not attacker.has_time:
            return "out of time"
        try:
            answer = requests.Session.post(
                visitor.session, visitor.url + path, data={"_xsrf": token, **form}, timeout=20,
                allow_redirects=False,
            )  # fmt: skip
        except CONNECTION_ERRORS as error:
            return type(error).__name__
        return str(answer.status_code)

    with ThreadPoolExecutor(40) as pool:
        return Counter(pool.map(send, forms))


@attack
def reloads(attacker: Attacker) -> Responses:
    """L12: pages without a kernel, requested by 16 clients without a pause."""
    paths = ["/", "/daftar", "/tugas/pembukuan-dua-laci/kirim", "/hasil/pembukuan-dua-laci", "/ada"]
    return _request_repeatedly(attacker, paths)


@attack
def reopenings(attacker: Attacker) -> Responses:
    """L12: a page restarted without a pause, each time with a new kernel."""
    return _request_repeatedly(attacker, [f"{PAGE}?ulang=1"])


def _request_repeatedly(attacker: Attacker, paths: list[str]) -> Responses:
    """Request pages with 16 logged-in clients until the time is over."""

    def request(number: int) -> Responses:
        seen: Responses = Counter()
        visitor = Visitor(attacker.visitor.url, attacker.visitor.address)
        visitor.session.cookies.update(attacker.visitor.session.cookies)
        while attacker.has_time:
            try:
                answer = visitor.session.get(visitor.url + paths[number % len(paths)], timeout=20)
                seen[str(answer.status_code)] += 1
            except CONNECTION_ERRORS as error:
                seen[type(error).__name__] += 1
        return seen

    with ThreadPoolExecutor(16) as pool:
        return sum(pool.map(request, range(16)), Counter())


@attack
def checks(attacker: Attacker) -> Responses:
    """M5: 1,500 checks (*Periksa*) on one connection."""
    seen: Responses = Counter()
    connection = attacker.connect()
    model = connection.model_of("long_text")
    content = {"type": "check", "answer": "1", "writer": "serangan", "seq": 1}
    data = {"comm_id": model, "data": {"method": "custom", "content": content}}
    attacker.send_all(
        connection, [connection.message("comm_msg", data, {}) for _ in range(1_500)], seen
    )
    connection.close()
    return seen


@attack
def writers(attacker: Attacker) -> Responses:
    """M5: 200 answers, each with a new writer id."""
    seen: Responses = Counter()
    for number in range(200):
        if not attacker.has_time:
            break
        seen[str(attacker.submit_answer(f"{number}"))] += 1
    return seen


@attack
def slow_answers(attacker: Attacker) -> Responses:
    """L12: bodies of 190 KB that are slow to parse, by 16 clients."""
    body = b"[" + b"[]," * 64_000 + b"[]]"

    def send(_: int) -> str:
        if not attacker.has_time:
            return "out of time"
        try:
            return str(attacker.post(f"{PAGE}/jawaban", data=body).status_code)
        except CONNECTION_ERRORS as error:
            return type(error).__name__

    with ThreadPoolExecutor(16) as pool:
        return Counter(pool.map(send, range(300)))


@attack
def lessons_done(attacker: Attacker) -> Responses:
    """M5: a lesson finished 300 times."""
    seen: Responses = Counter()
    for _ in range(300):
        if not attacker.has_time:
            break
        try:
            answer = attacker.post(
                "/pelajaran/pembukuan/01-dua-laci/selesai", allow_redirects=False
            )
            seen[str(answer.status_code)] += 1
        except CONNECTION_ERRORS as error:
            seen[type(error).__name__] += 1
    return seen


@attack
def photos(attacker: Attacker) -> Responses:
    """M7: small files that are 50 megapixels, and many at once."""
    from PIL import Image  # noqa: PLC0415  only this attack uses it

    seen: Responses = Counter()
    image = Image.new("RGBA", (10_000, 5_000), (200, 30, 30, 120))
    for kind in ("PNG", "WEBP"):
        file = io.BytesIO()
        image.save(file, kind)
        seen[f"{kind} {_send_photo(attacker, file.getvalue())}"] += 1
    small = io.BytesIO()
    Image.new("RGB", (900, 700), (200, 30, 30)).save(small, "JPEG")
    with ThreadPoolExecutor(16) as pool:
        seen.update(
            pool.map(lambda _: f"small {_send_photo(attacker, small.getvalue())}", range(60))
        )
    return seen


def _send_photo(attacker: Attacker, content: bytes) -> str:
    name, piece, status = uuid4().hex, 64 * 1024, "out of time"
    for start in range(0, len(content), piece):
        if not attacker.has_time:
            break
        where = f"/foto/kirim/{name}?peserta={attacker.code}&mulai={start}&ukuran={len(content)}"
        try:
            answer = attacker.post(where, data=content[start : start + piece])
        except CONNECTION_ERRORS as error:
            return type(error).__name__
        status = str(answer.status_code)
    return status


@attack
def slow_bodies(attacker: Attacker) -> Responses:
    """L5: 200 connections whose bodies never end."""
    seen: Responses = Counter()
    parts = urlsplit(attacker.visitor.url)
    request = b"POST /masuk HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nnomor="
    held = []
    for _ in range(200):
        try:
            one = socket.create_connection(
                (parts.hostname or "", parts.port or 0), 5, (attacker.visitor.address, 0)
            )
            one.sendall(request)
            held.append(one)
        except OSError as error:
            seen[f"refused: {type(error).__name__}"] += 1
    seen["open"] = len(held)
    time.sleep(max(0.0, attacker.ends - time.monotonic()))
    for one in held:
        one.settimeout(0)
        with contextlib.suppress(OSError):
            seen["ended by the server"] += one.recv(4_096) is not None
        one.close()
    return seen
