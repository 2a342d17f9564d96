"""Work with the records that hangs, fails or is too much: told at once, and over when they answer again."""

import asyncio
import threading
import time

import pytest
from tests.support.patience import PATIENCE
from tests.unit.apps.coroutines import run_by_itself

from umkm_apps.runtime import records_threads
from umkm_apps.runtime.records_threads import (
    MOST_FAILURES,
    PAUSE,
    CircuitBreaker,
    RecordsExecutor,
    Unavailable,
)
from umkm_records import FormError
from umkm_records.errors import StorageFull, StorageLocked, StorageUnreachable


class Clock:
    now = 100.0

    def __call__(self):
        return self.now


def failing(error):
    def job():
        raise error

    return job


async def told(threads, job):
    with pytest.raises(Unavailable) as refusal:
        await threads.run(job)
    return refusal.value


def test_a_job_gives_what_it_found_and_its_own_errors():
    async def work():
        threads = RecordsExecutor("uji", 1)
        assert await threads.run(lambda: 7) == 7
        assert await threads.run(max, 3, 5) == 5
        for error in (FormError({"pin": "x"}), StorageFull()):
            with pytest.raises(type(error)):
                await threads.run(failing(error))

    run_by_itself(work())


@pytest.mark.parametrize("error", [StorageLocked(), StorageUnreachable()])
def test_trouble_that_passes_is_told_in_words_for_people(error):
    async def work():
        refusal = await told(RecordsExecutor("uji", 1), failing(error))
        assert refusal.status_code == 503
        assert refusal.words == error.for_people
        assert "PostgreSQL" not in refusal.words
        assert refusal.wait > 0

    run_by_itself(work())


@pytest.mark.slow
def test_a_job_that_hangs_is_given_up_and_the_threads_come_back():
    async def work():
        threads = RecordsExecutor("uji", 2, seconds=0.2)
        gate = threading.Event()
        await asyncio.gather(*(told(threads, gate.wait) for _ in range(6)))
        gate.set()
        while True:
            try:
                assert await threads.run(lambda: "jawab") == "jawab"
                return
            except Unavailable:
                await asyncio.sleep(0.05)

    run_by_itself(asyncio.wait_for(work(), 60))


def test_what_had_not_begun_never_does():
    async def work():
        threads = RecordsExecutor("uji", 1, seconds=0.2)
        gate, begun = threading.Event(), []
        await asyncio.gather(told(threads, gate.wait), told(threads, lambda: begun.append(1)))
        gate.set()
        await asyncio.to_thread(threads._threads.shutdown)
        assert begun == []

    run_by_itself(work())


def test_the_breaker_refuses_at_once_and_lets_one_try():
    clock = Clock()
    breaker = CircuitBreaker("uji", clock)
    for _ in range(MOST_FAILURES):
        breaker.check()
        breaker.failed(StorageUnreachable())
    with pytest.raises(Unavailable):
        breaker.check()
    clock.now += PAUSE
    breaker.check()
    with pytest.raises(Unavailable):
        breaker.check()
    breaker.worked()
    breaker.check()


def test_refusals_that_stand_in_the_records_open_no_breaker():
    async def work():
        threads = RecordsExecutor("uji", 1)
        for _ in range(2 * MOST_FAILURES):
            with pytest.raises(FormError):
                await threads.run(failing(FormError({})))
            await told(threads, failing(StorageLocked()))
        assert await threads.run(lambda: 1) == 1

    run_by_itself(work())


def test_a_turn_takes_no_time_of_the_job():
    async def work():
        threads = RecordsExecutor("uji", 1, seconds=0.3)
        # Each may take 0.3 s; the last one waits for 0.5 s before its own.
        jobs = (threads.run(time.sleep, 0.1) for _ in range(6))
        assert await asyncio.gather(*jobs) == [None] * 6

    run_by_itself(work())


def test_turns_come_in_the_order_of_requests():
    async def work():
        threads, begun = RecordsExecutor("uji", 1), []
        await asyncio.gather(*(threads.run(begun.append, number) for number in range(50)))
        assert begun == list(range(50))

    run_by_itself(work())


def test_who_waits_for_a_turn_is_refused_when_the_records_do_not_answer():
    async def work():
        threads = RecordsExecutor("uji", MOST_FAILURES, seconds=0.2)
        gate, begun = threading.Event(), []
        hanging = [told(threads, gate.wait) for _ in range(MOST_FAILURES)]
        waiting = [told(threads, lambda: begun.append(1)) for _ in range(20)]
        await asyncio.gather(*hanging, *waiting)
        gate.set()
        assert begun == []

    run_by_itself(asyncio.wait_for(work(), PATIENCE))


def test_a_turn_that_does_not_come_is_refused(monkeypatch):
    monkeypatch.setattr(records_threads, "LONGEST_TURN", 0.05)

    async def work():
        threads, gate = RecordsExecutor("uji", 1), threading.Event()
        first = asyncio.create_task(threads.run(gate.wait))
        await asyncio.sleep(0)
        await told(threads, lambda: 7)
        gate.set()
        assert await first
        assert await threads.run(lambda: 7) == 7

    run_by_itself(asyncio.wait_for(work(), PATIENCE))


def test_more_than_may_wait_are_refused_at_once(monkeypatch):
    monkeypatch.setattr(records_threads, "MOST_WAITING", 2)

    async def work():
        threads, gate = RecordsExecutor("uji", 1), threading.Event()
        jobs = [asyncio.create_task(threads.run(gate.wait)) for _ in range(3)]
        await asyncio.sleep(0)
        await told(threads, lambda: 7)
        gate.set()
        assert await asyncio.gather(*jobs) == [True] * 3

    run_by_itself(asyncio.wait_for(work(), PATIENCE))
