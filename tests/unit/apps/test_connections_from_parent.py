"""Connections handed over by the balancer: served as if accepted here, given back when another's."""

import asyncio
import json
import socket
from datetime import UTC, datetime

from tests.support.patience import PATIENCE
from tests.unit.apps.coroutines import run_by_itself
from tests.unit.apps.test_routing import SECRET, signed
from tornado.web import Application, RequestHandler
from tornado.websocket import WebSocketHandler, websocket_connect

from umkm_apps.runtime.status import ServerStatus
from umkm_apps.server import channel
from umkm_apps.server.channel import Channel, Message, make_channel
from umkm_apps.server.connections_from_parent import ConnectionsFromParent
from umkm_apps.server.status_reports import StatusReport
from umkm_apps.web.connections import GuardedServer

SOON = PATIENCE
SITI, BUDI = (f"Cookie: umkm-masuk={signed(who)}" for who in ("siti", "budi"))


class Echo(RequestHandler):
    def get(self):
        self.finish(f"{self.request.remote_ip} get")

    def post(self):
        self.finish(self.request.body)


class Line(WebSocketHandler):
    def on_message(self, said):
        self.write_message(said)


class Process:
    """A server process, its balancer's end of the channel, and phones connected through it."""

    def __init__(self, **options):
        ours, theirs = make_channel()
        self.sent = asyncio.Queue()
        self.channel = Channel(ours, self.sent.put_nowait, lambda: None)
        self.server = GuardedServer(Application([("/", Echo), ("/line", Line)]), **options)
        self.connections = ConnectionsFromParent(theirs, self.server, SECRET)

    async def connect(self, login="", ahead=b"", address="192.168.1.7"):
        listener = socket.create_server(("127.0.0.1", 0))
        reader, writer = await asyncio.open_connection(*listener.getsockname())
        connection, _ = listener.accept()
        listener.close()
        fields = {"address": [address, 5000], "login": login}
        assert self.channel.send(Message("connection", fields, ahead, connection))
        return reader, writer

    async def change_routes(self):
        before = self.connections._routes
        self.channel.send(Message("routes"))
        async with asyncio.timeout(SOON):
            while self.connections._routes == before:
                await asyncio.sleep(0)

    async def given_back(self):
        async with asyncio.timeout(SOON):
            return await self.sent.get()


def request(*lines, body=b""):
    method = "POST" if body else "GET"
    length = [f"Content-Length: {len(body)}"] if body else []
    head = "\r\n".join([f"{method} / HTTP/1.1", "Host: x", *lines, *length, "", ""])
    return head.encode() + body


async def answer(reader):
    async with asyncio.timeout(SOON):
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = int(head.split("content-length: ")[1].split("\r\n")[0])
        return (await reader.readexactly(length)).decode()


def test_a_handed_connection_is_served_with_the_address_of_who_connected():
    async def work():
        process = Process()
        reader, writer = await process.connect("siti")
        for _ in range(2):
            writer.write(request(SITI))
            assert await answer(reader) == "192.168.1.7 get"
        assert process.sent.empty()

    run_by_itself(work())


def test_what_was_read_before_is_served_first():
    async def work():
        process = Process()
        whole = request(SITI, body=b"0123456789")
        reader, writer = await process.connect("siti", ahead=whole[:-4])
        writer.write(whole[-4:])
        assert await answer(reader) == "0123456789"
        writer.write(request(SITI))
        assert await answer(reader) == "192.168.1.7 get"

    run_by_itself(work())


def test_a_request_of_another_login_goes_back_whole_and_can_be_served_elsewhere():
    async def work():
        first, second = Process(), Process()
        reader, writer = await first.connect("")
        writer.write(request())
        assert await answer(reader) == "192.168.1.7 get"
        body = b"x" * 40_000
        writer.write(request(SITI, body=body))
        back = await first.given_back()
        assert (back.kind, back.fields) == ("connection", {"address": ["192.168.1.7", 5000]})
        assert back.ahead.startswith(request(SITI, body=body)[:200])
        # As the balancer does it.
        back.fields["login"] = "siti"
        assert second.channel.send(back)
        assert await answer(reader) == body.decode()
        writer.write(request(BUDI))
        assert (await second.given_back()).ahead == request(BUDI)
        assert first.server._open == {}

    run_by_itself(work())


