"""The broker: owns the socket, assigns requests to workers, reports exit codes of kernels.

It is a process apart from the template for three reasons. Requests contain environments and keys,
which must not be in memory that other kernels are forked from. Kernels outlive their template, and
the process that inherits them learns their exit codes. And the socket stays when templates change.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import selectors
import signal
import socket
import struct
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from umkm_kernels import environ, protocol
from umkm_kernels.template_supervisor import TemplateSupervisor, Worker

_TICK = 2.0
_QUIET = 0.2
_PR_SET_CHILD_SUBREAPER = 36
_PYTHON_NAMES = ("python", "python3", f"python3.{sys.version_info[1]}")


@dataclass(eq=False)
class Client:
    """A connection: first a request, then the kernel that was started for it."""

    sock: socket.socket
    reader: protocol.Decoder = field(default_factory=protocol.Decoder)
    request: protocol.Message = field(default_factory=dict)
    fds: list[int] = field(default_factory=list)
    pid: int = 0
    started: float = 0.0
    acknowledged: bool = False


class Broker:
    """Serves kernels on a listening socket until the process that started it has ended."""

    def __init__(self, listener: socket.socket, settings: dict[str, Any]) -> None:
        self._listener = listener
        self._pool: int = settings["pool"]
        self._selector = selectors.DefaultSelector()
        self._supervisor = TemplateSupervisor(
            self._selector,
            settings["preload"],
            settings["argv"],
            settings["warmup"],
            self._kernel_ended,
        )
        self._waiting: list[Client] = []
        self._kernels: dict[int, Client] = {}
        self._last_request = 0.0
        self._running = True

    def run(self) -> None:
        """Serve until end of file on standard input or SIGTERM."""
        _become_subreaper()
        wake = self._wake_on_signals()
        self._listener.settimeout(0)
        self._selector.register(self._listener, selectors.EVENT_READ, self._accept)
        self._selector.register(sys.stdin, selectors.EVENT_READ, self._stop)
        self._selector.register(wake, selectors.EVENT_READ, lambda: self._reap(wake))
        self._supervisor.start()
        while self._running:
            for key, _ in self._selector.select(self._poll_timeout()):
                # Another callback of the same round may have closed it.
                if key.fileobj in self._selector.get_map():
                    key.data()
            self._supervisor.restart_if_changed()
            self._dispatch()
        self._supervisor.stop()

    def _wake_on_signals(self) -> int:
        read, write = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        signal.set_wakeup_fd(write)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.signal(signal.SIGTERM, lambda *_: self._stop())
        # Ctrl-C in the server's terminal is handled by the server.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        return read

    def _poll_timeout(self) -> float:
        refilling = self._warm_workers() < self._pool and self._supervisor.state == "ready"
        return _QUIET if refilling else _TICK

    def _stop(self) -> None:
        self._running = False

    def _reap(self, wake: int) -> None:
        with contextlib.suppress(BlockingIOError):
            os.read(wake, 4096)
        # Children of this process: the template, and the kernels of templates that have ended.
        with contextlib.suppress(ChildProcessError):
            while ended := os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT):
                if not self._supervisor.reap(ended.si_pid):
                    pid, status = os.waitpid(ended.si_pid, 0)
                    self._kernel_ended(pid, os.waitstatus_to_exitcode(status))

    def _accept(self) -> None:
        with contextlib.suppress(BlockingIOError):
            while True:
                sock, _ = self._listener.accept()
                if not _same_user(sock):
                    sock.close()
                    continue
                sock.settimeout(0)
                client = Client(sock)
                self._selector.register(
                    sock, selectors.EVENT_READ, lambda c=client: self._on_readable(c)
                )

    def _on_readable(self, client: Client) -> None:
        try:
            for message, fds in client.reader.read(client.sock):
                self._handle(client, message, fds)
        except BlockingIOError:
            return
        except (OSError, ValueError, KeyError):
            self._disconnect(client)

    def _handle(self, client: Client, message: protocol.Message, fds: list[int]) -> None:
        if "ack" in message:
            client.acknowledged = True
        elif "status" in message:
            self._reply(client, self._status())
        else:
            client.request, client.fds = message["start"], fds
            if problem := _refusal_reason(message["start"]):
                self._refuse(client, problem)
                return
            self._last_request = time.monotonic()
            self._waiting.append(client)
            self._supervisor.start()

    def _disconnect(self, client: Client) -> None:
        """Close a client's connection; kill a kernel whose start it never acknowledged."""
        self._selector.unregister(client.sock)
        client.sock.close()
        client.reader.close()
        self._close_fds(client)
        if client in self._waiting:
            self._waiting.remove(client)
        if client.pid and not client.acknowledged:
            with contextlib.suppress(ProcessLookupError):
                os.kill(client.pid, signal.SIGKILL)

    def _reply(self, client: Client, message: protocol.Message) -> None:
        # A few bytes into an empty buffer: if they do not fit, the client does not read.
        with contextlib.suppress(OSError):
            client.sock.sendall(protocol.pack(message))

    def _refuse(self, client: Client, reason: str) -> None:
        self._reply(client, {"refused": reason})
        self._close_fds(client)
        if client in self._waiting:
            self._waiting.remove(client)

    @staticmethod
    def _close_fds(client: Client) -> None:
        for fd in client.fds:
            os.close(fd)
        client.fds = []

    def _dispatch(self) -> None:
        if self._supervisor.state == "refused":
            for client in list(self._waiting):
                self._refuse(client, self._supervisor.reason)
        for client in list(self._waiting):
            worker = self._worker_for(client)
            if worker is not None and self._start(client, worker):
                self._waiting.remove(client)
        if self._supervisor.state == "ready":
            self._request_workers()

    def _worker_for(self, client: Client) -> Worker | None:
        ready = [worker for worker in self._supervisor.workers if worker.pid]
        warm = self._configured(client)
        # Cold workers only where a warm one does not fit.
        fitting = [c for c in ready if c.warm and warm] or [c for c in ready if not c.warm]
        return fitting[0] if fitting else None

    def _configured(self, client: Client) -> bool:
        """Return whether the template has read the configuration this kernel would read."""
        return _same_configuration(client.request, self._supervisor.argv)

    def _start(self, client: Client, worker: Worker) -> bool:
        client.request["configured"] = self._configured(client)
        if not self._supervisor.assign(worker, client.request, client.fds):
            return False
        self._close_fds(client)
        client.pid, client.started = worker.pid, time.time()
        self._kernels[worker.pid] = client
        self._reply(client, {"pid": worker.pid, "warm": worker.warm})
        return True

    def _request_workers(self) -> None:
        cold = [worker for worker in self._supervisor.workers if not worker.warm]
        for _ in range(len(self._waiting) - len(cold)):
            self._supervisor.request_worker(warm=False)
        if self._waiting:
            return
        for worker in cold:
            self._supervisor.drop(worker)
        # One at a time, and only when no request waits: a refill would delay it.
        growing = any(not worker.pid for worker in self._supervisor.workers)
        quiet = time.monotonic() >= self._last_request + _QUIET
        if quiet and not growing and self._warm_workers() < self._pool:
            self._supervisor.request_worker(warm=True)

    def _warm_workers(self) -> int:
        return sum(worker.warm for worker in self._supervisor.workers)

    def _kernel_ended(self, pid: int, code: int) -> None:
        client = self._kernels.pop(pid, None)
        if client is not None:
            client.pid = 0
            self._reply(client, {"ended": code})

    def _status(self) -> protocol.Message:
        kernels = [
            {
                "pid": pid,
                "kernel_id": client.request["kernel_id"],
                "server_pid": client.request["parent"] or 0,
                "started": client.started,
            }
            for pid, client in self._kernels.items()
        ]
        return {
            "broker_pid": os.getpid(),
            "template_pid": self._supervisor.pid,
            "state": self._supervisor.state,
            "reason": self._supervisor.reason,
            "generation": self._supervisor.generation,
            "pool": [
                worker.pid for worker in self._supervisor.workers if worker.warm and worker.pid
            ],
            "kernels": kernels,
        }


