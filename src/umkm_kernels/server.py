"""A template for several servers: started by their parent process, reached over a socket."""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from umkm_kernels import environ, protocol
from umkm_kernels.socket_folders import make_socket_folder, remove_socket_folder
from umkm_kernels.usage_profile import WARMUP

# Arguments of the kernelspec after the connection file; a request with others gets a cold worker.
DEFAULT_ARGV = ("--HistoryManager.enabled=False",)

_BACKLOG = 1024
_STOP_TIMEOUT = 5.0


@dataclass(frozen=True)
class Status:
    """The status that a broker reports; memory is in megabytes."""

    broker_pid: int
    template_pid: int
    state: str
    reason: str
    generation: int
    pool: list[int]
    kernels: list[dict[str, Any]]

    def private_mb(self, pid: int) -> float:
        """Return the memory that the end of process `pid` would free, 0 if it has ended."""
        with contextlib.suppress(OSError):
            for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines():
                if line.startswith("Private_Dirty:"):
                    return int(line.split()[1]) / 1024
        return 0.0


class TemplateServer:
    """Runs a broker and its template until this process ends.

    Servers find it through an environment variable::

        with TemplateServer(preload=["pandas", "ipywidgets"], pool=4) as template:
            subprocess.run(["voila", "app.ipynb"], env=os.environ | template.environment)

    Args:
        preload: Modules to import before forking.
        pool: How many initialised kernels to keep waiting.
        argv: Arguments to initialise them with; those of the kernelspec.
        warmup: Cells that a probe process runs for the usage profile, with which a kernel copies less
            memory. None: no profile, and the template is ready a second or two earlier.
        env: Variables for the template beyond those of `environ.for_template`. Every kernel can read
            them.
    """

    def __init__(
        self,
        preload: Sequence[str] = (),
        *,
        pool: int = 2,
        argv: Sequence[str] = DEFAULT_ARGV,
        warmup: Sequence[str] | None = WARMUP,
        env: Mapping[str, str] | None = None,
    ) -> None:
        self._settings = {
            "preload": list(preload),
            "pool": pool,
            "argv": list(argv),
            "warmup": list(warmup or ()),
        }
        self._env = dict(env or {})
        self._folder: Path | None = None
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """The path of the broker's socket."""
        if self._folder is None:
            # Not jupyter_runtime_dir, because a socket's path may have 107 bytes only.
            self._folder = make_socket_folder("kernels")
        return str(self._folder / "socket")

    @property
    def environment(self) -> dict[str, str]:
        """The variables to add to the environment of a server that is to use this template."""
        return {environ.SOCKET: self.address}

    def start(self) -> None:
        """Start the broker unless it runs, without waiting; requests wait for the template."""
        if self._process is not None and self._process.poll() is None:
            return
        address = self.address
        with contextlib.suppress(FileNotFoundError):
            Path(address).unlink()
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(address)
            Path(address).chmod(0o600)
            # Listening before the broker starts, so that no connection is refused.
            listener.listen(_BACKLOG)
            fd = listener.fileno()
            command = [sys.executable, "-m", "umkm_kernels.broker", str(fd)]
            self._process = subprocess.Popen(
                [*command, json.dumps(self._settings)],
                pass_fds=[fd],
                stdin=subprocess.PIPE,  # end of file tells the broker that this process has ended
                env=environ.for_template(os.environ) | self._env,
            )
        atexit.register(self.stop)

    def stop(self) -> None:
        """Stop the broker and the template; running kernels keep running."""
        atexit.unregister(self.stop)
        if self._process is not None:
            if self._process.stdin is not None:
                self._process.stdin.close()
            try:
                self._process.wait(_STOP_TIMEOUT)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None
        if self._folder is not None:
            remove_socket_folder(self._folder)
            self._folder = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def status(self, timeout: float = 5.0) -> Status:
        """Return the status that the broker reports."""
        return status(self.address, timeout)

    def wait_ready(self, timeout: float = 60.0) -> Status:
        """Return once the template can fork and the pool is full, or the template has refused."""
        deadline = time.monotonic() + timeout
        while True:
            now = self.status(timeout)
            full = now.state == "ready" and len(now.pool) >= self._settings["pool"]  # type: ignore[operator]
            if full or now.state == "refused" or time.monotonic() > deadline:
                return now
            time.sleep(0.05)


def status(address: str, timeout: float = 5.0) -> Status:
    """Return the status of the broker that listens at `address`."""
    with socket.socket(socket.AF_UNIX) as sock:
        sock.settimeout(timeout)
        sock.connect(address)
        protocol.send(sock, {"status": True})
        message, _ = protocol.receive(sock)
    return Status(**message)
