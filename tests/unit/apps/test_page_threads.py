"""Threads in which in-process pages work."""

import subprocess
import sys
import time
from threading import Event, get_ident

import pytest
from tests.support.patience import PATIENCE, wait_until
from tests.unit.apps.coroutines import run_by_itself

from umkm_apps.runtime.page_threads import OverBudget, PageQueue, PageThreads


@pytest.fixture
def pool():
    pools = []

    def make(workers=2, budget=5.0):
        pools.append(PageThreads("test", workers, budget))
        return pools[-1]

    yield make
    for each in pools:
        each.close()


def test_a_page_does_one_thing_at_a_time_in_order(pool):
    queue, at_work, done = PageQueue(pool(4)), [], []

    def job(number):
        at_work.append(number)
        assert at_work == [number]
        time.sleep(0.001)
        at_work.remove(number)
        done.append(number)

    for number in range(50):
        queue.put(lambda number=number: job(number))
    wait_until(lambda: len(done) == 50)
    assert done == list(range(50))


def test_pages_take_turns(pool):
    threads = pool(workers=1)
    first, second, done, go = PageQueue(threads), PageQueue(threads), [], Event()
    first.put(lambda: go.wait(PATIENCE))
    for number in range(3):
        first.put(lambda number=number: done.append(("first", number)))
    second.put(lambda: done.append(("second", 0)))
    go.set()
    wait_until(lambda: len(done) == 4)
    assert done.index(("second", 0)) == 0


def test_a_page_that_hangs_holds_up_no_other(pool):
    threads, go, done = pool(workers=2), Event(), []
    PageQueue(threads).put(lambda: go.wait(PATIENCE))
    PageQueue(threads).put(lambda: done.append(1))
    wait_until(lambda: done)
    go.set()


def test_an_error_ends_its_job_and_is_logged(pool, caplog):
    queue, done = PageQueue(pool()), []
    queue.put(lambda: 1 // 0)
    queue.put(lambda: done.append(1))
    wait_until(lambda: done)
    assert "ZeroDivisionError" in caplog.text


def spin(until):
    while not until():
        pass


def test_work_over_its_budget_is_interrupted(pool, caplog):
    threads = pool(workers=1, budget=0.05)
    queue, done = PageQueue(threads), []
    queue.put(lambda: spin(lambda: False))
    queue.put(lambda: done.append(1))
    end = time.monotonic() + PATIENCE
    while not done:
        threads.interrupt_overdue()
        assert time.monotonic() < end
        time.sleep(0.01)
    assert "over its budget" in caplog.text


def test_waiting_costs_no_budget(pool):
    threads = pool(workers=1, budget=0.05)
    queue, go, done = PageQueue(threads), Event(), []
    queue.put(lambda: done.append(go.wait(PATIENCE)))
    for _ in range(20):
        time.sleep(0.01)
        threads.interrupt_overdue()
    go.set()
    wait_until(lambda: done)
    assert done == [True]


def test_an_interrupt_never_reaches_the_next_job(pool, caplog):
    threads = pool(workers=1, budget=0.0)
    queue, done = PageQueue(threads), []

    def short():
        end = time.monotonic() + 0.008
        spin(lambda: time.monotonic() > end)

    def free():
        # Not a job of the queue: nothing may interrupt it.
        end = time.monotonic() + 0.008
        spin(lambda: time.monotonic() > end)
        done.append(get_ident())

    for number in range(40):
        # Some go on until they are interrupted, however rarely a busy machine comes to that.
        queue.put(short if number % 5 else lambda: spin(lambda: False))
        threads.submit(free)
    end = time.monotonic() + PATIENCE
    while len(done) < 40:
        threads.interrupt_overdue()
        assert time.monotonic() < end
    assert "over its budget" in caplog.text


def test_run_gives_the_value_and_the_error(pool):
    async def both():
        queue = PageQueue(pool())
        assert await queue.run(get_ident) != get_ident()
        with pytest.raises(ZeroDivisionError):
            await queue.run(lambda: 1 // 0)

    run_by_itself(both())


def test_over_budget_is_told_to_the_person():
    assert OverBudget().message == (
        "Ini terlalu banyak untuk dihitung sekaligus. Kurangi isinya, lalu coba lagi."
    )


def test_work_that_takes_the_interrupt_for_its_own_is_interrupted_again(pool):
    threads = pool(workers=1, budget=0.05)
    queue, done, taken = PageQueue(threads), [], []

    def stubborn():
        while len(taken) < 2:
            try:
                spin(lambda: False)
            except OverBudget:
                taken.append(1)

    queue.put(stubborn)
    queue.put(lambda: done.append(1))
    end = time.monotonic() + PATIENCE
    while not done:
        threads.interrupt_overdue()
        assert time.monotonic() < end
        time.sleep(0.01)
    assert len(taken) == 2


#: Two threads that are traced, in a process whose page threads have worked before.
TRACED = """
import sys, threading, time
from umkm_apps.runtime.page_threads import PageQueue, PageThreads

threads, done = PageThreads("test", 2, {budget}), threading.Event()
queue = PageQueue(threads)

def spin():
    while not done.is_set():
        pass

for job in {jobs}:
    queue.put(job)
while not done.is_set():
    threads.interrupt_overdue()
    time.sleep(0.01)

def work():
    sys.settrace(lambda *_: None)
    sum(number for number in range(100))

traced = [threading.Thread(target=work) for _ in range(2)]
for each in traced:
    each.start()
for each in traced:
    each.join()
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("budget", "jobs"), [(5, "(int, int, done.set)"), (0.05, "(spin, spin, done.set)")]
)
def test_no_interrupt_is_left_on_its_way(budget, jobs):
    """Python would look for it at each step of every thread."""
    program = TRACED.format(budget=budget, jobs=jobs)
    subprocess.run([sys.executable, "-c", program], check=True, timeout=PATIENCE)
