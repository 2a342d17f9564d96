"""Two server processes behind the balancer: each login stays with one, and a class outlives either."""

import http.client
import json
import os
import signal
import socket
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import psutil
import pytest
import requests
from playwright.sync_api import expect
from tests.support.patience import PATIENCE, wait_until
from tests.support.phone import PLAN
from tests.support.phone import Phone as OpenPhone
from tests.support.trainee_server import LESSON, SHEET, TraineeServer
from tests.support.visitor import Visitor, message, replies

from umkm_apps.runtime.status import read_status
from umkm_records import Registration, load_drafts, open_records, register

PAGE = f"/pelajaran/{LESSON}"
PIN = "739152"
#: In every Python process of the server: whoever forks is told so, and the test too.
NO_FORK = """
import os, sys, traceback

with open(os.environ["UMKM_FORKS"] + ".seen", "a") as file:
    file.write(f"{sys.orig_argv[-1]}\\n")

def refuse(*_):
    with open(os.environ["UMKM_FORKS"], "a") as file:
        traceback.print_stack(file=file)
    raise OSError("fork is forbidden")

os.fork = os.forkpty = refuse
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dua-proses")
    (folder / "sitecustomize.py").write_text(NO_FORK, encoding="utf-8")
    extra = {
        "UMKM_PROCESSES": "2",
        "PYTHONPATH": str(folder),
        "UMKM_FORKS": str(folder / "forks"),
    }
    opened = TraineeServer(folder / "data", extra).start()
    yield opened
    opened.stop()
    assert opened.process.returncode == 0
    assert "Traceback" not in opened.log


@pytest.fixture(scope="module")
def people(server):
    """The codes of new participants."""
    with open_records(server.database) as records:
        return [
            register(
                records,
                Registration(
                    join_code="SERANG-1", name=f"Bu Dua {number}", business_name="Warung",
                    business_kind="warung", kelurahan="36.73.02.1001", phone=f"08138{number:07d}",
                    consent_version="2026-11", consent_given=True, pin=PIN,
                ),
            ).code
            for number in range(12)
        ]  # fmt: skip


def workers(server):
    """Return the living processes behind the balancer; one that was killed may not be reaped yet."""
    found = []
    for each in psutil.Process(server.process.pid).children():
        with suppress(psutil.NoSuchProcess):  # a zombie, too
            if each.cmdline()[-1:] == ["umkm_apps.server.worker"]:
                found.append(each)
    return found


def holder(server, line):
    """Return the process that holds the other end of a connection."""
    mine = line.sock.getsockname()

    def look():
        for each in workers(server):
            with suppress(psutil.NoSuchProcess):
                if any(c.raddr == mine for c in each.net_connections("tcp") if c.raddr):
                    return each.pid
        return None

    return wait_until(look, "nobody holds the connection")


def answers(line):
    asked = message("kernel_info_request", {})
    line.send(asked)
    got = replies(line, json.loads(asked)["header"]["msg_id"])
    return "kernel_info_reply" in [each["msg_type"] for each in got]


class Phone:
    """Somebody who is logged in, with a lesson open and its connection."""

    def __init__(self, server, code):
        self.server = server
        self.code = code
        self.visitor = Visitor(server.url)
        assert self.visitor.log_in(code, PIN).status_code == 303
        self.open()

    def open(self):
        self.line = self.visitor.websocket(self.visitor.open_page(PAGE))
        self.process = holder(self.server, self.line)

    def save(self, seq):
        now = round(time.time() * 1000)
        change = {
            "question": "rencana-dua-laci",
            "answer": f"ke-{seq}",
            "writer": "hp",
            "seq": seq,
            "acted": now,
        }
        return self.visitor.session.post(
            f"{self.server.url}/tugas/{SHEET}/jawaban",
            json={"participant": self.code, "clock": now, "changes": [change]},
            headers={"X-XSRFToken": self.visitor.session.cookies["_xsrf"]},
            timeout=PATIENCE,
        )  # fmt: skip

    def save_at_last(self, seq):
        """Save as a phone does, which tries again."""

        def is_saved():
            try:
                got = self.save(seq)
            except requests.ConnectionError:
                return False
            return got.status_code == 200 and got.json()["outcomes"][0]["state"] == "saved"

        wait_until(is_saved, "an answer was never saved")


@pytest.fixture
def two(server, people):
    """Two phones, each with a process of its own."""
    phones = {}
    for code in people:
        phone = Phone(server, code)
        phones.setdefault(phone.process, phone)
        if len(phones) == 2:
            break
    assert len(phones) == 2
    return list(phones.values())


def test_login_page_answers_and_connection_are_of_one_process(server, two):
    for phone in two:
        assert answers(phone.line)
        assert phone.save(1).json()["outcomes"][0]["state"] == "saved"
        # Once more, on new connections.
        phone.visitor.session.close()
        assert phone.visitor.get("/").status_code == 200
        again = phone.visitor.websocket(phone.visitor.open_page(PAGE))
        assert answers(again)
        assert holder(server, again) == phone.process


def test_the_status_is_that_of_both(server, two):
    def is_told():
        said = read_status(server.data_dir)
        return said is not None and said.people >= 2 and said.pages >= 2

    wait_until(is_told, "the status tells of one process")


def test_one_connection_serves_whoever_logs_in_by_it(server, people):
    """As a browser's does, through registration, Masuk and Keluar; it moves with each login."""
    port = urlsplit(server.url).port
    connection = http.client.HTTPConnection(
        "127.0.0.1", port, timeout=PATIENCE, source_address=("127.9.0.1", 0)
    )
    connection.connect()
    ends = connection.sock.getsockname()
    cookies = {}

    def ask(method, path, **form):
        kept = "; ".join(f"{name}={value}" for name, value in cookies.items())
        body = urlencode({"_xsrf": cookies.get("_xsrf", ""), **form}) if method == "POST" else None
        headers = {"Cookie": kept, "Content-Type": "application/x-www-form-urlencoded"}
        connection.request(method, path, body, headers)
        got = connection.getresponse()
        text = got.read().decode()
        for line in got.headers.get_all("Set-Cookie") or []:
            name, _, value = line.split(";")[0].partition("=")
            cookies[name] = value
        assert connection.sock.getsockname() == ends
        return got.status, text

    assert ask("GET", "/daftar")[0] == 200
    form = {
        "join_code": "SERANG-1", "name": "Bu Sambung", "business_name": "Warung", "phone": "081299990001",
        "business_kind": "warung", "kelurahan": "36.73.02.1001", "consent_given": "ya", "pin": PIN,
    }  # fmt: skip
    status, text = ask("POST", "/daftar", **form)
    assert status == 200, text
    seen = set()
    for code in [None, *people[:10]]:
        if code is not None:
            assert ask("POST", "/keluar")[0] == 303
            assert ask("POST", "/masuk", nomor=code, pin=PIN)[0] == 303
        status, text = ask("GET", PAGE)
        assert status == 200
        kernel = text.split('data-kernel-id="')[1][:36]
        other = Visitor(server.url)
        for name in ("umkm-masuk", "_xsrf"):
            other.session.cookies.set(name, cookies[name].strip('"'))
        line = other.websocket(kernel)
        assert answers(line)
        process = holder(server, line)
        # The connection itself has moved there too.
        assert any(
            c.raddr == ends for c in psutil.Process(process).net_connections("tcp") if c.raddr
        )
        seen.add(process)
        if len(seen) == 2 and code is not None:
            break
    assert len(seen) == 2


