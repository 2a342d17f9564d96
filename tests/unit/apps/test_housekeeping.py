"""Which page ends while memory is short, or when its login is over."""

import os
from types import SimpleNamespace

from tests.unit.apps.coroutines import run_by_itself

from umkm_apps.page_sessions.sessions import PageKey, PageSession
from umkm_apps.server import housekeeping
from umkm_apps.server.housekeeping import gives_most


def page(name, *, read):
    made = PageSession(PageKey(name, "hp", "/x"), "v1", {})
    if read:
        made.connections.append(object())
    return made


def test_the_largest_page_that_nobody_reads_ends_first():
    read, small, large = page("a", read=True), page("b", read=False), page("c", read=False)
    assert gives_most({read: 150.0, small: 20.0, large: 40.0}) is large


def test_of_pages_that_are_read_only_one_that_is_far_too_large_ends():
    usual, large = page("a", read=True), page("b", read=True)
    assert gives_most({usual: 30.0, large: 97.0}) is large
    assert gives_most({usual: 30.0, large: 60.0}) is None
    assert gives_most({}) is None


def test_a_page_on_its_way_to_its_reader_is_left_alone():
    coming = page("a", read=False)
    coming.expected_since = 1.0
    assert gives_most({coming: 30.0}) is None


class Kernels:
    """Pages and what became of them."""

    capacity = SimpleNamespace(pages=10, reason="memory")

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

    async def end_page(self, page, code=None):
        self.ended.append((page.key.owner, code))


def test_while_memory_is_short_a_page_ends_and_is_told_why(tmp_path, monkeypatch):
    sizes = {1: 20.0, 2: 90.0, os.getpid(): 100.0}
    monkeypatch.setattr(housekeeping, "own_mb", sizes.__getitem__)
    monkeypatch.setattr(housekeeping, "session_owner", lambda records, login: "siti")
    small, large = page("a", read=False), page("b", read=False)
    small.kernel_id, large.kernel_id = "1", "2"
    kernels = Kernels(small, large)
    context = SimpleNamespace(settings=SimpleNamespace(data_dir=tmp_path), records=None)

    async def go():
        rounding = housekeeping.Rounds(context, kernels)
        await rounding.go()
        assert kernels.ended == []
        kernels.is_short = True
        # Memory is looked at in each third round.
        for _ in range(3):
            await rounding.go()

    run_by_itself(go())
    assert kernels.ended == [("b", housekeeping.MEMORY_SHORT)]


def test_a_page_whose_login_is_over_ends(tmp_path, monkeypatch):
    monkeypatch.setattr(housekeeping, "own_mb", lambda pid: 20.0)
    monkeypatch.setattr(housekeeping, "session_owner", lambda records, login: None)
    mine = page("a", read=True)
    mine.kernel_id = "1"
    kernels = Kernels(mine)
    context = SimpleNamespace(settings=SimpleNamespace(data_dir=tmp_path), records=None)
    run_by_itself(housekeeping.Rounds(context, kernels).go())
    assert kernels.ended == [("a", None)]
