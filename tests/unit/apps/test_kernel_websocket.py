"""What a reader who stops reading costs: some messages, then their line ends."""

import asyncio
from types import SimpleNamespace

from tests.unit.apps.coroutines import run_by_itself

from umkm_apps.page_sessions.kernel_websocket import MOST_UNSENT, UNREAD, KernelWebSocket

PIECE = b"\x00" * (MOST_UNSENT // 4)


class Socket:
    """A browser's end that takes nothing until it is told to."""

    def __init__(self):
        self.waiting = []
        self.code = None
        self.is_aborted = False

    def is_closing(self):
        return self.code is not None

    def write_message(self, message, binary=False):
        self.waiting.append(asyncio.get_running_loop().create_future())
        return self.waiting[-1]

    def close(self, code=None, reason=None):
        self.code = code

    def _abort(self):
        self.is_aborted = True


def line_to(socket):
    line = KernelWebSocket.__new__(KernelWebSocket)
    line.ws_connection, line.kernel_id = socket, "k"
    return line


def test_a_line_whose_reader_does_not_read_ends_with_a_code_of_its_own():
    async def work():
        socket = Socket()
        line = line_to(socket)
        for _ in range(4):
            line.write_message(PIECE, binary=True)
        assert (socket.code, len(socket.waiting)) == (None, 4)
        line.write_message(PIECE, binary=True)
        assert (socket.code, socket.is_aborted, len(socket.waiting)) == (UNREAD, True, 4)
        # What the kernel says afterwards is dropped.
        assert line.write_message(PIECE, binary=True) is None

    run_by_itself(work())


def test_a_reader_who_reads_slowly_goes_on():
    async def work():
        socket = Socket()
        line = line_to(socket)
        for _ in range(20):
            line.write_message(PIECE, binary=True)
            socket.waiting.pop().set_result(None)
            await asyncio.sleep(0)
        assert socket.code is None
        assert line._unsent == 0

    run_by_itself(work())


def test_a_socket_that_breaks_meanwhile_is_no_error_of_ours():
    async def work():
        socket = Socket()
        line = line_to(socket)
        for outcome in (ConnectionResetError(), None):
            line.write_message(PIECE, binary=True)
            sending = socket.waiting.pop()
            if outcome is None:
                sending.cancel()
            else:
                sending.set_exception(outcome)
            await asyncio.sleep(0)
        assert (socket.code, line._unsent) == (None, 0)

    run_by_itself(work())


def test_the_end_of_a_line_that_was_refused_is_no_error():
    line = KernelWebSocket.__new__(KernelWebSocket)
    closed = []
    manager = SimpleNamespace(connection_closed=lambda *about: closed.append(about))
    line.application = SimpleNamespace(settings={"kernel_manager": manager})
    line.on_close()
    assert closed == []
