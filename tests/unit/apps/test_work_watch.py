"""A kernel that is at one message for too long ends; one that only waits its turn on a busy laptop does not."""

from types import SimpleNamespace

import pytest

from umkm_apps.page_sessions import work_watch
from umkm_apps.page_sessions.work_watch import WorkWatch


class Kernel:
    """A page's kernel, at one message since a moment, with the processor time it has used."""

    def __init__(self, monkeypatch):
        self.used = 100.0  # what it used before counts for nothing
        self.traffic = SimpleNamespace(at_work_since=None)
        self.watch = WorkWatch()
        monkeypatch.setattr(work_watch, "cpu_seconds", lambda kernel: kernel.used)

    def is_overdue(self, now):
        return self.watch.is_overdue(self, self, now)


@pytest.fixture
def kernel(monkeypatch):
    return Kernel(monkeypatch)


# Docs: 30 s of one message with the processor in use for half of them; 180 s in any case.
@pytest.mark.parametrize(
    ("seconds", "used", "overdue"),
    [(29, 29, False), (31, 16, True), (31, 14, False), (179, 14, False), (181, 0, True)],
)
def test_what_it_used_and_how_long_it_took_decide(kernel, seconds, used, overdue):
    kernel.traffic.at_work_since = 50.0
    assert not kernel.is_overdue(50.5)
    kernel.used += used
    assert kernel.is_overdue(50.0 + seconds) is overdue


def test_each_message_is_counted_by_itself(kernel):
    kernel.traffic.at_work_since = 0.0
    assert not kernel.is_overdue(0.0)
    kernel.used += 20
    kernel.traffic.at_work_since = 25.0  # a new one, after 25 s of honest work
    assert not kernel.is_overdue(25.5)
    kernel.used += 5
    assert not kernel.is_overdue(56.0)


def test_a_kernel_that_rests_is_never_overdue(kernel):
    kernel.traffic.at_work_since = 0.0
    assert not kernel.is_overdue(0.0)
    kernel.traffic.at_work_since = None
    assert not kernel.is_overdue(500.0)
    kernel.watch.forget(kernel)


def test_a_kernel_that_has_ended_used_nothing():
    assert work_watch.cpu_seconds(SimpleNamespace(provisioner=SimpleNamespace(pid=None))) == 0
    assert work_watch.cpu_seconds(SimpleNamespace(provisioner=None)) == 0
