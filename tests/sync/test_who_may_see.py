"""Who may see and do what, now: route by reader by state, over every address of the trainees' server.

What is right was decided from the outside: a name leads to something only in the reader's own class
and in its turn. A route without a row here fails.
"""

import json
import time
from types import SimpleNamespace
from uuid import uuid4

import pytest
from tests.support import watched_server
from tests.support.trainee_server import CLASS, TraineeServer
from tests.support.visitor import Visitor
from tests.sync.conftest import STRANGER_PIN

from umkm_apps.server.routes import our_routes
from umkm_apps.web.addresses import NAME
from umkm_courses import load_catalogue
from umkm_records import (
    ChangeId,
    DraftKey,
    Registration,
    Result,
    latest_submission,
    load_drafts,
    open_records,
    publish,
    register,
    save_draft,
    submit,
)
from umkm_records.answers import sheet_states
from umkm_records.classes import offer_courses, set_course_test_window
from umkm_records.people import half_of_class
from umkm_records.photos import Upload, add_piece, keep_photo

TASK, GRADED, FOREIGN_TASK = "pembukuan-dua-laci", "pembukuan-hpp-harga", "pemasaran-etalase"
CLOSED_COURSE = "pembayaran-nontunai"
FORMS = ("pembukuan-tes-a", "pembukuan-tes-b")
MISSING = "tugas-yang-tidak-ada"


@pytest.fixture(scope="module")
def world(tmp_path_factory, request):
    """A server whose class is taught *pembukuan* and *nontunai*, with two people of it and what is theirs."""
    data, program = tmp_path_factory.mktemp("who") / "data", (watched_server.__file__,)
    server = TraineeServer(data, program=program).start()
    catalogue = load_catalogue(request.config.rootpath / "courses")
    try:
        with open_records(server.database) as records:
            offer_courses(records, CLASS, ["pembukuan", CLOSED_COURSE])
            me, other = (_person(records, number) for number in (1, 2))
            for person in (me, other):
                for task in (TASK, GRADED):
                    _answer(records, catalogue, person, task)
            for person in (me, other):
                publish(records, Result(person, GRADED, 1, 1.0, 10.0))
            first, second = FORMS if half_of_class(records, me) == 0 else reversed(FORMS)
            names = {"open": TASK, "first form": first, "waiting": second, "graded": GRADED}
            # *Tes awal* of the other course, which its trainer has closed.
            set_course_test_window(records, CLASS, CLOSED_COURSE, "before", is_open=False, by="uji")
            turns = catalogue.courses[CLOSED_COURSE].test.sittings(half_of_class(records, me))
            names |= {"closed": turns[0].name}
            names |= {"foreign": FOREIGN_TASK, "missing": MISSING}
            yield SimpleNamespace(
                server=server, records=records, me=me, other=other, names=names,
                receipts={p: latest_submission(records, p, TASK).code for p in (me, other)},
                photos={p: _photo(records, p) for p in (me, other)},
            )  # fmt: skip
    finally:
        server.stop()


def _person(records, number):
    form = Registration(
        join_code="SERANG-1", name=f"Bu Hak {number}", business_name="Warung", business_kind="warung",
        kelurahan="36.73.02.1001", phone=f"0813999{number:05d}", consent_version="2026-11",
        consent_given=True, pin=STRANGER_PIN,
    )  # fmt: skip
    return register(records, form).code


def _answer(records, catalogue, person, task):
    asked = [question.id for question in catalogue.assignment(task).questions]
    save_draft(records, DraftKey(person, task, asked[0]), "1", ChangeId("w", 1))
    submit(records, person, task, asked)


def _photo(records, person):
    upload = Upload(person, uuid4().hex)
    add_piece(records, upload, 0, b"x")
    return keep_photo(records, upload, f"jpeg of {person}".encode(), (1, 1)).name


@pytest.fixture(scope="module")
def me(world):
    visitor = Visitor(world.server.url)
    assert visitor.log_in(world.me, STRANGER_PIN).status_code == 303
    return visitor


@pytest.fixture(scope="module")
def nobody(world):
    return Visitor(world.server.url)


def _sent_by_page(world, **content):
    moment = round(time.time() * 1000)
    return json.dumps({"participant": world.me, "clock": moment, "changes": [], **content})


def ask(world, visitor, method, address, content=None):
    """The status, and where a redirect leads, of one request as a page or form would make it."""
    options = {"allow_redirects": False, "timeout": 60}
    if method == "POST":
        options["headers"] = {"X-XSRFToken": visitor.xsrf()}
        options["data"] = content if content is not None else ""
    answer = visitor.session.request(method, world.server.url + address, **options)
    return answer.status_code, answer.headers.get("Location", "")


