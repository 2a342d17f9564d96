"""What is due every few seconds stays due when somebody sets the laptop's date."""

import asyncio
import time

import pytest
from tests.unit.apps.coroutines import run_by_itself
from tornado.ioloop import IOLoop, PeriodicCallback

from umkm_apps.runtime.monotonic_loop import use_monotonic_clock

WEEK = 7 * 86_400


@pytest.mark.parametrize("moved", [-WEEK, WEEK])
def test_rounds_go_on_after_the_date_was_set(monkeypatch, moved):
    async def rounds():
        use_monotonic_clock(IOLoop.current())
        seen = []
        every = PeriodicCallback(lambda: seen.append(1), 10)
        every.start()
        await asyncio.sleep(0.1)
        true = time.time
        monkeypatch.setattr(time, "time", lambda: true() + moved)
        # One may be due already; it is the rounds after it that Tornado would put off.
        await asyncio.sleep(0.05)
        before = len(seen)
        await asyncio.sleep(0.3)
        every.stop()
        return len(seen) - before

    assert run_by_itself(rounds()) > 5