def _refusal_reason(request: protocol.Message) -> str:
    """Return why a fork of this template does not fit the request, "" if it does."""
    python = Path(request["python"])
    if python.name not in _PYTHON_NAMES or python.parent != Path(sys.executable).parent:
        return f"the kernel wants {python}, the template runs {sys.executable}"
    if late := environ.too_late(request["env"], os.environ):
        return f"the template was started with another {', '.join(late)}"
    return ""


def _same_configuration(request: protocol.Message, argv: Any) -> bool:
    options = [
        word
        for word in request["options"]
        # nbclient sets this to keep history off the disk; a template has no history.
        if not word.startswith("--HistoryManager.hist_file=")
    ]
    return (
        bool(request["connection_file"])
        and options == list(argv)
        and environ.same_shape(request["env"], os.environ)
    )


def _same_user(sock: socket.socket) -> bool:
    if not hasattr(socket, "SO_PEERCRED"):
        return True  # other users cannot enter the socket's folder anyway
    packed = sock.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    return bool(struct.unpack("3i", packed)[1] == os.geteuid())


def _become_subreaper() -> None:
    """Set this process to inherit kernels whose template has ended, so that exit codes are not lost."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def main() -> None:
    """Serve on the listening socket whose descriptor the command line names."""
    listener = socket.socket(fileno=int(sys.argv[1]))
    listener.set_inheritable(False)
    Broker(listener, json.loads(sys.argv[2])).run()


if __name__ == "__main__":
    main()
