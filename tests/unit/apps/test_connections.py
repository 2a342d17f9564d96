"""New connections: how many one address may have, what they begin with, how long a body may take."""

import asyncio
import ssl

import pytest
from tests.support.patience import PATIENCE
from tests.unit.apps.coroutines import run_by_itself
from tornado.testing import bind_unused_port
from tornado.web import Application, RequestHandler

from umkm_apps.web import connections
from umkm_apps.web.connections import GuardedServer

#: Far more than anything here takes, and far less than the limits it must not wait for.
SOON = PATIENCE


class Hello(RequestHandler):
    def get(self):
        self.finish("halo")

    post = get


class Opened:
    """A server on a port of its own, and connections to it."""

    def __init__(self, **options):
        socket, self.port = bind_unused_port()
        self.server = GuardedServer(Application([("/", Hello)]), **options)
        self.server.add_sockets([socket])

    async def connect(self):
        return await asyncio.open_connection("127.0.0.1", self.port)

    async def ask(self, connection, more=b""):
        reader, writer = connection
        writer.write(b"GET / HTTP/1.1\r\nHost: x\r\n" + more + b"\r\n")
        head = await reader.readuntil(b"\r\n\r\n")
        return head.split(b" ")[1], await reader.readexactly(4)

    async def is_closed(self, connection):
        """Wait until the other side has ended a connection."""
        async with asyncio.timeout(SOON):
            try:
                while await connection[0].read(1000):
                    pass
            except ConnectionError:
                pass
        return True


def test_one_address_has_so_many_connections_and_no_more():
    async def work():
        opened = Opened(most_of_one=3)
        silent = await opened.connect()
        used = [await opened.connect() for _ in range(2)]
        for one in used:
            assert await opened.ask(one) == (b"200", b"halo")
        assert await opened.is_closed(await opened.connect())
        # The others go on, and one that ends makes room.
        assert await opened.ask(used[0]) == (b"200", b"halo")
        silent[1].close()
        async with asyncio.timeout(SOON):
            while True:
                try:
                    assert await opened.ask(await opened.connect()) == (b"200", b"halo")
                    break
                except (ConnectionError, asyncio.IncompleteReadError):
                    await asyncio.sleep(0.02)

    run_by_itself(work())


@pytest.mark.parametrize("options", [{}, {"most_of_one": 0}])
def test_a_proxy_on_this_computer_has_as_many_as_it_likes(options):
    async def work():
        opened = Opened(**options)
        for one in [await opened.connect() for _ in range(60)]:
            assert await opened.ask(one) == (b"200", b"halo")

    run_by_itself(work())


def test_others_have_forty_each():
    server = GuardedServer(Application())
    assert server._limit_for("192.168.12.7") == 40
    assert server._limit_for("fe80::/64") == 40
    assert server._limit_for("127.0.0.1") == 0
    assert GuardedServer(Application(), most_of_one=7)._limit_for("127.0.0.1") == 7


def test_https_at_the_http_port_ends_at_once():
    async def work():
        opened = Opened(idle_connection_timeout=600)
        with pytest.raises((ssl.SSLError, ConnectionError)):
            async with asyncio.timeout(SOON):
                await asyncio.open_connection(
                    "127.0.0.1", opened.port, ssl=ssl.create_default_context()
                )
        assert await opened.ask(await opened.connect()) == (b"200", b"halo")

    run_by_itself(work())


def test_a_connection_that_says_nothing_ends(monkeypatch):
    monkeypatch.setattr(connections, "SILENCE", 0.1)

    async def work():
        opened = Opened()
        assert await opened.is_closed(await opened.connect())
        assert not opened.server._open

    run_by_itself(work())


def test_a_body_that_never_ends_is_not_waited_for():
    async def work():
        opened = Opened(body_timeout=0.2, idle_connection_timeout=600)
        connection = await opened.connect()
        connection[1].write(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nnomor=")
        assert await opened.is_closed(connection)

    run_by_itself(work())
