"""Which page ends while memory is short, or when its login is over."""

import os
from types import SimpleNamespace

import pytest
from tests.unit.apps.coroutines import run_by_itself

from umkm_apps.page_sessions.kernel_manager import MEMORY_SHORT
from umkm_apps.page_sessions.sessions import PageKey, PageSession
from umkm_apps.runtime.secrets import FOLDER
from umkm_apps.runtime.status import read_status
from umkm_apps.server import housekeeping
from umkm_apps.server.housekeeping import Housekeeping, page_to_evict


def page(name, *, read):
    made = PageSession(PageKey(name, "hp", "/x"), "v1", {})
    if read:
        made.connections.append(object())
    return made


def test_the_largest_page_that_nobody_reads_ends_first():
    read, small, large = page("a", read=True), page("b", read=False), page("c", read=False)
    assert page_to_evict({read: 150.0, small: 20.0, large: 40.0}) is large


def test_of_pages_that_are_read_only_one_that_is_far_too_large_ends():
    usual, large = page("a", read=True), page("b", read=True)
    assert page_to_evict({usual: 30.0, large: 97.0}) is large
    assert page_to_evict({usual: 30.0, large: 60.0}) is None
    assert page_to_evict({}) is None


def test_a_page_on_its_way_to_its_reader_is_left_alone():
    coming = page("a", read=False)
    coming.expected_since = 1.0
    assert page_to_evict({coming: 30.0}) is None


class Kernels:
    """Pages and what became of them."""

    capacity = SimpleNamespace(pages=10, reason="memory")
    capacity_in_process = SimpleNamespace(pages=160, reason="files")

    def __init__(self, *pages):
        self.pages = pages
        self.is_short = False
        self.ended = []

    def __contains__(self, kernel_id):
        return True

    def get_kernel(self, kernel_id):
        return SimpleNamespace(provisioner=SimpleNamespace(pid=int(kernel_id)))

    def people_waiting(self):
        return ()

    def is_short_of_memory(self):
        return self.is_short

    async def sweep(self):
        """End pages without a reader."""

    async def end_page(self, page, code=None):
        self.ended.append((page.key.owner, code))


@pytest.fixture
def house(tmp_path):
    """Housekeeping of some pages, and their kernels."""
    made = []

    def make(*pages):
        context = SimpleNamespace(
            settings=SimpleNamespace(data_dir=tmp_path, page_kernels=False), records=None
        )
        kernels = Kernels(*pages)
        made.append(Housekeeping(context, kernels))
        return made[-1], kernels

    yield make
    for each in made:
        each.close()


def test_while_memory_is_short_a_page_ends_and_is_told_why(house, monkeypatch):
    sizes = {1: 20.0, 2: 90.0}
    monkeypatch.setattr(housekeeping, "own_mb", sizes.__getitem__)
    small, large = page("a", read=False), page("b", read=False)
    small.kernel_id, large.kernel_id = "1", "2"
    keeping, kernels = house(small, large)

    async def go():
        await keeping.measure_memory()
        assert kernels.ended == []
        kernels.is_short = True
        await keeping.measure_memory()

    run_by_itself(go())
    assert kernels.ended == [("b", MEMORY_SHORT)]


def test_a_page_whose_login_is_over_ends(house, monkeypatch):
    monkeypatch.setattr(housekeeping, "session_owner", lambda records, login: None)
    mine = page("a", read=True)
    keeping, kernels = house(mine)
    run_by_itself(keeping.end_logged_out_pages())
    assert kernels.ended == [("a", None)]


def test_a_login_that_holds_keeps_its_page(house, monkeypatch):
    monkeypatch.setattr(housekeeping, "session_owner", lambda records, login: "siti")
    keeping, kernels = house(page("a", read=True))
    run_by_itself(keeping.end_logged_out_pages())
    assert kernels.ended == []


def test_the_status_tells_pages_people_and_their_memory(house, monkeypatch, tmp_path):
    sizes = {1: 20.0, 2: 90.0, os.getpid(): 100.0}
    monkeypatch.setattr(housekeeping, "own_mb", sizes.__getitem__)
    first, second = page("a", read=True), page("a", read=False)
    first.kernel_id, second.kernel_id = "1", "2"
    keeping, _ = house(first, second)
    (tmp_path / FOLDER).mkdir()

    async def go():
        await keeping.measure_memory()
        await keeping.write_status()

    run_by_itself(go())
    status = read_status(tmp_path)
    assert (status.people, status.pages, status.most_pages) == (1, 2, 160)
    assert (status.pages_mb, status.server_mb) == (110.0, 100.0)


def test_behind_a_balancer_the_status_is_sent_and_the_log_left_alone(tmp_path, monkeypatch):
    monkeypatch.setattr(housekeeping, "own_mb", lambda _: 100.0)
    context = SimpleNamespace(
        settings=SimpleNamespace(data_dir=tmp_path, page_kernels=False), records=None
    )
    sent = []
    keeping = Housekeeping(
        context, Kernels(page("a", read=True), page("a", read=False)), sent.append
    )
    run_by_itself(keeping.write_status())
    keeping.close()
    assert sent[0].owners == {"a"}
    assert (sent[0].status.pages, sent[0].status.server_mb) == (2, 100.0)
    assert read_status(tmp_path) is None
    assert "rotate the log" not in {task.name for task in keeping.tasks()}


def test_a_status_that_cannot_be_written_is_logged_once(house, monkeypatch, caplog):
    keeping, _ = house()

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(housekeeping, "write_status", full)

    async def go():
        await keeping.write_status()
        await keeping.write_status()

    run_by_itself(go())
    assert [record.getMessage() for record in caplog.records] == [
        "Cannot report: [Errno 28] No space left on device"
    ]


def test_every_periodic_task_has_a_name_and_a_period(house):
    keeping, _ = house()
    tasks = keeping.tasks()
    assert len({task.name for task in tasks}) == len(tasks)
    assert {task.name: task.seconds for task in tasks} == {
        "end pages without a reader": 0.5,
        "end messages over their budget": 0.5,
        "write the status": 2.0,
        "measure memory": 6.0,
        "end pages of ended logins": 6.0,
        "rotate the log": 30.0,
    }