def test_slow_connections_hold_up_nobody(server, two):
    port = urlsplit(server.url).port
    slow = []
    for number in range(120):
        one = socket.create_connection(
            ("127.0.0.1", port), source_address=(f"127.8.0.{number % 4 + 1}", 0)
        )
        if number % 2:
            one.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nX-A: ")
        slow.append(one)
    for phone in two:
        assert phone.visitor.get("/").status_code == 200
        assert answers(phone.line)
    for one in slow:
        one.close()


def test_a_class_outlives_a_process(server, two):
    lost, other = two
    before = {each.pid for each in workers(server)}
    os.kill(lost.process, signal.SIGKILL)
    # The other one notices nothing.
    assert answers(other.line)
    assert other.save(50).json()["outcomes"][0]["state"] == "saved"
    # Whose page is lost is still logged in, saves, and opens it anew.
    lost.save_at_last(51)
    wait_until(lambda: lost.visitor.get(PAGE).status_code == 200, "the lesson does not open")
    lost.open()
    assert answers(lost.line)
    # A new process takes the place, and its people come back to it.
    both = wait_until(
        lambda: (
            len(found := {each.pid for each in workers(server)}) == 2 and found != before and found
        ),
        "no new process",
    )
    (new,) = both - before
    wait_until(lambda: server.log.count("2 of 2 serve") == 2, "the new process does not serve")
    lost.line.close()
    lost.open()
    assert lost.process == new
    assert answers(lost.line)
    lost.save_at_last(52)
    assert other.process in both
    assert answers(other.line)
    assert "no longer serves; 1 of 2 serve" in server.log


