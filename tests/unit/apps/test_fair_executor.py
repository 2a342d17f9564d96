"""The line before slow work is short, and nobody fills it alone."""

import asyncio
import os
import threading

import pytest
from tests.unit.apps.coroutines import run_by_itself

from umkm_apps.web.fair_executor import FairExecutor, QueueFull


def made() -> FairExecutor:
    return FairExecutor("uji", workers=2, most=40, most_of_one=20)


async def fill(line: FairExecutor, addresses: list[str], gate: threading.Event) -> list[object]:
    """Send a job from each address at once, opening the gate when all that may wait do."""
    jobs = [asyncio.create_task(line.run(address, gate.wait, 30)) for address in addresses]
    await asyncio.sleep(0)
    gate.set()
    return await asyncio.gather(*jobs, return_exceptions=True)


def refused(outcomes: list[object]) -> int:
    return sum(isinstance(outcome, QueueFull) for outcome in outcomes)


def test_one_address_has_half_of_the_line() -> None:
    outcomes = run_by_itself(fill(made(), ["a"] * 30 + ["b"], threading.Event()))
    assert refused(outcomes) == 30 - 20
    assert outcomes[-1] is True


def test_the_line_is_never_longer_than_forty() -> None:
    addresses = [f"{number}" for number in range(100)]
    outcomes = run_by_itself(fill(made(), addresses, threading.Event()))
    assert refused(outcomes) == 100 - 40


def test_a_place_is_free_again_after_a_job_that_failed() -> None:
    async def scenario() -> None:
        line = FairExecutor("uji", workers=1, most=1, most_of_one=1)
        for _ in range(3):
            with pytest.raises(ValueError, match="invalid literal"):
                await line.run("a", int, "x")
        assert await line.run("a", int, "7") == 7

    run_by_itself(scenario())


def test_threads_that_hash_give_way_to_those_that_take_answers() -> None:
    def priority() -> int:
        return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    # 10 by itself, and not in addition to what this run was started with.
    assert run_by_itself(made().run("a", priority)) == max(10, priority())
