"""A server that ended by itself comes back, and one that keeps ending does so with pauses."""

import sys

import pytest

from umkm_cli import processes
from umkm_cli.processes import MOST_RESTARTS, PATIENCE_SECONDS, PAUSE_SECONDS, Launch, Server


@pytest.fixture
def clock(monkeypatch):
    """Seconds that go by when a test says so."""
    now = [1000.0]
    monkeypatch.setattr(processes.time, "monotonic", lambda: now[0])
    return now


@pytest.fixture
def server(tmp_path, clock):
    launch = Launch("Halaman peserta", [sys.executable, "-c", ""], {}, tmp_path / "log" / "s.log")
    started = Server(launch)
    yield started
    started.process.wait(30)


def test_a_server_that_keeps_ending_is_tried_again_with_pauses(server, clock):
    for _ in range(MOST_RESTARTS):
        server.process.wait(30)
        assert server.revive() == "Halaman peserta berhenti sendiri, dinyalakan lagi."
    before = server.process
    assert server.revive() == ""
    assert server.process is before
    clock[0] += PAUSE_SECONDS
    told = server.revive()
    assert "berhenti berulang kali, dicoba lagi" in told
    assert "s.log" in told
    assert server.process is not before
    # Once it has stood for a while, it comes back at once again.
    clock[0] += PATIENCE_SECONDS
    assert server.revive() == "Halaman peserta berhenti sendiri, dinyalakan lagi."
