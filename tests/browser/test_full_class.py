"""More people than the laptop holds: they wait in order, get in by themselves, and disturb nobody."""

import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import expect
from tests.support.open_pages import WITH_KERNELS, kernels_of
from tests.support.open_workshop import Workshop
from tests.support.patience import PATIENCE, wait_until
from tests.support.trainee_server import TraineeServer
from tests.support.visitor import Visitor

from umkm_records import Registration, open_records, register

LESSON = "/pelajaran/pembukuan/01-dua-laci"
ASSIGNMENT = "/tugas/pembukuan-dua-laci"
ROOM = 2


@pytest.fixture(scope="module")
def full(tmp_path_factory):
    """A class on a laptop that holds two pages; one with kernels is `crowded`."""
    patience = {"UMKM_MOST_PAGES": str(ROOM), "UMKM_CLOSED_GRACE": "1"}
    opened = TraineeServer(tmp_path_factory.mktemp("kelas") / "data", patience).start()
    yield opened
    opened.stop()


@pytest.fixture(scope="module")
def people(full):
    made = []
    for number in range(5):
        visitor = Visitor(full.url)
        form = {
            "join_code": "serang 1", "name": f"Bu Nomor {number}", "business_name": "Warung", "business_kind": "warung",
            "kelurahan": "36.73.02.1001", "phone": f"0812-1111-220{number}", "pin": "739152", "consent_given": "ya",
        }  # fmt: skip
        assert visitor.post("/daftar", form).status_code == 200
        made.append(visitor)
    return made


class Reader:
    """Somebody who has a page open, as far as a server can tell."""

    def __init__(self, visitor, path=ASSIGNMENT):
        self.visitor = visitor
        self.kernel = visitor.open_page(path)
        self.line = visitor.websocket(self.kernel)

    def is_alive(self):
        return self.visitor.get(f"/api/kernels/{self.kernel}").status_code == 200

    def leave(self):
        self.visitor.post("/selesai-halaman", {"kernel": self.kernel})
        self.line.close()


@pytest.fixture
def inside(people):
    """Two people who fill the laptop."""
    readers = [Reader(visitor) for visitor in people[:ROOM]]
    yield readers
    for reader in readers:
        reader.leave()
    for visitor in people:
        visitor.post("/keluar")
        phone = people.index(visitor)
        visitor.log_in(f"0812 1111 220{phone}", "739152")


def turn(visitor):
    return visitor.get("/giliran").json()["nomor"]


def wait_until_in(visitor, seconds=PATIENCE):
    deadline = time.monotonic() + seconds
    while turn(visitor):
        assert time.monotonic() < deadline
        time.sleep(0.2)


def shown_number(visitor, path=ASSIGNMENT):
    answer = visitor.get(path)
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    # Without JavaScript the page itself asks again.
    assert '<noscript><meta http-equiv="refresh"' in answer.text
    return int(re.search(r'id="nomor">(\d+)<', answer.text).group(1))


def test_those_who_come_later_wait_in_their_order(people, inside):
    third, fourth, fifth = people[2:]
    assert shown_number(third) == 1
    assert shown_number(fourth) == 2
    assert shown_number(fifth, LESSON) == 3
    # One place a person: other tabs and pages, and asking more often, win nothing.
    assert [shown_number(fifth, path) for path in (ASSIGNMENT, LESSON)] == [3, 3]
    assert [turn(visitor) for visitor in (fifth, fourth, third)] == [3, 2, 1]
    inside[0].leave()
    wait_until_in(third)
    # The room is for the first in the line: the second still waits, though there is a free page.
    assert turn(fourth) == 2
    assert shown_number(fourth) == 2
    opened = Reader(third)
    assert [turn(fourth), turn(fifth)] == [1, 2]
    # Those inside noticed nothing.
    assert inside[1].is_alive()
    opened.leave()
    wait_until_in(fourth)


def test_those_inside_come_back_and_go_on_without_waiting(people, inside):
    waiting = people[2]
    assert shown_number(waiting) == 1
    reader = inside[0]
    for _ in range(5):
        assert reader.visitor.open_page(ASSIGNMENT) == reader.kernel
    # To the next page: the one left behind gives its room up.
    moved = Reader(reader.visitor, LESSON)
    reader.leave()
    wait_until(lambda: not reader.is_alive())
    assert moved.is_alive()
    assert inside[1].is_alive()
    assert turn(waiting) == 1
    moved.leave()


