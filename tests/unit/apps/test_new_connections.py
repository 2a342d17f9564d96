"""New connections at the balancer: what it reads ahead, and that nobody holds up others."""

import asyncio
import socket

from tests.support.patience import PATIENCE
from tests.unit.apps.coroutines import run_by_itself
from tornado.testing import bind_unused_port

from umkm_apps.server import new_connections
from umkm_apps.server.new_connections import NewConnections

SOON = PATIENCE
REQUEST = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"


class Port:
    """A port where connections are taken, and what was delivered."""

    def __init__(self, *, is_open=True):
        listener, self.port = bind_unused_port()
        self.delivered = asyncio.Queue()
        #: Kept, since one that nobody holds is closed.
        self.phones = []
        self.connections = NewConnections([listener], lambda *got: self.delivered.put_nowait(got))
        if is_open:
            self.connections.open()

    async def connect(self, said=b""):
        self.phones.append(await asyncio.open_connection("127.0.0.1", self.port))
        self.phones[-1][1].write(said)
        return self.phones[-1]

    async def next(self):
        async with asyncio.timeout(SOON):
            return await self.delivered.get()


def test_the_head_is_read_and_nothing_is_taken():
    async def work():
        port = Port()
        _, writer = await port.connect(REQUEST + b"body")
        connection, address, head = await port.next()
        assert head.startswith(REQUEST)
        assert address == writer.get_extra_info("sockname")
        assert connection.recv(100) == REQUEST + b"body"

    run_by_itself(work())


def test_a_head_in_two_pieces_is_waited_for(monkeypatch):
    monkeypatch.setattr(new_connections, "PATIENCE", 60)

    async def work():
        port = Port()
        _, writer = await port.connect(REQUEST[:10])
        await until(lambda: len(port.connections) == 1)
        assert port.delivered.empty()
        writer.write(REQUEST[10:])
        _, _, head = await port.next()
        assert head == REQUEST

    run_by_itself(work())


def test_who_says_nothing_or_half_is_handed_over_after_a_while(monkeypatch):
    monkeypatch.setattr(new_connections, "PATIENCE", 0.2)

    async def work():
        port = Port()
        await port.connect()
        await port.connect(REQUEST[:10])
        heads = {(await port.next())[2] for _ in range(2)}
        assert heads == {b"", REQUEST[:10]}
        assert len(port.connections) == 0

    run_by_itself(work())


def test_the_slow_do_not_hold_up_others(monkeypatch):
    monkeypatch.setattr(new_connections, "PATIENCE", 60)

    async def work():
        port = Port()
        slow = [await port.connect(REQUEST[:10]) for _ in range(50)]
        await port.connect(REQUEST)
        assert (await port.next())[2] == REQUEST
        assert len(port.connections) == len(slow)

    run_by_itself(work())


def test_more_than_are_waited_for_are_handed_over_as_they_are(monkeypatch):
    monkeypatch.setattr(new_connections, "PATIENCE", 60)
    monkeypatch.setattr(new_connections, "MOST_WAITING", 2)

    async def work():
        port = Port()
        for _ in range(2):
            await port.connect()
        await until(lambda: len(port.connections) == 2)
        await port.connect(REQUEST)
        assert (await port.next())[2] == b""

    run_by_itself(work())


def test_a_connection_that_ends_is_forgotten():
    async def work():
        port = Port()
        _, writer = await port.connect()
        await until(lambda: len(port.connections) == 1)
        writer.close()
        await until(lambda: len(port.connections) == 0)
        assert port.delivered.empty()

    run_by_itself(work())


def test_tls_is_handed_over_at_once(monkeypatch):
    monkeypatch.setattr(new_connections, "PATIENCE", 60)

    async def work():
        port = Port()
        await port.connect(b"\x16\x03\x01")
        assert (await port.next())[2] == b"\x16\x03\x01"

    run_by_itself(work())


def test_while_no_process_serves_connections_wait_in_the_backlog():
    async def work():
        port = Port(is_open=False)
        await port.connect(REQUEST)
        port.connections.open()
        assert (await port.next())[2] == REQUEST
        port.connections.pause()
        await port.connect(REQUEST)
        port.connections.open()
        assert (await port.next())[2] == REQUEST

    run_by_itself(work())


def test_without_a_free_descriptor_nothing_is_accepted_for_a_moment(monkeypatch):
    monkeypatch.setattr(new_connections, "_PAUSE", 0.05)

    class Full(socket.socket):
        refusals = 0

        def accept(self):
            if Full.refusals < 2:
                Full.refusals += 1
                raise OSError(24, "Too many open files")
            return super().accept()

    async def work():
        listener, port = bind_unused_port()
        full = Full(fileno=listener.detach())
        full.settimeout(0)
        delivered = asyncio.Queue()
        NewConnections([full], lambda *got: delivered.put_nowait(got)).open()
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(REQUEST)
        async with asyncio.timeout(SOON):
            assert (await delivered.get())[2] == REQUEST
        assert Full.refusals == 2

    run_by_itself(work())


async def until(is_so):
    async with asyncio.timeout(SOON):
        while not is_so():
            await asyncio.sleep(0.01)
