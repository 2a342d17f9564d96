"""Starts, watches and stops a workshop's servers; ours, as honcho ends all where one ends.

A child ends with its parent however that ends (PR_SET_PDEATHSIG), and one that hangs is killed.
"""

from __future__ import annotations

import ctypes
import http.client
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from umkm_apps.runtime.log_limits import LARGEST

from .errors import CliError

#: A server that ended more than MOST_RESTARTS times within RESTART_WINDOW seconds is restarted only after
#: RESTART_PAUSE: one that fails now and then is back at once, one that always fails does not use up the laptop.
MOST_RESTARTS = 3
RESTART_WINDOW = 120.0
RESTART_PAUSE = 10.0
#: Seconds without a response after which a running server counts as hung, and is restarted.
HANG_SECONDS = 30.0
#: Seconds that a start may take on a slow laptop.
START_SECONDS = 90.0
#: Seconds between two health checks of a server, and the timeout of one.
POLL_EVERY = 5.0
POLL_TIMEOUT = 10.0
#: <linux/prctl.h>
PR_SET_PDEATHSIG = 1


@dataclass(frozen=True)
class Launch:
    """How a server is started: its displayed name, its command, its environment, its log.

    `url` is its health check, which needs no login and no database.
    """

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    log: Path
    url: str = ""


class Server:
    """A child process that is restarted while the class is open."""

    def __init__(self, launch: Launch) -> None:
        self.launch = launch
        self.starts: list[float] = []
        self.responded_at: float | None = None
        self.process = self._start()
        self._closing = threading.Event()
        if launch.url:
            threading.Thread(target=self._poll, name="health-check", daemon=True).start()

    def is_running(self) -> bool:
        """Return whether the process runs."""
        return self.process.poll() is None

    def check(self) -> str:
        """Restart a server that has ended or hangs; return what to print, "" if nothing was done."""
        if not self.is_running():
            return self.restart()
        now = time.monotonic()
        if not self.launch.url:
            return ""
        if self.responded_at is not None:
            silent, limit, word = now - self.responded_at, HANG_SECONDS, "tidak"
        else:
            silent, limit, word = now - self.starts[-1], START_SECONDS, "belum"
        if silent <= limit:
            return ""
        kill_trees([self.process])
        self.restart()
        return (
            f"{self.launch.name} {word} menjawab selama {limit:.0f} detik, dinyalakan lagi. "
            f"Catatannya ada di {self.launch.log}."
        )

    def close(self) -> None:
        """Stop the health checks."""
        self._closing.set()

    def _poll(self) -> None:
        while not self._closing.wait(POLL_EVERY):
            process = self.process
            if responds(self.launch.url, POLL_TIMEOUT) and process is self.process:
                self.responded_at = time.monotonic()

    def restart(self) -> str:
        """Start a server that has ended again; return what to print, "" during the pause."""
        now = time.monotonic()
        self.starts = [at for at in self.starts if now - at < RESTART_WINDOW]
        keeps_ending = len(self.starts) > MOST_RESTARTS
        if keeps_ending and now - self.starts[-1] < RESTART_PAUSE:
            return ""
        reason = exit_reason(self.process.returncode)
        self.process = self._start()
        if keeps_ending:
            return (
                f"{self.launch.name} berhenti berulang kali, dicoba lagi. "
                f"Catatannya ada di {self.launch.log}."
            )
        return f"{self.launch.name} berhenti sendiri{reason}, dinyalakan lagi."

    def _start(self) -> subprocess.Popen[bytes]:
        self.starts.append(time.monotonic())
        self.responded_at = None
        self.launch.log.parent.mkdir(parents=True, exist_ok=True)
        _rotate_large(self.launch.log)
        with self.launch.log.open("ab") as output:
            return subprocess.Popen(
                self.launch.command,
                env={**os.environ, **self.launch.environment},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                # A session of its own: Ctrl-C reaches only this process, which stops the servers in order.
                start_new_session=True,
                # Safe after fork: a single libc call, which takes no lock of Python.
                preexec_fn=_end_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509
            )


def _rotate_large(log: Path) -> None:
    """Rename a large log to `<name>.1`, so that logs do not fill the disk that answers are stored on.

    JupyterLab does not rotate its own log.
    """
    with suppress(OSError):
        if log.stat().st_size > LARGEST:
            log.replace(log.with_name(f"{log.name}.1"))


def exit_reason(code: int | None) -> str:
    """Return the meaning of an exit code for the trainer, in brackets; "" where it has none."""
    if code == -signal.SIGKILL:
        # Linux kills the largest process when memory is exhausted.
        return " (dihentikan paksa, mungkin memori laptop habis)"
    if code is not None and code < 0 and code != -signal.SIGTERM:
        return " (program rusak)"
    return ""


def _end_with_parent() -> None:
    """Set the signal that Linux sends this child when its parent dies, so that no port stays in use."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def responds(url: str, seconds: float) -> bool:
    """Return whether a server sends a response within so many seconds, whatever its HTTP status."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=seconds):
            return True
    except urllib.error.HTTPError:
        return True
    except (OSError, http.client.HTTPException):
        return False


def wait_until_up(server: Server, seconds: float = START_SECONDS) -> None:
    """Wait until the server responds.

    Raises:
        CliError: the server ended, or did not respond in time.
    """
    deadline = time.monotonic() + seconds
    where = f"Catatannya ada di {server.launch.log}."
    while time.monotonic() < deadline:
        if not server.is_running():
            raise CliError(f"{server.launch.name} berhenti waktu dinyalakan. {where}")
        if responds(server.launch.url, 2):
            server.responded_at = time.monotonic()
            return
        time.sleep(0.1)
    raise CliError(
        f"{server.launch.name} belum menjawab setelah {seconds:.0f} detik. "
        f"Tutup program lain yang berat, lalu ulangi. {where}"
    )


def kill_trees(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    """Kill processes and their descendants with SIGKILL, which also ends stopped ones."""
    trees = []
    for process in processes:
        try:
            first = psutil.Process(process.pid)
            trees += [*first.children(recursive=True), first]
        except psutil.NoSuchProcess:
            continue
    for each in trees:
        try:
            each.kill()
        except psutil.NoSuchProcess:
            continue
    for process in processes:
        process.wait()


def stop_servers(servers: Sequence[Server], seconds: float = 10) -> None:
    """Stop each server with SIGTERM, wait, and kill what remains, kernels included."""
    trees: list[psutil.Process] = []
    for server in servers:
        server.close()
        try:
            process = psutil.Process(server.process.pid)
            trees += [process, *process.children(recursive=True)]
        except psutil.NoSuchProcess:
            continue
    for server in servers:
        if server.is_running():
            os.kill(server.process.pid, signal.SIGTERM)
    deadline = time.monotonic() + seconds
    for server in servers:
        try:
            server.process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            server.process.kill()
            server.process.wait()
    _, alive = psutil.wait_procs(trees, timeout=2)
    for process in alive:
        try:
            process.kill()
        except psutil.NoSuchProcess:
            continue
