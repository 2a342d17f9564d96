"""The loop of a template: fork on request, report exit codes."""

from __future__ import annotations

import os
import select
import signal
import socket
import sys

from umkm_kernels import child, protocol


class Forks:
    """Forks a child for each request and reports each child's exit code."""

    def __init__(
        self, control: socket.socket, argv: list[str], imported: dict[str, str | None]
    ) -> None:
        self._control = control
        self._reader = protocol.Decoder()
        self._queue: list[tuple[protocol.Message, list[int]]] = []
        self._argv = argv
        self._imported = imported
        self._wake, wake = os.pipe2(os.O_CLOEXEC | os.O_NONBLOCK)
        self._alarm = wake

    def run(self) -> None:
        """Serve until the broker has ended."""
        signal.signal(signal.SIGCHLD, lambda *_: None)
        # Ctrl-C in the server's terminal is handled by the server.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.set_wakeup_fd(self._alarm)
        poller = select.poll()
        poller.register(self._control, select.POLLIN)
        poller.register(self._wake, select.POLLIN)
        try:
            while True:
                ready = {fd for fd, _ in poller.poll()}
                if self._wake in ready:
                    os.read(self._wake, 4096)
                    self._report_ended()
                if self._control.fileno() in ready:
                    self._queue = self._reader.read(self._control)
                    while self._queue:
                        self._fork(*self._queue.pop(0))
        except ConnectionError:
            return

    def _fork(self, request: protocol.Message, fds: list[int]) -> None:
        end = socket.socket(fileno=fds[0])
        # Otherwise each child would write what is buffered here.
        sys.stdout.flush()
        sys.stderr.flush()
        try:
            pid = os.fork()
        except OSError as error:
            # The broker sees the socket closed; after a few of these kernels are spawned instead.
            print(f"umkm_kernels: cannot fork: {error}", file=sys.stderr)
            pid = -1
        if pid == 0:
            self._close_inherited()
            child.run_child(end, self._argv if request["warm"] else None, self._imported)
        end.close()

    def _close_inherited(self) -> None:
        """Close in a child the descriptors of the template and of later children."""
        signal.set_wakeup_fd(-1)
        self._control.close()
        self._reader.close()
        for fd in (self._wake, self._alarm, *(fd for _, fds in self._queue for fd in fds)):
            os.close(fd)

    def _report_ended(self) -> None:
        while True:
            try:
                # Reported before it is reaped: if this process is killed in between, the broker
                # inherits the zombie and gets its exit code from the operating system.
                ended = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
            except ChildProcessError:
                return
            if ended is None:
                return
            code = ended.si_status if ended.si_code == os.CLD_EXITED else -ended.si_status
            protocol.send(self._control, {"ended": ended.si_pid, "code": code})
            os.waitpid(ended.si_pid, 0)