def test_a_person_who_opens_page_after_page_stays_within_the_limit(people, inside):
    greedy = inside[0].visitor
    for number in range(6):
        path = (ASSIGNMENT, LESSON)[number % 2]
        greedy.get(path)
        greedy.get(f"{path}?ulang=1")
    # While a page of his own was just ending there was no room: then he waits in line himself.
    wait_until_in(greedy, 60)
    greedy.get(ASSIGNMENT)
    alive = [reader for reader in inside if reader.is_alive()]
    assert inside[1] in alive
    assert shown_number(people[2]) == 1


def test_a_stranger_cannot_take_or_see_anothers_place(full, people, inside):
    assert shown_number(people[2]) == 1
    other = people[3]
    token = other.xsrf()
    for query in ("?orang=srg-x", "?kode=srg-siti1", "?nomor=0"):
        assert other.get("/giliran" + query).json() == {"nomor": 2}
    assert (
        other.session.post(
            full.url + "/giliran", data={"_xsrf": token, "nomor": 0}, timeout=PATIENCE
        ).status_code
        == 405
    )
    nobody = Visitor(full.url)
    assert nobody.get("/giliran", allow_redirects=False).status_code == 302
    assert turn(people[2]) == 1


@pytest.mark.browser
def test_a_waiting_phone_gets_in_by_itself(full, people, inside, new_phone):
    page = new_phone().page
    page.goto(full.url)
    page.get_by_label("Nomor HP atau kode peserta").fill("srg-siti1")
    page.get_by_label("PIN").fill("246813")
    page.get_by_role("button", name="Masuk").click()
    page.goto(full.url + ASSIGNMENT)
    expect(page.get_by_role("heading", name="Menunggu giliran")).to_be_visible()
    expect(page.get_by_role("status")).to_have_text("Anda nomor 1")
    inside[1].leave()
    expect(page.locator(".umkm-question").first).to_be_visible()
    assert inside[0].is_alive()


CROWD, PLACES, READING = 30, 10, 0.5


@pytest.fixture
def crowded(tmp_path_factory):
    """A laptop with room for ten."""
    patience = WITH_KERNELS | {"UMKM_MOST_PAGES": str(PLACES), "UMKM_CLOSED_GRACE": "0.5"}
    opened = Workshop(tmp_path_factory.mktemp("kelas") / "data", extra=patience).start()
    yield opened
    opened.stop()


def crowd(opened):
    """Thirty people who are logged in."""
    visitors = []
    with open_records(opened.database) as records:
        for number in range(CROWD):
            form = Registration(
                join_code="SERANG-1", name=f"Bu Nomor {number}", business_name="Warung", business_kind="warung",
                kelurahan="36.73.02.1001", phone=f"08121111{number:04d}", consent_version="uji", consent_given=True,
                pin="739152",
            )  # fmt: skip
            visitor = Visitor(opened.url)
            assert visitor.log_in(register(records, form).code, "739152").status_code == 303
            visitors.append(visitor)
    return visitors


class Counter:
    """Counts the living kernels of a workshop all the while."""

    def __init__(self, opened):
        self.opened = opened
        self.most = 0
        self.is_over = threading.Event()
        self.thread = threading.Thread(target=self.count)

    def count(self):
        while not self.is_over.wait(0.02):
            self.most = max(self.most, len(kernels_of(self.opened)))

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.is_over.set()
        self.thread.join()


def test_thirty_people_share_ten_places_in_their_order(crowded):
    visitors = crowd(crowded)
    entered = []

    def use(number):
        visitor = visitors[number]
        while turn(visitor):
            time.sleep(0.3)
        entered.append(number)
        reader = Reader(visitor)
        time.sleep(READING)
        reader.leave()

    for number, visitor in enumerate(visitors):
        # They come to the door one after the other, and ask for their page all at once.
        assert turn(visitor) == (0 if number < PLACES else number + 1)
    with Counter(crowded) as counted, ThreadPoolExecutor(CROWD) as pool:
        list(pool.map(use, range(CROWD)))
    assert sorted(entered) == list(range(CROWD))
    assert counted.most == PLACES
    # Nobody is in before somebody who came ten places earlier: rooms become free one by one.
    assert all(entered.index(n) < entered.index(n + PLACES) for n in range(CROWD - PLACES))
