"""A server process as its balancer sees it: started, asked, fed with connections, restarted."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Final

from umkm_apps.runtime.settings import CHANNEL

from .channel import Channel, Message, make_channel
from .status_reports import StatusReport, report_from_json

COMMAND: Final = (sys.executable, "-m", "umkm_apps.server.worker")
#: A process that ended more than MOST_RESTARTS times within RESTART_WINDOW seconds is started again only
#: after RESTART_PAUSE, as `umkm workshop` does with its servers.
MOST_RESTARTS: Final = 3
RESTART_WINDOW: Final = 120.0
RESTART_PAUSE: Final = 10.0
#: Seconds without an answer after which a process counts as hung, and those that a start may take.
HANG_SECONDS: Final = 30.0
START_SECONDS: Final = 90.0
#: Seconds without an answer after which whoever has no page there is sent to another one.
LATE_SECONDS: Final = 5.0
#: Seconds that one health check waits for its answer.
CHECK_TIMEOUT: Final = 10.0
#: The health check: of no login, and from no address.
_CHECK: Final = b"GET /sehat HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
_NOWHERE: Final = ("", 0)

_log = logging.getLogger(__name__)


class WorkerProcess:
    """One server process, and its end of the channel.

    Args:
        number: its place among the processes, from 0.
        taken_back: called with a connection that the process gives back.
        changed: called when it begins to serve, and when it no longer does.
    """

    def __init__(
        self,
        number: int,
        taken_back: Callable[[Message], None],
        changed: Callable[[WorkerProcess], None],
    ) -> None:
        self.number = number
        self._taken_back, self._changed = taken_back, changed
        self._starts: list[float] = []
        self._process: subprocess.Popen[bytes] | None = None
        self._channel: Channel | None = None
        self._answered_at: float | None = None
        self._is_checking = False
        self.is_serving = False
        #: Its last report.
        self.report: StatusReport | None = None
        #: What it has ended with, the last time.
        self.exit_code: int | None = None

    @property
    def pid(self) -> int | None:
        """The process id, if it runs."""
        return self._process.pid if self._process is not None else None

    @property
    def is_late(self) -> bool:
        """Whether it has not answered for a while."""
        at = self._answered_at
        return at is None or time.monotonic() - at > LATE_SECONDS

    def start(self) -> None:
        """Start the process; it serves as soon as it answers the first health check."""
        ours, theirs = make_channel()
        self._starts.append(time.monotonic())
        with theirs:
            self._process = subprocess.Popen(
                COMMAND,
                env={**os.environ, CHANNEL: str(theirs.fileno())},
                # Its end tells the process that this one has ended.
                stdin=subprocess.PIPE,
                pass_fds=[theirs.fileno()],
                # Ctrl-C reaches this process alone, which ends the others.
                start_new_session=True,
            )
        self._channel = Channel(ours, self._receive, self._lose)
        self._answered_at = None

    def send(self, message: Message) -> bool:
        """Send the process a message; return whether it will arrive."""
        return self._channel is not None and self._channel.send(message)

    async def check_health(self) -> None:
        """Ask the process whether it is well; the first answer says that it serves from now on."""
        process = self._process
        if process is None or self._is_checking:
            return
        # The first one waits in the channel for as long as the process takes to start.
        patience = CHECK_TIMEOUT if self.is_serving else START_SECONDS
        self._is_checking = True
        try:
            async with asyncio.timeout(patience):
                is_well = await self._ask()
        except (OSError, TimeoutError):
            is_well = False
        finally:
            self._is_checking = False
        if is_well and process is self._process:
            self._answered_at = time.monotonic()
            if not self.is_serving:
                self.is_serving = True
                self._changed(self)

    async def _ask(self) -> bool:
        ours, theirs = socket.socketpair()
        reader, writer = await asyncio.open_connection(sock=ours)
        try:
            asked = Message("connection", {"address": _NOWHERE, "login": None}, b"", theirs)
            if not self.send(asked):
                theirs.close()
                return False
            writer.write(_CHECK)
            return b" 200 " in await reader.readline()
        finally:
            writer.close()

    def look_after(self) -> None:
        """Start the process again when it has ended, and end it when it hangs."""
        if self._process is None:
            if self._may_restart():
                self.start()
            return
        if (code := self._process.poll()) is not None:
            self.exit_code = code
            _log.warning("Process %s ended with code %s", self.number, code)
            self._lose()
            if self._process.stdin is not None:
                self._process.stdin.close()
            self._process = None
        elif self._is_hung():
            _log.warning("Process %s does not answer, and is killed", self.number)
            self._process.kill()

    def _is_hung(self) -> bool:
        now = time.monotonic()
        if self._answered_at is not None:
            return now - self._answered_at > HANG_SECONDS
        return now - self._starts[-1] > START_SECONDS

    def _may_restart(self) -> bool:
        now = time.monotonic()
        self._starts = [at for at in self._starts if now - at < RESTART_WINDOW]
        return len(self._starts) <= MOST_RESTARTS or now - self._starts[-1] > RESTART_PAUSE

    def terminate(self, how: signal.Signals = signal.SIGTERM) -> None:
        """Send the process a signal to end, if it runs."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(how)

    def has_ended(self) -> bool:
        """Return whether the process does not run."""
        return self._process is None or self._process.poll() is not None

    def _receive(self, message: Message) -> None:
        if message.kind == "report":
            self.report = report_from_json(message.fields)
        elif message.connection is not None:
            self._taken_back(message)

    def _lose(self) -> None:
        """Close the channel of a process that has ended, and send elsewhere what waited for it."""
        channel, self._channel = self._channel, None
        unsent = channel.close() if channel is not None else []
        self.report = None
        if self.is_serving:
            self.is_serving = False
            self._changed(self)
        for message in unsent:
            if message.connection is not None:
                self._taken_back(message)
