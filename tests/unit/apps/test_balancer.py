"""The balancer: whom it gives a connection, what it does without processes, the status of all."""

import asyncio
import socket
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from tests.support.patience import PATIENCE
from tests.unit.apps.coroutines import run_by_itself
from tests.unit.apps.test_routing import signed
from tornado.testing import bind_unused_port

from umkm_apps.runtime.secrets import stored_secret
from umkm_apps.runtime.status import ServerStatus, read_status
from umkm_apps.server.balancer import Balancer
from umkm_apps.server.channel import Message
from umkm_apps.server.status_reports import StatusReport

SOON = PATIENCE
NOW = datetime(2026, 11, 30, tzinfo=UTC)


class Process:
    """A server process that takes messages, or does not."""

    def __init__(self, number, *, takes=True):
        self.number = number
        self.takes = takes
        self.is_serving = self.is_late = False
        self.report = self.exit_code = None
        self.sent = []

    def send(self, message):
        if self.takes:
            self.sent.append(message)
        return self.takes

    def look_after(self):
        """Do nothing: it neither ends nor hangs."""


class Class:
    """A balancer with three processes, and a port."""

    def __init__(self, data_dir):
        settings = SimpleNamespace(data_dir=data_dir, processes=3)
        listener, self.port = bind_unused_port()
        self.balancer = Balancer(settings, [listener])
        self.processes = self.balancer.processes = [Process(number) for number in range(3)]
        secret = stored_secret(data_dir, "cookie", 32).encode()
        self.cookie = f"Cookie: umkm-masuk={signed('siti', secret)}\r\n"

    def change(self, *serving):
        for process in self.processes:
            process.is_serving = process.number in serving
        self.balancer._routes_changed(self.processes[0])

    def request(self, cookie=""):
        return f"GET / HTTP/1.1\r\n{cookie}\r\n".encode()

    def deliver(self, cookie="", address="192.168.1.7"):
        """Deliver a connection, and return the process that has it and the phone's end."""
        phone, server = socket.socketpair()
        self.balancer.deliver(server, (address, 1), self.request(cookie))
        has = [each for each in self.processes if each.sent and each.sent[-1].connection is server]
        return (has[0] if has else None), phone


@pytest.fixture
def opened(tmp_path):
    """Gives work a class in a loop of its own."""

    def run(work):
        async def go():
            await work(Class(tmp_path))

        run_by_itself(go())

    return run


def test_a_login_has_one_process_from_wherever_it_comes(opened):
    async def work(room):
        room.change(0, 1, 2)
        process, _ = room.deliver(room.cookie)
        assert process.sent[-1].fields == {"address": ["192.168.1.7", 1], "login": "siti"}
        for address in ("10.0.0.1", "10.0.0.2", "fe80::1"):
            assert room.deliver(room.cookie, address)[0] is process

    opened(work)


def test_a_process_that_takes_none_is_passed_over_and_without_any_the_connection_ends(opened):
    async def work(room):
        room.change(0, 1, 2)
        first, _ = room.deliver(room.cookie)
        first.takes = False
        second, _ = room.deliver(room.cookie)
        assert second not in {first, None}
        for each in room.processes:
            each.takes = False
        nobody, phone = room.deliver(room.cookie)
        assert nobody is None
        assert phone.recv(1) == b""

    opened(work)


def test_who_has_no_login_is_not_sent_to_a_process_that_may_hang(opened):
    async def work(room):
        room.change(0, 1, 2)
        by_login, by_address = room.deliver(room.cookie)[0], room.deliver()[0]
        by_login.is_late = by_address.is_late = True
        assert room.deliver()[0] not in {by_login, by_address, None}
        # Pages are where they are.
        assert room.deliver(room.cookie)[0] is by_login
        for each in room.processes:
            each.is_late = True
        assert room.deliver()[0] is by_address

    opened(work)


def test_a_connection_that_comes_back_goes_to_its_new_login_with_what_was_read(opened):
    async def work(room):
        room.change(0, 1, 2)
        process, _ = room.deliver(room.cookie)
        _phone, server = socket.socketpair()
        said = room.request(room.cookie) + b"body"
        room.balancer._deliver_again(
            Message("connection", {"address": ["1.2.3.4", 5]}, said, server)
        )
        assert process.sent[-1].connection is server
        assert process.sent[-1].ahead == said

    opened(work)


def test_a_health_check_that_comes_back_ends(opened):
    async def work(room):
        room.change(0, 1, 2)
        asked, server = socket.socketpair()
        room.balancer._deliver_again(
            Message("connection", {"address": ["", 0], "login": None}, b"", server)
        )
        assert asked.recv(1) == b""

    opened(work)


def test_nobody_is_accepted_before_all_serve_and_while_none_does(opened):
    async def work(room):
        room.change(0, 1)
        _, writer = await asyncio.open_connection("127.0.0.1", room.port)
        writer.write(room.request())
        await asyncio.sleep(0)
        assert not room.balancer._is_open
        room.change(0, 1, 2)
        await until(lambda: any(_connections(each) for each in room.processes))
        # Those who stay are told that connections are to be chosen anew.
        assert [each.sent[-1].kind for each in room.processes[:2]].count("routes") >= 1
        room.change()
        assert not room.balancer._is_open
        room.change(2)
        assert not room.balancer._is_open

    opened(work)


def test_a_process_that_does_not_come_is_not_waited_for_without_end(opened, monkeypatch):
    from umkm_apps.server import balancer

    async def work(room):
        room.change(1)
        assert not room.balancer._is_open
        monkeypatch.setattr(balancer, "WAIT_FOR_ALL", -1)
        await room.balancer._look_after()
        assert room.balancer._is_open

    opened(work)


def test_the_server_has_failed_when_a_process_ends_before_any_has_served(opened):
    async def work(room):
        room.processes[1].exit_code = 1
        await room.balancer._look_after()
        with pytest.raises(Exception, match="process 1"):
            await room.balancer.stopped

    opened(work)


def test_once_they_have_served_an_end_is_no_failure(opened):
    async def work(room):
        room.change(0, 1, 2)
        room.processes[1].exit_code = -9
        await room.balancer._look_after()
        assert not room.balancer.stopped.done()

    opened(work)


def test_the_status_is_of_those_who_serve(opened, tmp_path):
    async def work(room):
        await room.balancer._write_status()
        assert read_status(tmp_path) is None
        room.change(0, 2)
        status = ServerStatus(NOW, NOW, 1, 2, 10, "memory", (), 3.0, 90.0)
        for each in room.processes:
            each.report = StatusReport(status, frozenset({f"srg-{each.number}"}))
        await room.balancer._write_status()
        said = read_status(tmp_path)
        assert (said.people, said.pages, said.pages_mb) == (2, 4, 6.0)
        # Its own memory too.
        assert said.server_mb > 180

    opened(work)


def _connections(process):
    return [message for message in process.sent if message.kind == "connection"]


async def until(is_so):
    async with asyncio.timeout(SOON):
        while not is_so():
            await asyncio.sleep(0.01)
