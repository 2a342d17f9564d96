"""Keeps a template running and a few children of it waiting."""

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

from umkm_kernels import wire
from umkm_kernels.preload import changed_at

Watch = Callable[[Any, Callable[[], None]], None]

# A template that dies this young, or children that die before their request, would be started
# again and again.
_YOUNG = 5.0
_RETRY_AFTER = 30.0
_CHILDREN_LOST = 3
_LOOK_AGAIN = 0.5
_SEND_PATIENCE = 5.0


@dataclass
class Child:
    """A forked process that waits, or will wait, for a request."""

    sock: socket.socket
    warm: bool
    generation: int
    pid: int = 0


@dataclass
class Nursery:
    """The template, whatever its state, and its children that have no request yet."""

    selector: selectors.BaseSelector
    preload: Sequence[str]
    argv: Sequence[str]
    rehearsal: Sequence[str]
    ended: Callable[[int, int], None]
    state: str = "stopped"
    reason: str = ""
    generation: int = 0
    children: list[Child] = field(default_factory=list)
    _process: subprocess.Popen[bytes] | None = None
    _control: socket.socket | None = None
    _reader: wire.Reader = field(default_factory=wire.Reader)
    _files: dict[str, int] = field(default_factory=dict)
    _habits: wire.Message | None = None
    _started: float = 0.0
    _looked: float = 0.0
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
        self._control, self._reader = ours, wire.Reader()
        self.generation += 1
        self.state, self.reason, self._lost = "starting", "", 0
        self._started = self._looked = time.monotonic()
        self.selector.register(ours, selectors.EVENT_READ, self._hear)
        with contextlib.suppress(OSError):
            wire.send(ours, self._settings())

    def _settings(self) -> wire.Message:
        return {
            "preload": list(self.preload),
            "argv": list(self.argv),
            "rehearsal": list(self.rehearsal),
            # Found out once: a template that takes another's place is waited for.
            "habits": self._habits,
        }

    def reap(self, pid: int) -> bool:
        """Take note of the end of `pid` if that is the template."""
        if self._process is None or self._process.pid != pid:
            return False
        self._process.poll()
        return True

    def stop(self) -> None:
        """Let the template and all waiting children go; kernels are none of its business."""
        for child in list(self.children):
            self.drop(child)
        if self._control is not None:
            self.selector.unregister(self._control)
            self._control.close()
            self._control = None
        if self._process is not None:
            # SIGKILL: it holds nothing, and its kernels are inherited by the broker.
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()
            self._process = None
        self.state = "stopped"

    def renew_if_changed(self) -> None:
        """Start another template if a file that this one imported has changed."""
        now = time.monotonic()
        if self.state != "ready" or now < self._looked + _LOOK_AGAIN:
            return
        self._looked = now
        if all(changed_at(file) == then for file, then in self._files.items()):
            return
        self.stop()
        self.start()

    def ask(self, *, warm: bool) -> None:
        """Ask the template for another child."""
        if self._control is None:
            return
        ours, theirs = socket.socketpair()
        try:
            wire.send(self._control, {"warm": warm}, [theirs.fileno()])
        except OSError:
            ours.close()
            return  # the template has died; its end of file comes next
        finally:
            theirs.close()
        ours.settimeout(_SEND_PATIENCE)
        child = Child(ours, warm, self.generation)
        self.children.append(child)
        self.selector.register(ours, selectors.EVENT_READ, lambda: self._hear_child(child))

    def hand_over(self, child: Child, request: wire.Message, fds: Sequence[int]) -> bool:
        """Give a waiting child its request; False if it has died meanwhile."""
        try:
            wire.send(child.sock, request, fds)
        except OSError:
            return False
        finally:
            self.drop(child)
        return True

    def drop(self, child: Child) -> None:
        """Forget a child; one that has no request ends itself then."""
        self.children.remove(child)
        self.selector.unregister(child.sock)
        child.sock.close()

    def _hear_child(self, child: Child) -> None:
        try:
            message, _ = wire.receive(child.sock)
        except (OSError, ValueError):
            self.drop(child)
            self._count_lost(child)
        else:
            child.pid = message["pid"]
            self._lost = 0

    def _count_lost(self, child: Child) -> None:
        if child.generation == self.generation and self.state == "ready":
            self._lost += 1
            if self._lost >= _CHILDREN_LOST:
                self.stop()
                self.state, self.reason = "refused", "its children die before they are kernels"

    def _hear(self) -> None:
        if self._control is None:
            return
        try:
            for message, _ in self._reader.read(self._control):
                self._obey(message)
        except OSError:
            self._mourn()

    def _obey(self, message: wire.Message) -> None:
        if "ready" in message:
            self.state, self._files = "ready", message["ready"]
            self._habits = message["habits"]
        elif "refused" in message:
            self.state, self.reason = "refused", message["refused"]
        else:
            self.ended(message["ended"], message["code"])

    def _mourn(self) -> None:
        """Start another template in place of one that has ended, unless that is of no use."""
        refused, reason = self.state == "refused", self.reason
        young = time.monotonic() < self._started + _YOUNG
        # Warm children live on without the template, and are as good as before.
        children, self.children = self.children, []
        started = self.state == "ready"
        self.stop()
        self.children = children
        if refused or (young and not started):
            self.state, self.reason = "refused", reason or "the template died while it started"
            return
        self.start()
