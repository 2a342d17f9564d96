"""How often a page asks the database, over real HTTP: on a city server each statement is a round trip.

Counted by the databases themselves: SQLite's trace and PostgreSQL's log, BEGIN, COMMIT and checks of
connections among them.
"""

import json
import re
import time
from collections import Counter
from types import SimpleNamespace

import pytest
from sqlalchemy import make_url
from tests.support import counted_server
from tests.support.counted_server import BEGUN, ENDED, STATEMENT, TEMPLATE
from tests.support.patience import PATIENCE
from tests.support.trainee_server import CODE, PIN, TraineeServer
from tests.support.visitor import Visitor
from tests.sync.conftest import STRANGER_PIN

from umkm_courses import load_catalogue
from umkm_records import (
    ChangeId,
    DraftKey,
    Registration,
    Result,
    latest_submission,
    open_records,
    publish,
    record_event,
    register,
    save_draft,
    submit,
)
from umkm_records.people import half_of_class

#: For one page, whatever it shows; and for one answer: whose, in a transaction that locks and looks first.
MOST, MOST_TO_STORE = 6, 8
#: A statement in PostgreSQL's log (https://www.postgresql.org/docs/current/runtime-config-logging.html).
LOGGED = re.compile(r"LOG:  (?:statement|execute [^:]*): ")


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def world(request, tmp_path_factory):
    """A server whose participants have answers, submissions, a result and checks in three courses."""
    catalogue = load_catalogue(request.config.rootpath / "courses")
    assert [course.test is not None for course in catalogue.courses.values()] == [True] * 3
    postgres = request.getfixturevalue("postgres") if request.param == "postgresql" else None
    address = ""
    if postgres is not None:
        address = postgres.new_database()
        postgres.execute(f"ALTER DATABASE {make_url(address).database} SET log_statement = 'all'")
    data = tmp_path_factory.mktemp("counted") / "data"
    server = TraineeServer(data, address=address, program=(counted_server.__file__,)).start()
    try:
        with open_records(server.database) as records:
            guest = register(records, GUEST).code
            for person in (CODE, guest):
                _work(records, catalogue, person)
            half = half_of_class(records, CODE)
            one, _, three, _ = tasks_of(catalogue)
            receipt = latest_submission(records, CODE, one.name).code
        course = catalogue.courses["pembukuan"]
        lesson = course.lessons[1]
        names = SimpleNamespace(
            sent=one.name, graded=three.name, receipt=receipt, form=course.test.sittings(half)[0].name,
            lesson=f"pembukuan/{lesson.slug}", exercise=lesson.exercises[0],
        )  # fmt: skip
        yield SimpleNamespace(server=server, postgres=postgres, guest=guest, names=names)
    finally:
        server.stop()


GUEST = Registration(
    join_code="SERANG-1", name="Bu Hitung", business_name="Warung", business_kind="warung",
    kelurahan="36.73.02.1001", phone="081399800001", consent_version="2026-11", consent_given=True,
    pin=STRANGER_PIN,
)  # fmt: skip


def tasks_of(catalogue):
    return [task for course in catalogue.courses.values() for task in course.tasks][:4]


def _work(records, catalogue, person):
    """Answers in each course: two assignments sent, one of them changed since, one graded."""
    for number, task in enumerate(tasks_of(catalogue)):
        asked = [question.id for question in task.questions]
        for at, question in enumerate(asked[:3], start=1):
            save_draft(records, DraftKey(person, task.name, question), "1", ChangeId("w", at))
        if number < 3:
            submit(records, person, task.name, asked)
    one, _, three, _ = tasks_of(catalogue)
    save_draft(records, DraftKey(person, one.name, one.questions[0].id), "2", ChangeId("w", 9))
    publish(records, Result(person, three.name, 1, 5.0, 10.0))
    for course in catalogue.courses.values():
        for lesson in course.lessons[:2]:
            sheet, exercise = f"{course.slug}/{lesson.slug}", lesson.exercises[0]
            save_draft(records, DraftKey(person, sheet, exercise), "1", ChangeId("w", 1))
            detail = {"question": exercise, "verdict": "right"}
            record_event(records, person, "checked", sheet, detail)


def told(world, kind):
    """What the server has told of a kind, once no job with the records is left."""
    file = world.server.data_dir / counted_server.COUNTED
    deadline = time.monotonic() + PATIENCE
    while True:
        lines = file.read_text(encoding="utf-8").splitlines()
        count = Counter(line.partition(" ")[0] for line in lines)
        if count[BEGUN] == count[ENDED]:
            break
        assert time.monotonic() < deadline
        time.sleep(0.01)
    return [line.partition(" ")[2] for line in lines if line.startswith(f"{kind} ")]


