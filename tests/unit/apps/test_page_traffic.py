"""How fast a page may speak to its kernel, and that an honest one never waits."""

import asyncio

import pytest
from tests.support.patience import PATIENCE
from tests.support.visitor import framed, message
from tests.unit.apps.coroutines import run_by_itself

from umkm_apps.page_sessions import page_traffic
from umkm_apps.page_sessions.page_traffic import Bucket, PageTraffic
from umkm_apps.page_sessions.sessions import PageKey, PageSession
from umkm_apps.page_sessions.websocket_messages import read_message
from umkm_apps.page_sessions.work_watch import MOST_WAIT, MOST_WORK, WorkWatch


def typed(letters=20_000, buffers=()):
    said = message("comm_msg", {"comm_id": "a", "data": {"content": "x" * letters}})
    return read_message(framed(said, buffers))


ASKS = read_message(
    framed(message("comm_msg", {"comm_id": "a", "data": {"method": "request_states"}}))
)


def test_a_bucket_gives_its_size_at_once_and_its_rate_for_ever():
    bucket = Bucket(10, 2)
    assert [bucket.take(5, 0.0), bucket.take(5, 0.0)] == [0, 0]
    # 3 more than there is, at 2 a second.
    assert bucket.take(3, 0.0) == 1.5
    # After 3 s: 6 came, 3 were owed.
    assert bucket.try_take(4, 3.0) == 0.5
    assert bucket.try_take(3, 3.0) == 0
    # A laptop that slept for a day has a full bucket, not a fuller one.
    assert bucket.try_take(10, 90_000.0) == 0
    assert bucket.try_take(1, 90_000.0) == 0.5


@pytest.mark.slow
def test_who_types_for_an_hour_and_sends_photos_never_waits():
    traffic = PageTraffic()
    photo = typed(100, (b"\xff" * 8_000_000,))
    for tick in range(3600 * 2):
        now = tick / 2
        assert traffic.wait_for(typed(), now) == 0
        if tick % 120 == 0:
            assert traffic.wait_for(photo, now) == 0
    # An outage is over: what was not answered is said again, all at once, then asked for anew.
    assert [traffic.wait_for(typed(200), 3601.0) for _ in range(150)] == [0] * 150
    assert [traffic.wait_for(ASKS, 3601.0) for _ in range(10)] == [0] * 10


@pytest.mark.slow
def test_ten_thousand_messages_take_their_time():
    traffic = PageTraffic()
    waits = [traffic.wait_for(typed(10), 0.0) for _ in range(10_000)]
    assert waits[199] == 0
    # (10,000 - 200) / 40 a second
    assert waits[-1] == 245


def test_asking_for_all_states_is_slower_still():
    traffic = PageTraffic()
    assert [traffic.wait_for(ASKS, 0.0) for _ in range(20)] == [0] * 20
    assert traffic.wait_for(ASKS, 0.0) == 0.5


def test_what_a_kernel_has_not_answered_is_bounded(monkeypatch):
    monkeypatch.setattr(page_traffic, "MOST_UNANSWERED", 2)

    async def work():
        traffic = PageTraffic()
        first, second, third = typed(1), typed(2), typed(3)
        await traffic.wait_for_room(first)
        await traffic.wait_for_room(second)
        waiting = asyncio.create_task(traffic.wait_for_room(third))
        await asyncio.sleep(0.01)
        assert not waiting.done()
        traffic.hear("busy", "comm_msg", first.message_id, 0.0)
        traffic.hear("idle", "comm_msg", first.message_id, 0.0)
        async with asyncio.timeout(PATIENCE):
            await waiting

    run_by_itself(work())


def test_a_sign_of_life_does_not_hide_what_a_kernel_is_at():
    traffic = PageTraffic()
    traffic.hear("busy", "comm_msg", "work", 10.0)
    traffic.hear("busy", "kernel_info_request", "ping", 12.0)
    traffic.hear("idle", "kernel_info_request", "ping", 12.0)
    assert traffic.at_work_since == 10.0
    traffic.hear("idle", "comm_msg", "work", 13.0)
    assert traffic.at_work_since is None


class Kernel:
    """A manager whose process does not exist: it uses no processor time."""

    provisioner = None


def test_a_kernel_that_only_waits_is_ended_late_and_a_new_message_begins_anew():
    page = PageSession(PageKey("siti", "hp", "/x"), "v1", {})
    watch = WorkWatch()
    page.traffic.hear("busy", "comm_msg", "one", 0.0)
    assert not watch.is_overdue(page, Kernel(), 0.5)
    # Others use the processor: it has had no time of its own yet.
    assert not watch.is_overdue(page, Kernel(), MOST_WORK + 10)
    page.traffic.hear("idle", "comm_msg", "one", 100.0)
    page.traffic.hear("busy", "comm_msg", "two", 100.0)
    assert not watch.is_overdue(page, Kernel(), MOST_WAIT + 1)
    assert watch.is_overdue(page, Kernel(), 100 + MOST_WAIT + 1)
