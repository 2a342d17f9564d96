"""A database that restarts, hangs or is locked: nobody is logged out, nothing else waits, nothing is lost."""

import json
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from tests.support.patience import PATIENCE_MS
from tests.support.phone import PLAN, PROFIT, Phone
from tests.support.postgres import Postgres
from tests.support.trainee_server import CODE, PIN, SHEET, TraineeServer
from tests.support.visitor import Visitor
from tests.sync.conftest import STRANGER_PIN
from tests.sync.test_handing_in import ANSWERS, Page, change

from umkm_records import load_drafts, open_records

COOKIE = "umkm-masuk"
#: Of things that wait for no database; it is well below what a request waits for one.
AT_ONCE = 5


@pytest.fixture(scope="module")
def database():
    """A PostgreSQL that these tests may stop: others share the run's own."""
    server = Postgres()
    yield server
    server.close()


@pytest.fixture(scope="module")
def served(database, tmp_path_factory):
    folder = tmp_path_factory.mktemp("pg") / "data"
    server = TraineeServer(folder, address=database.new_database()).start()
    yield server
    server.stop()


@pytest.fixture
def siti(served):
    visitor = Visitor(served.url)
    assert visitor.log_in(CODE, PIN).status_code == 303
    return visitor


@pytest.fixture
def hanging(database):
    """Lets the database hang, for as long as the test at the most."""
    yield database.hang
    database.go_on()


def until(look, seconds=60):
    deadline = time.monotonic() + seconds
    while not look():
        assert time.monotonic() < deadline
        time.sleep(0.2)


def is_open(visitor):
    """Whether Beranda comes; to Masuk nobody may be sent."""
    status = visitor.get("/", allow_redirects=False).status_code
    assert status in (200, 503)
    return status == 200


def refused_for_now(answer):
    """A 503 that says when to come again, and leaves the login alone."""
    assert answer.status_code == 503, answer.text
    assert int(answer.headers["Retry-After"]) > 0
    assert COOKIE not in answer.headers.get("Set-Cookie", "")
    assert "PostgreSQL" not in answer.text
    assert "UMKM_DATABASE" not in answer.text
    assert "aman di HP" in answer.text
    return True


def hand_in(visitor, *changes):
    page = Page(visitor, CODE)
    content = {"participant": CODE, "clock": round(time.time() * 1000), "changes": changes}
    return page.post(ANSWERS, content)


def test_a_restart_of_the_database_logs_nobody_out(database, served, siti):
    login = siti.session.cookies[COOKIE]
    # "immediate" would forget the last commits: this server is quick rather than safe.
    database.stop("fast")
    try:
        for path in ("/", "/masuk", f"/tugas/{SHEET}", f"/hasil/{SHEET}", ANSWERS, "/giliran"):
            refused_for_now(siti.get(path, allow_redirects=False))
        refused_for_now(hand_in(siti, change(seq=1)))
        refused_for_now(siti.post("/keluar", allow_redirects=False))
        line = siti.get(f"/api/kernels/{uuid4()}/channels")
        assert (line.status_code, "Set-Cookie" in line.headers) == (503, False)
        refused_for_now(Visitor(served.url).log_in(CODE, PIN))
    finally:
        database.start()
    until(lambda: is_open(siti))
    assert siti.session.cookies[COOKIE] == login
    assert hand_in(siti, change(seq=1)).json()["outcomes"][0]["state"] == "saved"
    # The log says what staff need.
    assert "Records do not answer" in served.log
    assert "PostgreSQL" in served.log
    assert "Records answer again" in served.log
    assert "Uncaught exception in write_error" not in served.log


def test_a_database_that_hangs_holds_up_nothing_else(served, siti, hanging):
    style = f"/aset/{'0' * 12}/umkm.css"
    assert siti.get(style).status_code == 200
    hanging()
    with ThreadPoolExecutor(12) as phones:
        waiting = [phones.submit(siti.get, "/", allow_redirects=False) for _ in range(12)]
        for _ in range(5):
            assert Visitor(served.url).session.get(served.url + style, timeout=AT_ONCE).ok
            assert Visitor(served.url).session.get(served.url + "/masuk", timeout=AT_ONCE).ok
        assert all(refused_for_now(one.result()) for one in waiting)


def test_a_server_whose_database_hung_heals_by_itself(served, siti):
    until(lambda: is_open(siti))
    assert hand_in(siti, change(seq=2)).json()["outcomes"][0]["state"] in {"saved", "replaced"}


@pytest.mark.browser
def test_answers_given_while_the_database_hangs_are_kept_by_the_phone(
    served, siti, chromium, hanging, database
):
    until(lambda: is_open(siti))
    phone = Phone(chromium, served.url)
    phone.page.set_default_timeout(PATIENCE_MS)  # The first page of a server warms its kernels up.
    phone.log_in(CODE, PIN).open_sheet()
    phone.type(PROFIT, "350rb")
    phone.stands(PROFIT, "saved")
    hanging()
    phone.type(PLAN, "Dua kaleng.")
    phone.question(PLAN).locator(".umkm-save").get_by_text("aman di HP").wait_for()
    database.go_on()
    phone.stands(PLAN, "saved", timeout=PATIENCE_MS)
    with open_records(served.database) as records:
        assert load_drafts(records, CODE, SHEET)[PLAN] == "Dua kaleng."
    assert phone.errors == []
    phone.context.close()


def test_a_locked_file_logs_nobody_out(server, new_person):
    code = new_person().code
    visitor = Visitor(server.url)
    visitor.log_in(code, STRANGER_PIN)
    login = visitor.session.cookies[COOKIE]
    lock = sqlite3.connect(server.data_dir / "umkm.db", isolation_level=None)
    lock.execute("BEGIN IMMEDIATE")
    try:
        refused_for_now(visitor.post("/keluar", allow_redirects=False))
        content = {"participant": code, "clock": round(time.time() * 1000), "changes": [change()]}
        (outcome,) = Page(visitor, code).post(ANSWERS, content).json()["outcomes"]
        assert outcome["state"] == "waiting"
        assert "aman di HP" in json.dumps(outcome)
        assert is_open(visitor)
    finally:
        lock.execute("ROLLBACK")
        lock.close()
    assert visitor.session.cookies[COOKIE] == login
    assert is_open(visitor)
