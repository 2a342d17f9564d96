"""Periodic tasks: each at its period, whatever another does, until stopped; failures are logged once."""

import asyncio

from tests.unit.apps.coroutines import run_by_itself

from umkm_apps.runtime.scheduler import PeriodicTask, Scheduler


def scheduled(*tasks):
    """A scheduler of tasks, each a name, a period and a coroutine function."""
    return Scheduler([PeriodicTask(*task) for task in tasks])


def test_each_task_runs_at_once_and_again_while_another_hangs():
    ran, hangs = asyncio.Event(), asyncio.Event()
    times = []

    async def quick():
        times.append(asyncio.get_running_loop().time())
        if len(times) == 4:
            ran.set()

    async def slow():
        hangs.set()
        await asyncio.Event().wait()

    async def go():
        scheduler = scheduled(("quick", 0.02, quick), ("slow", 0.01, slow))
        scheduler.start()
        await asyncio.wait_for(asyncio.gather(ran.wait(), hangs.wait()), 30)
        await asyncio.wait_for(scheduler.stop(), 30)
        count = len(times)
        await asyncio.sleep(0.1)
        return count

    assert run_by_itself(go()) == len(times)
    # Never sooner than its period, however late one was.
    assert times[3] - times[0] >= 0.04


def test_a_task_that_fails_goes_on_and_is_logged_once_until_it_works(caplog):
    done = asyncio.Event()
    runs = []

    async def fails_thrice():
        runs.append(1)
        if len(runs) <= 3:
            raise OSError(28, "disk full")
        done.set()

    async def go():
        scheduler = scheduled(("write", 0.001, fails_thrice))
        scheduler.start()
        await asyncio.wait_for(done.wait(), 30)
        await asyncio.sleep(0)
        await scheduler.stop()

    run_by_itself(go())
    told = [(record.levelname, record.getMessage()) for record in caplog.records]
    assert told == [
        ("ERROR", "Periodic task failed: write"),
        ("WARNING", "Periodic task works again after 3 failures: write"),
    ]


def test_a_stopped_scheduler_leaves_no_task():
    async def nothing():
        await asyncio.sleep(0)

    async def go():
        scheduler = scheduled(("a", 10.0, nothing), ("b", 10.0, nothing))
        scheduler.start()
        await asyncio.sleep(0)
        await scheduler.stop()
        return asyncio.all_tasks() - {asyncio.current_task()}

    assert run_by_itself(go()) == set()
