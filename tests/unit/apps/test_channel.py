"""Messages and connections between the balancer and a server process."""

import asyncio
import socket

import pytest
from tests.support.patience import PATIENCE
from tests.unit.apps.coroutines import run_by_itself

from umkm_apps.server import channel
from umkm_apps.server.channel import Channel, Message, make_channel

SOON = PATIENCE


class Ends:
    """Both ends of a channel, and what has arrived at the second."""

    def __init__(self):
        ours, theirs = make_channel()
        self.received = asyncio.Queue()
        self.lost = asyncio.Event()
        self.theirs = theirs
        self.first = Channel(ours, lambda _: None, self.lost.set)

    def listen(self):
        self.second = Channel(self.theirs, self.received.put_nowait, lambda: None)

    async def next(self):
        async with asyncio.timeout(SOON):
            return await self.received.get()


def test_a_connection_arrives_with_what_was_read_of_it():
    async def work():
        ends = Ends()
        ends.listen()
        phone, server = socket.socketpair()
        assert ends.first.send(Message("connection", {"login": "siti"}, b"GET /\n\n", server))
        got = await ends.next()
        assert (got.kind, got.fields, got.ahead) == ("connection", {"login": "siti"}, b"GET /\n\n")
        assert server.fileno() < 0
        assert not got.connection.get_inheritable()
        phone.sendall(b"halo")
        assert got.connection.recv(10) == b"halo"
        # The last one who had it has closed it.
        got.connection.close()
        assert phone.recv(10) == b""

    run_by_itself(work())


def test_messages_wait_in_order_for_a_process_that_is_busy():
    async def work():
        ends = Ends()
        sent = 0
        while not ends.first._waiting:
            assert ends.first.send(Message("m", {"number": sent}, b"x" * 10_000))
            sent += 1
        ends.first.send(Message("m", {"number": sent}))
        ends.listen()
        assert [(await ends.next()).fields["number"] for _ in range(sent + 1)] == [*range(sent + 1)]

    run_by_itself(work())


def test_no_more_wait_than_there_is_room_for_and_they_can_be_sent_elsewhere(monkeypatch):
    monkeypatch.setattr(channel, "MOST_WAITING", 3)

    async def work():
        ends = Ends()
        phones = []
        while True:
            phone, server = socket.socketpair()
            phones.append(phone)
            if not ends.first.send(Message("connection", {}, b"x" * 10_000, server)):
                break
        assert server.fileno() >= 0
        unsent = ends.first.close()
        assert len(unsent) == 3
        for message in unsent:
            message.connection.sendall(b"halo")
        assert [phone.recv(4) for phone in phones[-4:-1]] == [b"halo"] * 3
        assert not ends.first.send(Message("m"))

    run_by_itself(work())


def test_a_message_that_is_too_large_is_refused_at_once():
    async def work():
        ends = Ends()
        phone, server = socket.socketpair()
        with phone, server:
            assert not ends.first.send(
                Message("connection", {}, b"x" * (channel.LARGEST + 1), server)
            )
            assert server.fileno() >= 0

    run_by_itself(work())


def test_the_end_of_the_other_process_is_seen():
    async def work():
        ends = Ends()
        ends.theirs.close()
        async with asyncio.timeout(SOON):
            await ends.lost.wait()
        assert not ends.first.send(Message("m"))

    run_by_itself(work())


def test_where_sockets_cannot_be_handed_over_there_is_no_channel(monkeypatch):
    from umkm_apps.server.start import can_hand_over

    assert can_hand_over()
    monkeypatch.delattr(socket, "send_fds")
    assert not can_hand_over()
    with pytest.raises(OSError, match="cannot be handed"):
        make_channel()