#: Route: method, address (`*` is the name), and for each state what a logged-in reader gets.
#: A redirect stands as where it leads. "{name}" in there is the name asked for.
BY_ASSIGNMENT = [
    ("tugas/*", "GET", {
        "open": 200, "first form": 200, "waiting": "/", "closed": "/", "graded": "/hasil/{name}",
        "foreign": 404, "missing": 404,
    }),
    ("tugas/*/jawaban", "GET", {
        "open": 200, "first form": 200, "waiting": 404, "closed": 200, "graded": 200,
        "foreign": 404, "missing": 404,
    }),
    ("tugas/*/jawaban", "POST", {
        "open": 200, "first form": 200, "waiting": 404, "closed": 200, "graded": 200,
        "foreign": 404, "missing": 404,
    }),
    ("tugas/*/jawaban/kirim", "POST", {
        "open": 200, "first form": 422, "waiting": 404, "closed": 422, "graded": 422,
        "foreign": 404, "missing": 404,
    }),
    ("tugas/*/kirim", "GET", {
        "open": 200, "first form": 200, "waiting": "/", "closed": "/", "graded": "/hasil/{name}",
        "foreign": 404, "missing": 404,
    }),
    ("tugas/*/kirim", "POST", {
        "first form": 422, "waiting": "/", "closed": "/", "graded": "/hasil/{name}",
        "foreign": 404, "missing": 404,
    }),
    ("hasil/*", "GET", {
        "open": "/tugas/{name}", "waiting": "/tugas/{name}", "closed": "/tugas/{name}", "graded": 200,
        "foreign": 404, "missing": 404,
    }),
]  # fmt: skip
LESSONS = {
    "own": "pembukuan/01-dua-laci",
    "foreign": "pemasaran-online/01-siapa-pembeli-anda",
    "missing": "pembukuan/99-tidak-ada",
}
BY_LESSON = [
    ("pelajaran/*", "GET", {"own": 200, "foreign": 404, "missing": 404}),
    ("pelajaran/*/selesai", "POST", {"own": 200, "foreign": 404, "missing": 404}),
    ("pelajaran/*/jawaban", "GET", {"own": 200, "foreign": 404, "missing": 404}),
    ("pelajaran/*/jawaban", "POST", {"own": 200, "foreign": 404, "missing": 404}),
    ("pelajaran/*/periksa", "POST", {"own": 200, "foreign": 404, "missing": 404}),
]
BY_OWNER = [
    ("tanda-terima/*", "GET", "receipts"),
    ("foto/*.jpg", "GET", "photos"),
]
#: Routes of no name, or whose name is the reader's own to make up, with their own tests elsewhere:
#: what a reader and nobody get.
PLAIN = [
    ("", "GET", 200, "/masuk"),
    ("masuk", "GET", "/", 200),
    ("sehat", "GET", 200, 200),
    ("daftar", "GET", "/", 200),
    ("gabung", "GET", "/masuk", "/masuk"),
    ("keluar", "GET", 405, "/masuk"),
    ("alat/harga-jual", "GET", 200, "/masuk"),
    ("alat/tidak-ada", "GET", 404, "/masuk"),
    ("foto/kirim/0123456789abcdef", "GET", 200, 401),
    ("giliran", "GET", 200, "/masuk"),
    ("selesai-halaman", "POST", 404, 403),
    ("aset/0/umkm.css", "GET", 200, 200),
    ("aset/slim/tidak-ada.js", "GET", 404, 404),
]


def rows(table):
    return [
        (route, method, state, right)
        for route, method, by_state in table
        for state, right in by_state.items()
    ]


def named(row):
    return " ".join(map(str, row[:3]))


def expect(got, right, name=""):
    status, leads_to = got
    if isinstance(right, str):
        assert status in {302, 303}
        assert leads_to.split("?")[0] == right.format(name=name)
    else:
        assert status == right


def content_for(world, route):
    if "periksa" in route:
        return _sent_by_page(world, question="pindah-ke-rumah", answer="tetap", key="kunci-coba-1")
    return _sent_by_page(world, key="kunci-coba-1") if "jawaban" in route else None


@pytest.mark.parametrize("row", rows(BY_ASSIGNMENT), ids=named)
def test_an_assignment_is_there_in_its_class_and_turn(world, me, row):
    route, method, state, right = row
    name = world.names[state]
    address = "/" + route.replace("*", name)
    expect(ask(world, me, method, address, content_for(world, route)), right, name)


@pytest.mark.parametrize("row", rows(BY_LESSON), ids=named)
def test_a_lesson_is_there_in_its_class(world, me, row):
    route, method, state, right = row
    address = "/" + route.replace("*", LESSONS[state])
    expect(ask(world, me, method, address, content_for(world, route)), right)


@pytest.mark.parametrize("row", BY_OWNER, ids=named)
def test_a_thing_of_ones_own_is_nobody_elses(world, me, nobody, row):
    route, method, kind = row
    things = getattr(world, kind)
    assert ask(world, me, method, "/" + route.replace("*", things[world.me]))[0] == 200
    assert ask(world, me, method, "/" + route.replace("*", things[world.other]))[0] == 404
    expect(ask(world, nobody, method, "/" + route.replace("*", things[world.me])), "/masuk")


