"""How many connections a page and a person have, and what is kept for one that broke."""

from uuid import uuid4

from tests.unit.apps.coroutines import run_by_itself

from umkm_apps.page_sessions.kernel_connections import KernelConnections
from umkm_apps.page_sessions.kernel_sockets import MOST_REPLAYED, Replay
from umkm_apps.page_sessions.kernel_websocket import GAVE_WAY
from umkm_apps.page_sessions.sessions import PageKey, PageSession


class Line:
    """What stands for a WebSocket."""

    code = None

    def close(self, code=None):
        self.code = code


def page_of(keeper, owner, address):
    page = PageSession(PageKey(owner, "hp", address), "v1", {})
    page.kernel_id = str(uuid4())
    keeper.pages.put(page)
    keeper._with_kernel[page.kernel_id] = page
    return page


def opened(keeper, page, count):
    connections = [Line() for _ in range(count)]
    for line in connections:
        keeper.connection_opened(page.kernel_id, line)
    return connections


def test_the_oldest_of_four_lines_to_a_page_gives_way():
    async def work():
        keeper = KernelConnections()
        page = page_of(keeper, "siti", "/a")
        connections = opened(keeper, page, 4)
        assert [line.code for line in connections] == [GAVE_WAY, None, None, None]
        assert page.connections == connections[1:]

    run_by_itself(work())


def test_the_seventh_line_of_a_person_ends_the_oldest_of_another_page_and_nobody_elses():
    async def work():
        keeper = KernelConnections()
        first, second, third = (page_of(keeper, "siti", f"/{n}") for n in range(3))
        other = page_of(keeper, "jaya", "/0")
        theirs = opened(keeper, other, 3)
        older, newer = opened(keeper, first, 3), opened(keeper, second, 3)
        last = opened(keeper, third, 1)
        assert [line.code for line in older] == [GAVE_WAY, None, None]
        assert {line.code for line in (*newer, *last, *theirs)} == {None}
        assert len(first.connections) + len(second.connections) + len(third.connections) == 6

    run_by_itself(work())


def test_a_replay_that_grows_too_large_is_given_up():
    replay = Replay()
    replay.append(("iopub", [b"x" * 1000]))
    assert (len(replay), replay.is_overfull) == (1, False)
    replay.append(("iopub", [b"x" * MOST_REPLAYED]))
    replay.append(("iopub", [b"x"]))
    assert (len(replay), replay.is_overfull) == (0, True)


class Stream:
    """What stands for a channel of a kernel, of which a broken line has left the socket."""

    is_closed = False

    def on_recv(self, hear):
        self.hear = hear

    def close(self):
        self.is_closed = True


def test_what_a_kernel_says_to_a_line_that_broke_is_kept_while_it_is_little():
    async def work():
        keeper = KernelConnections()
        page = page_of(keeper, "siti", "/a")
        keeper._kernels[page.kernel_id] = None
        stream = Stream()
        keeper.start_buffering(page.kernel_id, "sesi", {"iopub": stream})
        stream.hear([b"x" * 1_000])
        kept = keeper.get_buffer(page.kernel_id, "sesi")
        assert [(channel, parts) for channel, parts in kept["buffer"]] == [
            ("iopub", [b"x" * 1_000])
        ]
        # Too much of it: the page asks for all states when it is back, and nothing is held.
        stream = Stream()
        keeper.start_buffering(page.kernel_id, "sesi", {"iopub": stream})
        for _ in range(3):
            stream.hear([b"x" * (MOST_REPLAYED // 2)])
        assert keeper.get_buffer(page.kernel_id, "sesi") is None
        assert stream.is_closed

    run_by_itself(work())