def test_whoever_logs_out_or_brings_a_forged_cookie_is_of_no_login():
    async def work():
        process = Process()
        for other in (request(), request(SITI[:-1] + "0")):
            reader, writer = await process.connect("siti")
            writer.write(request(SITI))
            assert await answer(reader) == "192.168.1.7 get"
            writer.write(other)
            assert (await process.given_back()).ahead == other

    run_by_itself(work())


def test_when_other_processes_serve_than_before_each_connection_is_chosen_anew():
    async def work():
        process = Process()
        reader, writer = await process.connect("siti")
        writer.write(request(SITI))
        await answer(reader)
        await process.change_routes()
        writer.write(request(SITI))
        back = await process.given_back()
        back.fields["login"] = "siti"
        process.channel.send(back)
        for _ in range(2):
            assert await answer(reader) == "192.168.1.7 get"
            writer.write(request(SITI))
        await answer(reader)
        assert process.sent.empty()

    run_by_itself(work())


def test_what_cannot_go_back_is_served_here(monkeypatch):
    async def work():
        process = Process()
        reader, writer = await process.connect("siti")
        writer.write(request(SITI))
        assert await answer(reader) == "192.168.1.7 get"
        monkeypatch.setattr(channel, "LARGEST", 10)
        for _ in range(2):
            writer.write(request(BUDI))
            assert await answer(reader) == "192.168.1.7 get"

    run_by_itself(work())


def test_a_health_check_stays_here_and_is_counted_apart():
    async def work():
        process = Process(most_of_one=1)
        await process.connect("", address="192.168.1.7")
        reader, writer = await process.connect(None, address="")
        await process.change_routes()
        writer.write(request())
        assert (await answer(reader)).endswith(" get")
        assert process.sent.empty()

    run_by_itself(work())


def test_one_address_has_so_many_connections_here_too():
    async def work():
        process = Process(most_of_one=1)
        first, writer = await process.connect("siti")
        writer.write(request(SITI))
        await answer(first)
        surplus, _ = await process.connect("siti", ahead=request(SITI))
        async with asyncio.timeout(SOON):
            assert await surplus.read() == b""

    run_by_itself(work())


def test_a_websocket_works_on_a_handed_connection():
    async def work():
        process = Process()
        listener = socket.create_server(("127.0.0.1", 0))
        listener.settimeout(0)
        loop = asyncio.get_running_loop()
        port = listener.getsockname()[1]
        asked = asyncio.ensure_future(websocket_connect(f"ws://127.0.0.1:{port}/line"))
        connection, address = await loop.sock_accept(listener)
        # The whole head was read by another process.
        async with asyncio.timeout(SOON):
            head = b""
            while b"\r\n\r\n" not in head:
                head += await loop.sock_recv(connection, 100)
        fields = {"address": list(address), "login": ""}
        process.channel.send(Message("connection", fields, head, connection))
        async with asyncio.timeout(SOON):
            line = await asked
            await line.write_message("halo")
            assert await line.read_message() == "halo"

    run_by_itself(work())


def test_a_report_reaches_the_balancer():
    async def work():
        process = Process()
        now = datetime(2026, 11, 30, tzinfo=UTC)
        status = ServerStatus(now, now, 1, 2, 10, "memory", ("srg-budi2",), 3.5, 90.0)
        process.connections.report(StatusReport(status, frozenset({"srg-siti1"})))
        sent = await process.given_back()
        assert sent.kind == "report"
        assert sent.fields["owners"] == ["srg-siti1"]
        assert json.dumps(sent.fields["status"]["waiting"]) == '["srg-budi2"]'

    run_by_itself(work())
