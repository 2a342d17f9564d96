"""A forked kernel on the server's side: the counterpart of `subprocess.Popen`."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
import subprocess
import time
from typing import IO

from umkm_kernels import protocol

# The exit code of a process whose real one cannot be known.
UNKNOWN_EXIT = 255
_POLL_INTERVAL = 0.02


class ForkedProcess:
    """A process forked by another process, with the part of Popen that Jupyter uses."""

    def __init__(
        self,
        args: list[str],
        pid: int,
        broker: socket.socket,
        stdout: IO[bytes] | None = None,
        stderr: IO[bytes] | None = None,
    ) -> None:
        self.args = args
        self.pid = pid
        self.returncode: int | None = None
        self.stdin: IO[bytes] | None = None
        self.stdout = stdout
        self.stderr = stderr
        self._broker: socket.socket | None = broker
        self._reader = protocol.Decoder()
        self._last_signal = 0
        self._pidfd: int | None = None
        if hasattr(os, "pidfd_open"):
            with contextlib.suppress(ProcessLookupError):
                self._pidfd = os.pidfd_open(pid)

    def poll(self) -> int | None:
        """Return the exit code as Popen gives it, None while the process runs."""
        if self.returncode is None and self._broker is not None:
            self._on_readable(self._broker)
        if self.returncode is None and self._broker is None and not self._runs():
            # Without the broker the code is unknown, unless this process sent the signal that ended it.
            self._end(-self._last_signal or UNKNOWN_EXIT)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Return the exit code once there is one.

        Raises:
            subprocess.TimeoutExpired: The process still runs.
        """
        deadline = None if timeout is None else time.monotonic() + timeout
        while (code := self.poll()) is None:
            if deadline is not None and time.monotonic() > deadline:
                raise subprocess.TimeoutExpired(self.args, timeout or 0)
            time.sleep(_POLL_INTERVAL)
        return code

    def send_signal(self, number: int) -> None:
        """Send a signal to the process, unless it has ended."""
        if self.poll() is None:
            self.note_signal(number)
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def note_signal(self, number: int) -> None:
        """Record a signal that will end the process, in case its exit code stays unknown."""
        if number in (signal.SIGKILL, signal.SIGTERM):
            self._last_signal = number

    def terminate(self) -> None:
        """Send SIGTERM to the process."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """Kill the process."""
        self.send_signal(signal.SIGKILL)

    def close(self) -> None:
        """Close the descriptors; a running process keeps running."""
        if self._broker is not None:
            self._broker.close()
            self._broker = None
        if self._pidfd is not None:
            os.close(self._pidfd)
            self._pidfd = None
        self._reader.close()

    def _on_readable(self, broker: socket.socket) -> None:
        try:
            for message, _ in self._reader.read(broker):
                self._end(message["ended"])
        except BlockingIOError:
            return
        except OSError:
            broker.close()
            self._broker = None

    def _runs(self) -> bool:
        if self._pidfd is None:
            return hasattr(os, "pidfd_open") is False and _exists(self.pid)
        poller = select.poll()
        poller.register(self._pidfd, select.POLLIN)
        return not poller.poll(0)

    def _end(self, code: int) -> None:
        self.returncode = code
        self.close()


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
