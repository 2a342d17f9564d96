"""How many pages are open at once, whoever comes, goes on, comes back and leaves, in whatever order."""

import asyncio
from uuid import uuid4

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.unit.apps.coroutines import run_by_itself

from umkm_apps.page_sessions.capacity import Capacity
from umkm_apps.page_sessions.kernel_manager import (
    WORKED_TOO_LONG,
    PageKernelManager,
    opening,
)
from umkm_apps.page_sessions.sessions import WAKE_SECONDS, PageGone, PageKey

LESSON, TASK, BOOK = "/pelajaran/x/1", "/tugas/x", "/buku-kas"


class Line:
    """What stands for a page's WebSocket."""

    code = None

    def close(self, code=None):
        """Closed by the server."""
        self.code = code


class Laptop(PageKernelManager):
    """A manager whose kernels are names; everything else is the real one."""

    def __init__(self, room):
        super().__init__()
        self.capacity = Capacity(room, "setting")
        self.most = 0

    @property
    def kernels(self):
        return set(self._kernels)

    async def notebook(self):
        await asyncio.sleep(0)
        page = opening.get()
        page.kernel_id = str(uuid4())
        self._kernels[page.kernel_id] = None
        self._with_kernel[page.kernel_id] = page
        self.most = max(self.most, len(self._kernels))
        if page.is_ending:  # as `start_kernel` does: its reader has gone on meanwhile
            await self.shutdown_kernel(page.kernel_id)
            raise PageGone
        yield "<p>Soal</p>"

    async def shutdown_kernel(self, kernel_id, now=False, restart=False):
        await asyncio.sleep(0.001)  # a kernel that is told to end still holds its memory
        self.remove_kernel(kernel_id)

    def come(self, who, address=LESSON, browser="hp"):
        """What a request does: the page there is, a new one, or None for a place in the line."""
        place = PageKey(who, browser, address)
        page = self.find_page(place, "v1")
        if page is None and self.queue_position(who) == 0:
            page, ending = self.open_page(place, "v1", {})
            self.run_page(page, self.notebook(), ending)
        return page

    async def read(self, who, address=LESSON, browser="hp"):
        """Come in and stay: the page's line is open."""
        page = self.come(who, address, browser)
        if page is not None:
            await self.made(page)
            self.connection_opened(page.kernel_id, Line())
        return page

    async def made(self, page):
        while not page.stream.is_over:
            await asyncio.sleep(0)

    def leave(self, page):
        """Close the page, long enough ago that its room may be given away."""
        self.page_closed(page.kernel_id)
        for line in list(page.connections):
            self.connection_closed(page.kernel_id, line)
        page.alone_since -= WAKE_SECONDS

    async def rest(self):
        while self._tasks:
            await asyncio.gather(*self._tasks)


def at_a_laptop(room):
    """Run a scenario at a laptop with so much room."""

    def run(scenario):
        async def work():
            laptop = Laptop(room)
            await scenario(laptop)
            await laptop.rest()

        run_by_itself(work())

    return run


def test_two_who_come_at_once_are_not_given_the_same_room():
    @at_a_laptop(2)
    async def _(laptop):
        for who in ("siti", "jaya"):
            laptop.leave(await laptop.read(who))
        # Both in one breath, before any task of the server has run.
        ani, budi = laptop.come("ani"), laptop.come("budi")
        assert None not in (ani, budi)
        await laptop.made(ani)
        await laptop.made(budi)
        assert laptop.kernels == {ani.kernel_id, budi.kernel_id}
        assert laptop.most == 2


def test_who_goes_back_and_forth_on_a_full_laptop_keeps_one_page():
    @at_a_laptop(2)
    async def _(laptop):
        await laptop.read("jaya")
        for address in (LESSON, TASK, BOOK, TASK, LESSON):
            page = await laptop.read("siti", address)
            await laptop.rest()
            assert laptop.pages.of("siti") == [page]
        # Nothing of it has made room for somebody else, nor taken it.
        assert laptop.come("ani") is None
        assert len(laptop.kernels) == 2


def test_a_page_that_is_too_long_at_one_message_ends_and_is_told_why():
    @at_a_laptop(3)
    async def _(laptop):
        busy, other = await laptop.read("siti"), await laptop.read("jaya")
        laptop._kernels = dict.fromkeys(laptop._kernels, "manager")
        laptop._watch.is_overdue = lambda page, kernel, now: page is busy
        (line,), (theirs,) = list(busy.connections), list(other.connections)
        await laptop.sweep()
        await laptop.rest()
        assert (line.code, theirs.code) == (WORKED_TOO_LONG, None)
        assert laptop.kernels == {other.kernel_id}