def statements(world):
    if world.postgres is None:
        return told(world, STATEMENT)
    told(world, STATEMENT)
    log = (world.postgres.folder / "log").read_text(encoding="utf-8", errors="replace")
    return [line for line in log.splitlines() if LOGGED.search(line)]


@pytest.fixture(scope="module")
def siti(world):
    """Logged in; somebody else has opened each page before, so that there are connections."""
    guest = Visitor(world.server.url)
    assert guest.log_in(world.guest, STRANGER_PIN).status_code == 303
    for _name, path, _status in pages(world.names):
        # Siti's receipt is not the guest's, and their first test may be the other form.
        assert guest.get(path, allow_redirects=False).status_code in (200, 302, 404)
    visitor = Visitor(world.server.url)
    assert visitor.log_in(CODE, PIN).status_code == 303
    return visitor


def pages(names):
    """Name, address and status of each page, in the order in which they are asked for."""
    return [
        ("Beranda", "/", 200),
        ("a lesson", f"/pelajaran/{names.lesson}", 200),
        ("a lesson again", f"/pelajaran/{names.lesson}", 200),
        ("an assignment", f"/tugas/{names.sent}", 200),
        ("an assignment again", f"/tugas/{names.sent}", 200),
        ("a test", f"/tugas/{names.form}", 200),
        ("a graded assignment", f"/tugas/{names.graded}", 302),
        ("a result", f"/hasil/{names.graded}", 200),
        ("no result", f"/hasil/{names.sent}", 302),
        ("Kirim", f"/tugas/{names.sent}/kirim", 200),
        ("a receipt", f"/tanda-terima/{names.receipt}", 200),
        ("the queue", "/giliran", 200),
        ("a tool", "/alat/harga-jual", 200),
        ("Masuk, logged in", "/masuk", 302),
        ("the answers of a lesson", f"/pelajaran/{names.lesson}/jawaban", 200),
        ("the answers of an assignment", f"/tugas/{names.sent}/jawaban", 200),
        ("a photo that is not there", f"/foto/{'0' * 64}.jpg", 404),
    ]


def counted(world, ask):
    """What a request gives, and the statements that it cost."""
    before = len(statements(world))
    got = ask()
    return got, statements(world)[before:]


def test_a_page_costs_few_statements_and_no_template_twice(world, siti):
    cost = {}
    for name, path, status in pages(world.names):
        answer, cost[name] = counted(world, lambda path=path: siti.get(path, allow_redirects=False))
        assert answer.status_code == status, name
    assert {name: each for name, each in cost.items() if len(each) > MOST} == {}
    # Each asks at least whose login it is: the count does see statements.
    assert [name for name, each in cost.items() if not each] == []
    compiled = Counter(told(world, TEMPLATE))
    assert "beranda.html" in compiled
    assert {name: times for name, times in compiled.items() if times > 1} == {}


def test_what_a_page_does_costs_few_statements(world, siti):
    token = {"X-XSRFToken": siti.session.cookies["_xsrf"]}

    def post(path, data=""):
        return siti.session.post(
            world.server.url + path, data=data, headers=token, timeout=60, allow_redirects=False
        )

    kernel = siti.open_page(f"/tugas/{world.names.sent}")
    line, opening = counted(world, lambda: siti.websocket(kernel))
    line.close()
    left, leaving = counted(world, lambda: post(f"/selesai-halaman?kernel={kernel}"))
    assert left.status_code == 204
    done, finishing = counted(world, lambda: post(f"/pelajaran/{world.names.lesson}/selesai"))
    assert done.status_code in (200, 303)
    assert max(map(len, (opening, leaving, finishing))) <= MOST
    now = round(time.time() * 1000)
    change = {
        "question": world.names.exercise,
        "answer": "7",
        "writer": "hp",
        "seq": 1,
        "acted": now,
    }
    batch = json.dumps({"participant": CODE, "clock": now, "changes": [change]})
    kept, storing = counted(world, lambda: post(f"/pelajaran/{world.names.lesson}/jawaban", batch))
    assert kept.json()["outcomes"][0]["state"] == "saved"
    assert len(storing) <= MOST_TO_STORE


def test_who_is_not_logged_in_costs_no_statement(world):
    nobody = Visitor(world.server.url)
    for path in ("/masuk", "/daftar", "/"):
        answer, asked = counted(world, lambda path=path: nobody.get(path))
        assert (answer.status_code, asked) == (200, [])
