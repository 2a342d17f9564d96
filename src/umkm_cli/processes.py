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

#: A server that ends more often than this within this time is started again only after a pause: a class
#: goes on with one that fails now and then, and a laptop is not kept busy by one that never stands.
MOST_RESTARTS = 3
PATIENCE_SECONDS = 120.0
PAUSE_SECONDS = 10.0
#: A server that runs and answers nothing for so long hangs: it is ended and started again.
SILENT_SECONDS = 30.0
#: How long a start may take on a slow laptop.
START_SECONDS = 90.0
#: Seconds between two questions to a server, and how long one answer may take.
ASK_EVERY = 5.0
ANSWER_SECONDS = 10.0
#: <linux/prctl.h>
PR_SET_PDEATHSIG = 1


@dataclass(frozen=True)
class Launch:
    """How a server is started: its name for people, its command, its log and what it is told.

    `url` is an address at which it answers anybody at once, without its database.
    """

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    log: Path
    url: str = ""


class Server:
    """One child process that is meant to run for as long as the class is open."""

    def __init__(self, launch: Launch) -> None:
        self.launch = launch
        self.starts: list[float] = []
        self.answered_at: float | None = None
        self.process = self._start()
        self._closing = threading.Event()
        if launch.url:
            threading.Thread(target=self._keep_asking, name="detak", daemon=True).start()

    def is_running(self) -> bool:
        """Whether it has not ended."""
        return self.process.poll() is None

    def look_after(self) -> str:
        """Start it again where it has ended or hangs; gives what to tell the trainer, "" when all is well."""
        if not self.is_running():
            return self.revive()
        now = time.monotonic()
        if not self.launch.url:
            return ""
        if self.answered_at is not None:
            silent, limit, what = now - self.answered_at, SILENT_SECONDS, "tidak"
        else:
            silent, limit, what = now - self.starts[-1], START_SECONDS, "belum"
        if silent <= limit:
            return ""
        end_family([self.process])
        self.revive()
        return (
            f"{self.launch.name} {what} menjawab selama {limit:.0f} detik, dinyalakan lagi. "
            f"Catatannya ada di {self.launch.log}."
        )

    def close(self) -> None:
        """Ask it nothing any more."""
        self._closing.set()

    def _keep_asking(self) -> None:
        while not self._closing.wait(ASK_EVERY):
            process = self.process
            if answers(self.launch.url, ANSWER_SECONDS) and process is self.process:
                self.answered_at = time.monotonic()

    def revive(self) -> str:
        """Start it again after it ended by itself; gives what to tell the trainer, "" while it pauses."""
        now = time.monotonic()
        self.starts = [at for at in self.starts if now - at < PATIENCE_SECONDS]
        keeps_ending = len(self.starts) > MOST_RESTARTS
        if keeps_ending and now - self.starts[-1] < PAUSE_SECONDS:
            return ""
        why = why_it_ended(self.process.returncode)
        self.process = self._start()
        if keeps_ending:
            return (
                f"{self.launch.name} berhenti berulang kali, dicoba lagi. "
                f"Catatannya ada di {self.launch.log}."
            )
        return f"{self.launch.name} berhenti sendiri{why}, dinyalakan lagi."

    def _start(self) -> subprocess.Popen[bytes]:
        self.starts.append(time.monotonic())
        self.answered_at = None
        self.launch.log.parent.mkdir(parents=True, exist_ok=True)
        _put_aside_large(self.launch.log)
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


def _put_aside_large(log: Path) -> None:
    """Keep a log that has grown large as the one before: a laptop's disk is the answers' too.

    JupyterLab, which only the trainer reaches, does not look after its own.
    """
    with suppress(OSError):
        if log.stat().st_size > LARGEST:
            log.replace(log.with_name(f"{log.name}.1"))


def why_it_ended(code: int | None) -> str:
    """Return what a process's exit code tells a trainer, in brackets; "" where it tells nothing."""
    if code == -signal.SIGKILL:
        # What Linux does to the largest process when no memory is left.
        return " (dihentikan paksa, mungkin memori laptop habis)"
    if code is not None and code < 0 and code != -signal.SIGTERM:
        return " (program rusak)"
    return ""


def _end_with_parent() -> None:
    """Ask Linux to end this child when we are killed: leftovers would keep the ports."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def answers(url: str, seconds: float) -> bool:
    """Whether a server answers at an address within so many seconds, be it with a refusal."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=seconds):
            return True
    except urllib.error.HTTPError:
        return True
    except (OSError, http.client.HTTPException):
        return False


def wait_until_up(server: Server, seconds: float = START_SECONDS) -> None:
    """Return once the server answers.

    Raises:
        CliError: it ended, or did not answer in time.
    """
    deadline = time.monotonic() + seconds
    where = f"Catatannya ada di {server.launch.log}."
    while time.monotonic() < deadline:
        if not server.is_running():
            raise CliError(f"{server.launch.name} berhenti waktu dinyalakan. {where}")
        if answers(server.launch.url, 2):
            server.answered_at = time.monotonic()
            return
        time.sleep(0.1)
    raise CliError(
        f"{server.launch.name} belum menjawab setelah {seconds:.0f} detik. "
        f"Tutup program lain yang berat, lalu ulangi. {where}"
    )


def end_family(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    """End processes and all they started, at once, also those that hang or are stopped."""
    family = []
    for process in processes:
        try:
            first = psutil.Process(process.pid)
            family += [*first.children(recursive=True), first]
        except psutil.NoSuchProcess:
            continue
    for each in family:
        try:
            each.kill()
        except psutil.NoSuchProcess:
            continue
    for process in processes:
        process.wait()


def stop_servers(servers: Sequence[Server], seconds: float = 10) -> None:
    """Ask each server to end, wait, and end what remains, kernels included."""
    family: list[psutil.Process] = []
    for server in servers:
        server.close()
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
