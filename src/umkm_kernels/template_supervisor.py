"""Supervises the template process and its pool of pre-forked workers."""

from __future__ import annotations

import contextlib
import selectors
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from umkm_kernels import protocol
from umkm_kernels.preload import changed_at

Watch = Callable[[Any, Callable[[], None]], None]

# A template that ends sooner, or workers that end before their request, would be restarted without
# end.
_MIN_LIFETIME = 5.0
_RETRY_AFTER = 30.0
_MAX_WORKERS_LOST = 3
_CHECK_INTERVAL = 0.5
_SEND_TIMEOUT = 5.0


@dataclass
class Worker:
    """A forked process that waits, or will wait, for a request."""

    sock: socket.socket
    warm: bool
    generation: int
    pid: int = 0


@dataclass
class TemplateSupervisor:
    """The template process, its state, and its workers that have no request yet."""

    selector: selectors.BaseSelector
    preload: Sequence[str]
    argv: Sequence[str]
    warmup: Sequence[str]
    on_exit: Callable[[int, int], None]
    state: str = "stopped"
    reason: str = ""
    generation: int = 0
    workers: list[Worker] = field(default_factory=list)
    _process: subprocess.Popen[bytes] | None = None
    _control: socket.socket | None = None
    _reader: protocol.Decoder = field(default_factory=protocol.Decoder)
    _files: dict[str, int] = field(default_factory=dict)
    _usage_profile: protocol.Message | None = None
    _started: float = 0.0
    _checked: float = 0.0
    _lost: int = 0

    @property
    def pid(self) -> int:
        """The template's process id, 0 where none runs."""
        return self._process.pid if self._process else 0

    def start(self) -> None:
        """Start a template unless one runs or the last one has just been refused."""
        if self._process or (
            self.state == "refused" and time.monotonic() < self._started + _RETRY_AFTER
        ):
            return
        ours, theirs = socket.socketpair()
        command = [sys.executable, "-m", "umkm_kernels.template", str(theirs.fileno())]
        self._process = subprocess.Popen(
            command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL
        )
        theirs.close()
        self._control, self._reader = ours, protocol.Decoder()
        self.generation += 1
        self.state, self.reason, self._lost = "starting", "", 0
        self._started = self._checked = time.monotonic()
        self.selector.register(ours, selectors.EVENT_READ, self._on_control_readable)
        with contextlib.suppress(OSError):
            protocol.send(ours, self._settings())

    def _settings(self) -> protocol.Message:
        return {
            "preload": list(self.preload),
            "argv": list(self.argv),
            "warmup": list(self.warmup),
            # Measured once: requests wait for a template that replaces another.
            "usage_profile": self._usage_profile,
        }

    def reap(self, pid: int) -> bool:
        """Read the exit code of the template if `pid` is it, and return whether it is."""
        if self._process is None or self._process.pid != pid:
            return False
        self._process.poll()
        return True

    def stop(self) -> None:
        """Stop the template and all waiting workers; kernels keep running."""
        for worker in list(self.workers):
            self.drop(worker)
        if self._control is not None:
            self.selector.unregister(self._control)
            self._control.close()
            self._control = None
        if self._process is not None:
            # SIGKILL: it has nothing to clean up, and the broker inherits its kernels.
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()
            self._process = None
        self.state = "stopped"

    def restart_if_changed(self) -> None:
        """Restart the template if a file that it imported has changed."""
        now = time.monotonic()
        if self.state != "ready" or now < self._checked + _CHECK_INTERVAL:
            return
        self._checked = now
        if all(changed_at(file) == then for file, then in self._files.items()):
            return
        self.stop()
        self.start()

    def request_worker(self, *, warm: bool) -> None:
        """Request another worker from the template."""
        if self._control is None:
            return
        ours, theirs = socket.socketpair()
        try:
            protocol.send(self._control, {"warm": warm}, [theirs.fileno()])
        except OSError:
            ours.close()
            return  # the template has ended; its end of file follows
        finally:
            theirs.close()
        ours.settimeout(_SEND_TIMEOUT)
        worker = Worker(ours, warm, self.generation)
        self.workers.append(worker)
        self.selector.register(ours, selectors.EVENT_READ, lambda: self._on_worker_readable(worker))

    def assign(self, worker: Worker, request: protocol.Message, fds: Sequence[int]) -> bool:
        """Send a waiting worker its request; return False if the worker has ended."""
        try:
            protocol.send(worker.sock, request, fds)
        except OSError:
            return False
        finally:
            self.drop(worker)
        return True

    def drop(self, worker: Worker) -> None:
        """Close the connection to a worker; one that has no request then exits."""
        self.workers.remove(worker)
        self.selector.unregister(worker.sock)
        worker.sock.close()

    def _on_worker_readable(self, worker: Worker) -> None:
        try:
            message, _ = protocol.receive(worker.sock)
        except (OSError, ValueError):
            self.drop(worker)
            self._count_lost(worker)
        else:
            worker.pid = message["pid"]
            self._lost = 0

    def _count_lost(self, worker: Worker) -> None:
        if worker.generation == self.generation and self.state == "ready":
            self._lost += 1
            if self._lost >= _MAX_WORKERS_LOST:
                self.stop()
                self.state, self.reason = "refused", "its children die before they are kernels"

    def _on_control_readable(self) -> None:
        if self._control is None:
            return
        try:
            for message, _ in self._reader.read(self._control):
                self._handle(message)
        except OSError:
            self._on_template_exit()

    def _handle(self, message: protocol.Message) -> None:
        if "ready" in message:
            self.state, self._files = "ready", message["ready"]
            self._usage_profile = message["usage_profile"]
        elif "refused" in message:
            self.state, self.reason = "refused", message["refused"]
        else:
            self.on_exit(message["ended"], message["code"])

    def _on_template_exit(self) -> None:
        """Restart a template that has ended, unless it was refused or ended while it started."""
        refused, reason = self.state == "refused", self.reason
        died_early = time.monotonic() < self._started + _MIN_LIFETIME
        # Warm workers keep running without the template.
        workers, self.workers = self.workers, []
        started = self.state == "ready"
        self.stop()
        self.workers = workers
        if refused or (died_early and not started):
            self.state, self.reason = "refused", reason or "the template died while it started"
            return
        self.start()
