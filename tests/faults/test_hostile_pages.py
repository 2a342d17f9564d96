"""One phone asks for page after page: it waits for its turn, and everybody else does not."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.support.trainee_server import CODE, PIN, SHEET, TraineeServer
from tests.support.visitor import Visitor

from umkm_apps.web.answers import BYTES
from umkm_apps.web.base import LONGEST_TURN, OF_ADDRESS, OF_LOGIN
from umkm_records import Registration, open_records, register

FORM = Registration(
    join_code="SERANG-1", name="Bu Jujur", business_name="Warung", business_kind="warung",
    kelurahan="36.73.02.1001", phone="0812 6000 0001", consent_version="2026-11", consent_given=True,
    pin="739152",
)  # fmt: skip


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    opened = TraineeServer(tmp_path_factory.mktemp("halaman") / "data").start()
    yield opened
    opened.stop()


def ask_at_once(visitor, path, times, threads):
    """Return the answers to so many requests, and how many seconds they took."""
    began = time.monotonic()
    with ThreadPoolExecutor(threads) as pool:
        answers = list(pool.map(lambda _: visitor.get(path), range(times)))
    return answers, time.monotonic() - began


def test_who_reloads_without_end_waits_and_nobody_else(server):
    hostile, honest = Visitor(server.url), Visitor(server.url)
    with open_records(server.database) as records:
        other = register(records, FORM).code
    for visitor, code, pin in ((hostile, CODE, PIN), (honest, other, FORM.pin)):
        assert visitor.log_in(code, pin).status_code == 303
    with ThreadPoolExecutor(1) as pool:
        flood = pool.submit(ask_at_once, hostile, "/", 90, 36)
        between = [honest.get("/").status_code for _ in range(10)]
        answers, seconds = flood.result()
    assert between == [200] * 10
    drawn = sum(answer.status_code == 200 for answer in answers)
    refused = [answer for answer in answers if answer.status_code == 429]
    assert drawn + len(refused) == 90
    assert drawn <= OF_LOGIN.burst + OF_LOGIN.per_second * seconds + 1
    assert len(refused) > 0
    for answer in refused:
        assert "meminta terlalu banyak halaman" in answer.text
        assert answer.headers["Retry-After"] == str(round(LONGEST_TURN))
    assert hostile.get("/").status_code == 200


@pytest.mark.parametrize("path", ["/masuk", "/daftar", "/tidak-ada"])
def test_without_a_login_the_address_is_what_is_counted(server, path):
    stranger = Visitor(server.url)
    times = OF_ADDRESS.burst + 40
    answers, seconds = ask_at_once(stranger, path, times, 16)
    assert {answer.status_code for answer in answers} <= {200, 404}
    assert times <= OF_ADDRESS.burst + OF_ADDRESS.per_second * seconds + 1


def test_answers_that_are_slow_to_read_are_counted_by_their_bytes(server):
    hostile = Visitor(server.url)
    assert hostile.log_in(CODE, PIN).status_code == 303
    body = b"[" + b"[]," * 64_000 + b"[]]"
    token = {"X-XSRFToken": hostile.session.cookies["_xsrf"]}

    def send(_):
        address = f"{server.url}/tugas/{SHEET}/jawaban"
        return hostile.session.post(address, data=body, headers=token, timeout=60)

    began = time.monotonic()
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(send, range(24)))
    seconds = time.monotonic() - began
    assert {answer.status_code for answer in answers} == {400, 429}
    read = sum(answer.status_code == 400 for answer in answers)
    assert read * len(body) <= BYTES.burst + BYTES.per_second * seconds
    refused = next(answer for answer in answers if answer.status_code == 429)
    assert int(refused.headers["Retry-After"]) >= 1
