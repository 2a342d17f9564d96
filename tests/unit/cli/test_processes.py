"""A server that ends is restarted, with pauses if it keeps ending."""

import signal
import socket
import sys
import time

import pytest
from tests.support.patience import PATIENCE

from umkm_cli import processes
from umkm_cli.errors import CliError
from umkm_cli.processes import (
    MOST_RESTARTS,
    RESTART_PAUSE,
    RESTART_WINDOW,
    Launch,
    Server,
    stop_servers,
    wait_until_up,
)

pytestmark = pytest.mark.slow


@pytest.fixture
def clock(monkeypatch):
    """A monotonic clock that a test moves."""
    now = [1000.0]
    monkeypatch.setattr(processes.time, "monotonic", lambda: now[0])
    return now


@pytest.fixture
def server(tmp_path, clock):
    launch = Launch("Halaman peserta", [sys.executable, "-c", ""], {}, tmp_path / "log" / "s.log")
    started = Server(launch)
    yield started
    started.process.wait(PATIENCE)


def test_a_server_that_keeps_ending_is_tried_again_with_pauses(server, clock):
    for _ in range(MOST_RESTARTS):
        server.process.wait(PATIENCE)
        assert server.restart() == "Halaman peserta berhenti sendiri, dinyalakan lagi."
    before = server.process
    assert server.restart() == ""
    assert server.process is before
    clock[0] += RESTART_PAUSE
    message = server.restart()
    assert "berhenti berulang kali, dicoba lagi" in message
    assert "s.log" in message
    assert server.process is not before
    # Once it has stood for a while, it comes back at once again.
    clock[0] += RESTART_WINDOW
    assert server.restart() == "Halaman peserta berhenti sendiri, dinyalakan lagi."


def test_a_large_log_is_put_aside_at_the_start(tmp_path):
    log = tmp_path / "jupyterlab.log"
    log.write_bytes(b"lama\n" * 1_200_000)  # 6 MB
    launch = Launch("JupyterLab", [sys.executable, "-c", "print('baru')"], {}, log)
    assert Server(launch).process.wait(PATIENCE) == 0
    assert log.read_text() == "baru\n"
    assert log.with_name("jupyterlab.log.1").stat().st_size == 6_000_000
    assert Server(launch).process.wait(PATIENCE) == 0
    assert log.read_text() == "baru\nbaru\n"


SILENT = """
import http.server, sys
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"hidup")
    def log_message(self, *words):
        pass
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
"""


@pytest.fixture
def small_server(tmp_path, monkeypatch):
    """A real server on its own port, polled often."""
    monkeypatch.setattr(processes, "POLL_EVERY", 0.1)
    monkeypatch.setattr(processes, "POLL_TIMEOUT", 0.5)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-c", SILENT, str(port)]
    url = f"http://127.0.0.1:{port}/sehat"
    started = Server(Launch("Halaman peserta", command, {}, tmp_path / "s.log", url))
    yield started
    stop_servers([started])


def message_of(server):
    """Return the first message for the trainer."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if message := server.check():
            return message
        time.sleep(0.05)
    raise AssertionError("no message")


def test_a_server_that_hangs_is_ended_and_stands_again(small_server, monkeypatch):
    monkeypatch.setattr(processes, "HANG_SECONDS", 2.0)
    wait_until_up(small_server)
    assert small_server.check() == ""
    hanging = small_server.process
    hanging.send_signal(
        signal.SIGSTOP
    )  # as one does that waits for ever: it lives and answers nothing
    assert message_of(small_server).startswith("Halaman peserta tidak menjawab selama 2 detik")
    assert hanging.poll() is not None
    wait_until_up(small_server)
    assert small_server.process is not hanging
    assert small_server.check() == ""


def test_a_start_that_takes_for_ever_is_reported_and_tried_again(tmp_path, monkeypatch):
    monkeypatch.setattr(processes, "START_SECONDS", 1.0)
    url = "http://127.0.0.1:9/"  # nobody listens there
    launch = Launch("JupyterLab", ["sleep", "1000"], {}, tmp_path / "lab.log", url)
    server = Server(launch)
    try:
        with pytest.raises(CliError, match="JupyterLab belum menjawab setelah 1 detik"):
            wait_until_up(server, 1)
        first = server.process
        assert "JupyterLab belum menjawab selama 1 detik" in message_of(server)
        assert first.poll() is not None
        assert server.is_running()
    finally:
        stop_servers([server])


def test_one_that_ends_while_it_starts_is_reported_at_once(tmp_path):
    launch = Launch("JupyterLab", ["false"], {}, tmp_path / "lab.log", "http://127.0.0.1:9/")
    with pytest.raises(CliError, match="berhenti waktu dinyalakan"):
        wait_until_up(Server(launch), 60)


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "mungkin memori laptop habis"),
        ("import os; os.abort()", "program rusak"),
    ],
)
def test_the_reason_of_an_exit_is_printed_where_it_is_known(tmp_path, code, message):
    server = Server(Launch("Halaman peserta", [sys.executable, "-c", code], {}, tmp_path / "s.log"))
    server.process.wait(60)
    assert message in server.restart()
    server.process.wait(60)