@pytest.mark.parametrize("row", PLAIN, ids=named)
def test_every_other_address(world, me, nobody, row):
    address, method, inside, outside = row
    expect(ask(world, me, method, "/" + address), inside)
    expect(ask(world, nobody, method, "/" + address), outside)


@pytest.mark.parametrize(
    ("route", "method"), [row[:2] for row in BY_ASSIGNMENT + BY_LESSON]
)  # fmt: skip
def test_who_is_not_logged_in_learns_nothing_of_names(world, nobody, route, method):
    names = [TASK, MISSING] if "tugas" in route or "hasil" in route else LESSONS.values()
    got = {
        ask(world, nobody, method, "/" + route.replace("*", name), content_for(world, route))[0]
        for name in names
    }
    assert got in ({302}, {401}, {403})


def test_what_was_refused_left_no_trace(world, me):
    """The proofs of the finding: answers to the closed form kept, sent, and a foreign lesson done."""
    form = world.names["waiting"]
    change = {
        "question": "arti-omzet", "answer": "omzet", "writer": "w", "seq": 1,
        "acted": round(time.time() * 1000),
    }  # fmt: skip
    for address in (f"/tugas/{form}/jawaban", f"/tugas/{FOREIGN_TASK}/jawaban"):
        content = _sent_by_page(world, changes=[change])
        assert ask(world, me, "POST", address, content)[0] == 404
    assert load_drafts(world.records, world.me, form) == {}
    assert latest_submission(world.records, world.me, form) is None
    assert ask(world, me, "POST", f"/pelajaran/{LESSONS['foreign']}/selesai")[0] == 404
    states = sheet_states(world.records, world.me)
    assert not {form, FOREIGN_TASK, LESSONS["foreign"]} & set(states)


def test_no_address_uses_the_records_on_the_event_loop(world, me):
    """A statement there would hold up everybody's requests for as long as the database takes."""
    for route, method in dict.fromkeys(row[:2] for row in BY_ASSIGNMENT):
        address = "/" + route.replace("*", world.names["open"])
        ask(world, me, method, address, content_for(world, route))
    for route, method in dict.fromkeys(row[:2] for row in BY_LESSON):
        address = "/" + route.replace("*", LESSONS["own"])
        ask(world, me, method, address, content_for(world, route))
    for route, method, kind in BY_OWNER:
        ask(world, me, method, "/" + route.replace("*", getattr(world, kind)[world.me]))
    for address, method, *_ in PLAIN:
        ask(world, me, method, "/" + address)
    # What changes the login: in, with a page and its line, and out.
    guest = Visitor(world.server.url)
    assert guest.log_in(world.other, STRANGER_PIN).status_code == 303
    kernel = guest.open_page(f"/tugas/{world.names['open']}")
    guest.websocket(kernel).close()
    assert guest.post("/keluar", allow_redirects=False).status_code == 303
    form = {
        "join_code": "SERANG-1", "name": "Bu Baru", "business_name": "Kios", "business_kind": "warung",
        "kelurahan": "36.73.02.1001", "phone": "081399900099", "consent_given": "1", "pin": STRANGER_PIN,
    }  # fmt: skip
    assert Visitor(world.server.url).post("/daftar", form, allow_redirects=False).status_code == 200
    told = (world.server.data_dir / watched_server.STATEMENTS).read_text(encoding="utf-8")
    lines = told.splitlines()
    assert [line for line in lines if line.startswith(watched_server.LOOP)] == []
    # Sessions of each request, at least: the watch does see statements.
    assert len(lines) > len(BY_ASSIGNMENT)


def test_every_route_has_its_row():
    tried = [row[0] for row in BY_ASSIGNMENT + BY_LESSON + BY_OWNER] + [row[0] for row in PLAIN]
    pattern_of = {rule[0]: rule[1] for rule in our_routes("/")}
    shapes = {
        f"/pelajaran/{NAME}/{NAME}": "pelajaran/*",
        f"/pelajaran/{NAME}/{NAME}/selesai": "pelajaran/*/selesai",
        f"/pelajaran/{NAME}/{NAME}/jawaban": "pelajaran/*/jawaban",
        f"/pelajaran/{NAME}/{NAME}/periksa": "pelajaran/*/periksa",
        r"/foto/([0-9a-f]{64})\.jpg": "foto/*.jpg",
        r"/foto/kirim/([a-z0-9]{16,64})": "foto/kirim/0123456789abcdef",
        r"/tanda-terima/([A-Za-z0-9-]{4,32})": "tanda-terima/*",
        f"/alat/{NAME}": "alat/harga-jual",
    }
    for pattern in pattern_of:
        plain = shapes.get(pattern, pattern.removeprefix("/").replace(NAME, "*"))
        if plain.startswith("aset/"):
            continue  # files anybody may have; tests/frontend and tests/unit/apps/test_static_files.py
        assert plain in tried, f"{pattern} has no row: who may see it, and when?"
