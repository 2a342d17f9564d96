"""The servers of a workshop as child processes: started, watched, and stopped without a trace."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from .errors import CliError

#: A server that ends more often than this within this time is started again only after a pause: a class
#: goes on with one that fails now and then, and a laptop is not kept busy by one that never stands.
MOST_RESTARTS = 3
PATIENCE_SECONDS = 120.0
PAUSE_SECONDS = 10.0
#: <linux/prctl.h>
PR_SET_PDEATHSIG = 1


@dataclass(frozen=True)
class Launch:
    """How a server is started: its name for people, its command, its log and what it is told."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    log: Path


class Server:
    """One child process that is meant to run for as long as the class is open."""

    def __init__(self, launch: Launch) -> None:
        self.launch = launch
        self.starts: list[float] = []
        self.process = self._start()

    def is_running(self) -> bool:
        """Whether it has not ended."""
        return self.process.poll() is None

    def revive(self) -> str:
        """Start it again after it ended by itself; gives what to tell the trainer, "" while it pauses."""
        now = time.monotonic()
        self.starts = [at for at in self.starts if now - at < PATIENCE_SECONDS]
        keeps_ending = len(self.starts) > MOST_RESTARTS
        if keeps_ending and now - self.starts[-1] < PAUSE_SECONDS:
            return ""
        self.process = self._start()
        if keeps_ending:
            return (
                f"{self.launch.name} berhenti berulang kali, dicoba lagi. "
                f"Catatannya ada di {self.launch.log}."
            )
        return f"{self.launch.name} berhenti sendiri, dinyalakan lagi."

    def _start(self) -> subprocess.Popen[bytes]:
        self.starts.append(time.monotonic())
        self.launch.log.parent.mkdir(parents=True, exist_ok=True)
        with self.launch.log.open("ab") as output:
            return subprocess.Popen(
                self.launch.command,
                env={**os.environ, **self.launch.environment},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                # A session of its own: Ctrl-C reaches only us, and we stop the servers in order.
                start_new_session=True,
                # One call of libc, which takes no lock of Python's.
                preexec_fn=_end_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509
            )


def _end_with_parent() -> None:
    """Ask Linux to end this child when we are killed: leftovers would keep the ports."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def wait_until_up(server: Server, url: str, seconds: float = 90) -> None:
    """Return once the server answers at an address.

    Raises:
        CliError: it ended, or did not answer in time.
    """
    deadline = time.monotonic() + seconds
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while time.monotonic() < deadline:
        if not server.is_running():
            break
        try:
            with opener.open(url, timeout=2):
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    raise CliError(
        f"{server.launch.name} tidak mau menyala. Catatannya ada di {server.launch.log}."
    )


def stop_servers(servers: Sequence[Server], seconds: float = 10) -> None:
    """Ask each server to end, wait, and end what remains, kernels included."""
    family: list[psutil.Process] = []
    for server in servers:
        try:
            process = psutil.Process(server.process.pid)
            family += [process, *process.children(recursive=True)]
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
    _, alive = psutil.wait_procs(family, timeout=2)
    for process in alive:
        try:
            process.kill()
        except psutil.NoSuchProcess:
            continue