def test_pages_too_many_from_before_all_make_room():
    """Opened while there was room; then the limit is reached by others."""

    @at_a_laptop(3)
    async def _(laptop):
        for address in (LESSON, TASK, BOOK):
            laptop.leave(await laptop.read("siti", address))
        for who in ("ani", "budi"):
            assert await laptop.read(who)
        await laptop.rest()
        assert len(laptop.kernels) == 3
        # Her phone comes back as another browser: what it left gives way to what it opens.
        assert await laptop.read("siti", TASK, browser="laptop")
        await laptop.rest()
        assert len(laptop.kernels) == 3
        assert laptop.most == 3
        assert laptop.come("citra") is None


def test_the_page_one_comes_from_ends_when_the_next_one_shows():
    @at_a_laptop(1)
    async def _(laptop):
        lesson = await laptop.read("siti", LESSON)
        task = laptop.come("siti", TASK)
        await laptop.made(task)
        assert lesson.kernel_id in laptop.kernels
        laptop.connection_opened(task.kernel_id, Line())
        await laptop.rest()
        assert laptop.kernels == {task.kernel_id}


def test_who_opens_page_upon_page_waits_and_nobody_else_does():
    @at_a_laptop(50)
    async def _(laptop):
        opened = 0
        for number in range(100):
            opened += laptop.come("siti", f"/pelajaran/x/{number}") is not None
            await laptop.rest()
        assert 30 <= opened < 60
        assert laptop.come("siti", TASK) is None
        assert laptop.come("jaya", TASK) is not None


PEOPLE = ["a", "b", "c", "d", "e"]
DEEDS = st.tuples(
    st.sampled_from(PEOPLE),
    st.sampled_from([LESSON, TASK]),
    st.sampled_from(["reads", "comes", "leaves", "waits"]),
)


@pytest.mark.slow
@settings(deadline=None, max_examples=60)
@example(
    [
        ("a", LESSON, "reads"),
        ("a", TASK, "reads"),
        ("b", LESSON, "reads"),
        ("b", TASK, "comes"),
        ("b", LESSON, "reads"),
    ]
)  # back before the page gone on to has a kernel
@given(st.lists(DEEDS, max_size=30))
def test_however_they_come_and_go_there_are_never_more_kernels_than_room(deeds):
    """Beside those who are on their way from one page to the next, one kernel each."""

    @at_a_laptop(3)
    async def _(laptop):
        for who, address, deed in deeds:
            if deed == "waits":
                await laptop.rest()
                on_the_way = {p.key.owner for p in laptop.pages if p.surplus_since is not None}
                assert len(laptop.kernels) <= 3 + len(on_the_way)
            elif deed == "leaves":
                for page in laptop.pages.of(who):
                    if page.stream.is_over:
                        laptop.leave(page)
            elif deed == "reads":
                await laptop.read(who, address)
            else:
                laptop.come(who, address)
        await laptop.rest()
        # Everybody leaves, the line too: whoever comes then gets in.
        for who in PEOPLE:
            laptop.waiting.leave(who)
        for page in list(laptop.pages):
            laptop.connection_opened(page.kernel_id, Line())
            laptop.leave(page)
        await laptop.rest()
        assert [await laptop.read(who) is not None for who in ("x", "y", "z")] == [True] * 3
        await laptop.rest()
        assert len(laptop.kernels) == 3


def test_a_page_without_a_kernel_is_no_ticket_to_one_with_a_kernel():
    @at_a_laptop(1)
    async def _(laptop):
        laptop.capacity_in_process = Capacity(1, "setting")
        page, _ = laptop.open_page(PageKey("siti", "hp", LESSON), "v1", {}, has_kernel=False)
        assert await laptop.read("jaya") is not None
        # One room of each kind, and both are taken.
        assert laptop.queue_position("siti", has_kernel=True) == 1
        assert laptop.queue_position("budi", has_kernel=False) == 2
        # Whoever asks for their number alone is told that of the page they wait for.
        laptop.capacity_in_process = Capacity(3, "setting")
        assert laptop.queue_position("budi") == 0
        assert laptop.queue_position("siti") == 1
        laptop.pages.remove(page)


def test_a_page_that_nothing_was_asked_of_ends():
    from types import SimpleNamespace

    from umkm_apps.page_sessions.in_process.kernel import InProcessKernel

    at = InProcessKernel.is_idle
    assert not at(SimpleNamespace(active_at=100.0), 120.0, 25)
    assert at(SimpleNamespace(active_at=100.0), 126.0, 25)
    assert not at(SimpleNamespace(active_at=100.0), 9_999.0, 0)
