"""The broker: owns the socket, hands requests to children, reports how kernels ended.

It is a process apart from the template for three reasons. Requests carry environments and keys,
which must not be in the memory other kernels are copied from. Kernels survive their template, and
whoever inherits them can still tell their exit codes. And the socket stays when templates change.
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

from umkm_kernels import environ, wire
from umkm_kernels.nursery import Child, Nursery

_TICK = 2.0
_QUIET = 0.2
_PR_SET_CHILD_SUBREAPER = 36
_PYTHON_NAMES = ("python", "python3", f"python3.{sys.version_info[1]}")


@dataclass(eq=False)
class Client:
    """A connection: first a request, then the kernel that came of it."""

    sock: socket.socket
    reader: wire.Reader = field(default_factory=wire.Reader)
    request: wire.Message = field(default_factory=dict)
    fds: list[int] = field(default_factory=list)
    pid: int = 0
    started: float = 0.0
    acknowledged: bool = False


class Broker:
    """Serves kernels on a listening socket until its starter is gone."""

    def __init__(self, listener: socket.socket, settings: dict[str, Any]) -> None:
        self._listener = listener
        self._pool: int = settings["pool"]
        self._selector = selectors.DefaultSelector()
        self._nursery = Nursery(
            self._selector,
            settings["preload"],
            settings["argv"],
            settings["rehearsal"],
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
        self._nursery.start()
        while self._running:
            for key, _ in self._selector.select(self._patience()):
                # Another callback of the same round may have closed it.
                if key.fileobj in self._selector.get_map():
                    key.data()
            self._nursery.renew_if_changed()
            self._dispatch()
        self._nursery.stop()

    def _wake_on_signals(self) -> int:
        read, write = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        signal.set_wakeup_fd(write)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.signal(signal.SIGTERM, lambda *_: self._stop())
        # Ctrl-C in the server's terminal is the server's to answer.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        return read

    def _patience(self) -> float:
        refilling = self._warm_children() < self._pool and self._nursery.state == "ready"
        return _QUIET if refilling else _TICK

    def _stop(self) -> None:
        self._running = False

    def _reap(self, wake: int) -> None:
        with contextlib.suppress(BlockingIOError):
            os.read(wake, 4096)
        # Our own children: the template, and whatever a dead template left behind.
        with contextlib.suppress(ChildProcessError):
            while ended := os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT):
                if not self._nursery.reap(ended.si_pid):
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
                self._selector.register(sock, selectors.EVENT_READ, lambda c=client: self._hear(c))

    def _hear(self, client: Client) -> None:
        try:
            for message, fds in client.reader.read(client.sock):
                self._obey(client, message, fds)
        except BlockingIOError:
            return
        except (OSError, ValueError, KeyError):
            self._leave(client)

    def _obey(self, client: Client, message: wire.Message, fds: list[int]) -> None:
        if "ack" in message:
            client.acknowledged = True
        elif "status" in message:
            self._answer(client, self._status())
        else:
            client.request, client.fds = message["start"], fds
            if problem := _unfit(message["start"]):
                self._refuse(client, problem)
                return
            self._last_request = time.monotonic()
            self._waiting.append(client)
            self._nursery.start()

    def _leave(self, client: Client) -> None:
        """Let a client go; a kernel it never heard of must not live on."""
        self._selector.unregister(client.sock)
        client.sock.close()
        client.reader.close()
        self._close_fds(client)
        if client in self._waiting:
            self._waiting.remove(client)
        if client.pid and not client.acknowledged:
            with contextlib.suppress(ProcessLookupError):
                os.kill(client.pid, signal.SIGKILL)

    def _answer(self, client: Client, message: wire.Message) -> None:
        # A few bytes into an empty buffer: if they do not fit, nobody reads them.
        with contextlib.suppress(OSError):
            client.sock.sendall(wire.pack(message))

    def _refuse(self, client: Client, reason: str) -> None:
        self._answer(client, {"refused": reason})
        self._close_fds(client)
        if client in self._waiting:
            self._waiting.remove(client)

    @staticmethod
    def _close_fds(client: Client) -> None:
        for fd in client.fds:
            os.close(fd)
        client.fds = []

    def _dispatch(self) -> None:
        if self._nursery.state == "refused":
            for client in list(self._waiting):
                self._refuse(client, self._nursery.reason)
        for client in list(self._waiting):
            child = self._child_for(client)
            if child is not None and self._start(client, child):
                self._waiting.remove(client)
        if self._nursery.state == "ready":
            self._ask()

    def _child_for(self, client: Client) -> Child | None:
        ready = [child for child in self._nursery.children if child.pid]
        warm = self._configured(client)
        # Cold ones first only where a warm one would not do.
        fitting = [c for c in ready if c.warm and warm] or [c for c in ready if not c.warm]
        return fitting[0] if fitting else None

    def _configured(self, client: Client) -> bool:
        """Say whether the template has read the very configuration this kernel would read."""
        return _same_configuration(client.request, self._nursery.argv)

    def _start(self, client: Client, child: Child) -> bool:
        client.request["configured"] = self._configured(client)
        if not self._nursery.hand_over(child, client.request, client.fds):
            return False
        self._close_fds(client)
        client.pid, client.started = child.pid, time.time()
        self._kernels[child.pid] = client
        self._answer(client, {"pid": child.pid, "warm": child.warm})
        return True

    def _ask(self) -> None:
        cold = [child for child in self._nursery.children if not child.warm]
        for _ in range(len(self._waiting) - len(cold)):
            self._nursery.ask(warm=False)
        if self._waiting:
            return
        for child in cold:
            self._nursery.drop(child)
        # One at a time and only when nobody waits: a refill takes time from those who do.
        growing = any(not child.pid for child in self._nursery.children)
        quiet = time.monotonic() >= self._last_request + _QUIET
        if quiet and not growing and self._warm_children() < self._pool:
            self._nursery.ask(warm=True)

    def _warm_children(self) -> int:
        return sum(child.warm for child in self._nursery.children)

    def _kernel_ended(self, pid: int, code: int) -> None:
        client = self._kernels.pop(pid, None)
        if client is not None:
            client.pid = 0
            self._answer(client, {"ended": code})

    def _status(self) -> wire.Message:
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
            "template_pid": self._nursery.pid,
            "state": self._nursery.state,
            "reason": self._nursery.reason,
            "generation": self._nursery.generation,
            "pool": [child.pid for child in self._nursery.children if child.warm and child.pid],
            "kernels": kernels,
        }


def _unfit(request: wire.Message) -> str:
    """Return why a fork of this template would not be what was asked for, "" if it would."""
    python = Path(request["python"])
    if python.name not in _PYTHON_NAMES or python.parent != Path(sys.executable).parent:
        return f"the kernel wants {python}, the template runs {sys.executable}"
    if late := environ.too_late(request["env"], os.environ):
        return f"the template was started with another {', '.join(late)}"
    return ""


def _same_configuration(request: wire.Message, argv: Any) -> bool:
    options = [
        word
        for word in request["options"]
        # nbclient's way to keep history off the disk; a template keeps none at all.
        if not word.startswith("--HistoryManager.hist_file=")
    ]
    return (
        bool(request["connection_file"])
        and options == list(argv)
        and environ.same_shape(request["env"], os.environ)
    )


def _same_user(sock: socket.socket) -> bool:
    if not hasattr(socket, "SO_PEERCRED"):
        return True  # the folder of the socket is closed to others anyway
    packed = sock.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i"))
    return bool(struct.unpack("3i", packed)[1] == os.geteuid())


def _become_subreaper() -> None:
    """Inherit kernels whose template has died, so that their exit codes are not lost."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def main() -> None:
    """Serve on the listening socket whose descriptor the command line names."""
    listener = socket.socket(fileno=int(sys.argv[1]))
    listener.set_inheritable(False)
    Broker(listener, json.loads(sys.argv[2])).run()


if __name__ == "__main__":
    main()