def test_a_page_whose_process_was_killed_loses_nothing(server, chromium, people):
    code = people[-1]
    phone = OpenPhone(chromium, server.url).log_in(code, PIN).open_sheet()
    phone.type(PLAN, "Sebelum.")
    phone.stands(PLAN, "saved")

    # Another client with the phone's cookies, to see where its page lives.
    other = Visitor(server.url)
    for cookie in phone.context.cookies():
        other.session.cookies.set(cookie["name"], cookie["value"].strip('"'))
    kernel = phone.page.locator("[data-kernel-id]").first.get_attribute("data-kernel-id")
    line = other.websocket(kernel)
    process = holder(server, line)
    line.close()
    starts = server.log.count("2 of 2 serve")
    os.kill(process, signal.SIGKILL)
    phone.type(PLAN, "Sesudah.")
    phone.stands(PLAN, "saved")
    expect(phone.banner).to_contain_text("Muat ulang")
    with open_records(server.database) as records:
        assert load_drafts(records, code, SHEET)[PLAN] == "Sesudah."
    wait_until(lambda: server.log.count("2 of 2 serve") > starts, "the new process does not serve")
    phone.page.reload()
    phone.shows(PLAN, "Sesudah.")
    phone.type(PLAN, "Lagi.")
    phone.stands(PLAN, "saved")
    expect(phone.banner).not_to_contain_text("ditutup")
    assert phone.errors == []
    phone.context.close()


def test_nothing_was_forked(server, two):
    forks = Path(server.extra["UMKM_FORKS"])
    assert not forks.exists()
    seen = Path(f"{forks}.seen").read_text(encoding="utf-8").split()
    assert seen.count("umkm_apps") == 1
    assert seen.count("umkm_apps.server.worker") >= 2


def test_nothing_is_left_of_a_balancer_that_was_killed(server, tmp_path):
    opened = TraineeServer(tmp_path / "data", {"UMKM_PROCESSES": "2"}).start()
    both = workers(opened)
    assert len(both) == 2
    opened.process.kill()
    opened.process.wait()
    # On the same port at once: the processes never had it.
    again = TraineeServer(opened.data_dir, opened.extra, opened.port).start()
    _, alive = psutil.wait_procs(both, timeout=PATIENCE)
    assert not alive
    mine = workers(again)
    again.stop()
    assert again.process.returncode == 0
    assert not any(each.is_running() for each in mine)


def test_a_server_that_cannot_start_says_so(tmp_path):
    opened = TraineeServer(tmp_path / "data", {"UMKM_PROCESSES": "2", "UMKM_HOME": str(tmp_path)})
    with pytest.raises(AssertionError, match="could not be started"):
        opened.start()
    assert opened.process.returncode != 0
