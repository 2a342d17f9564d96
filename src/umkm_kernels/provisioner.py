"""The kernel provisioner: forks a kernel where it can, spawns it where it cannot."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import IO, Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import Bool, Float, Int, List, Unicode, default

from umkm_kernels import environ, limits, protocol
from umkm_kernels.process import ForkedProcess
from umkm_kernels.server import DEFAULT_ARGV, TemplateServer

_MODULE = "ipykernel_launcher"
# The keyword arguments of launch_kernel that a fork can apply.
_SUPPORTED = {
    "env",
    "cwd",
    "independent",
    "stdin",
    "stdout",
    "stderr",
    "extra_arguments",
    "kernel_id",
}


class ForkUnavailable(Exception):
    """A kernel cannot be forked; the message says why."""


class ForkProvisioner(LocalProvisioner):
    """Starts an IPython kernel by forking a template that has done its imports.

    The template is the one that `UMKM_KERNELS_SOCKET` names; without that variable the first kernel
    starts one for this process. Where a kernel cannot be forked, the reason is logged once and the
    kernel is spawned by the base class.
    """

    # Popen in the base class, or a ForkedProcess.
    process: Any

    preload = List(
        Unicode(),
        config=True,
        help="Modules a template started by this process imports before it forks.",
    )
    pool = Int(2, config=True, help="How many initialised kernels such a template keeps waiting.")
    memory_mb = Int(
        0,
        config=True,
        help="Memory a kernel may write to (RLIMIT_DATA), in megabytes; 0: no limit.",
    )
    growth_mb = Int(
        0,
        config=True,
        help="Memory a forked kernel may write to beyond what it has as it starts, in megabytes.",
    )
    nice = Int(0, config=True, help="Nice value of a kernel, 0 to 19.")
    cpu_seconds = Int(0, config=True, help="CPU time a kernel may use; 0: no limit.")
    launch_timeout = Float(
        30.0,
        config=True,
        help="How long to wait for a fork, a template that is starting included, before spawning.",
    )
    allow_fork = Bool(
        config=True,
        help="Whether to fork at all. Off by default on macOS, whose frameworks do not survive it.",
    )
    template_socket = Unicode(
        config=True, help="Socket of a template that another process started."
    )

    _servers: dict[tuple[object, ...], TemplateServer] = {}  # noqa: RUF012  -- one for the process
    _warned: set[str] = set()  # noqa: RUF012

    @default("allow_fork")
    def _default_allow_fork(self) -> bool:
        return hasattr(os, "fork") and hasattr(socket, "send_fds") and sys.platform != "darwin"

    @default("template_socket")
    def _default_template_socket(self) -> str:
        return os.environ.get(environ.SOCKET, "")

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Start the kernel and return how to connect to it."""
        env: dict[str, str] = kwargs.setdefault("env", dict(os.environ))
        # A kernel must not use the template.
        env.pop(environ.SOCKET, None)
        try:
            process = await self._fork(cmd, kwargs)
        except ForkUnavailable as reason:
            self._warn_once(str(reason))
            info = await super().launch_kernel(cmd, **kwargs)
            with contextlib.suppress(ProcessLookupError):
                # Without growth_mb: the new process has almost no memory yet, and still has to import.
                limits.set_limits(
                    self.process.pid, self.memory_mb, self.cpu_seconds, nice=self.nice
                )
            return info
        self.process = process
        # A forked kernel leads its own session, hence its own process group.
        self.pid = self.pgid = process.pid
        self.cwd = kwargs.get("cwd") or Path.cwd()
        return self.connection_info

    async def send_signal(self, signum: int) -> None:
        """Send a signal to the kernel and what it started, unless it has ended."""
        if isinstance(self.process, ForkedProcess):
            # Its process id may belong to another process if it has ended.
            if self.process.poll() is not None:
                return
            self.process.note_signal(signum)
        await super().send_signal(signum)

    async def cleanup(self, restart: bool = False) -> None:
        """Close the descriptors of the kernel in this process."""
        if isinstance(self.process, ForkedProcess):
            self.process.close()
        await super().cleanup(restart=restart)

    async def _fork(self, cmd: list[str], kwargs: dict[str, Any]) -> ForkedProcess:
        if not self.allow_fork:
            raise ForkUnavailable(f"forking is not allowed on {sys.platform}")
        request = self._request(cmd, kwargs)
        with Outputs(kwargs.get("stdout"), kwargs.get("stderr")) as outputs:
            sock, pid = await self._request_kernel(request, outputs.fds)
            return ForkedProcess(cmd, pid, sock, *outputs.keep())

    def _request(self, cmd: list[str], kwargs: dict[str, Any]) -> protocol.Message:
        if foreign := sorted(set(kwargs) - _SUPPORTED):
            raise ForkUnavailable(f"a fork cannot honour {', '.join(foreign)}")
        if kwargs.get("stdin") not in (None, subprocess.DEVNULL):
            raise ForkUnavailable("a fork has no standard input")
        if cmd[1:3] != ["-m", _MODULE]:
            raise ForkUnavailable(f"{' '.join(cmd[:3])} is not python -m {_MODULE}")
        env = kwargs["env"]
        if not kwargs.get("independent"):
            env["JPY_PARENT_PID"] = str(os.getpid())
        argv = cmd[3:]
        plain = argv[:1] == ["-f"]
        return {
            "kernel_id": self.kernel_id,
            "python": cmd[0],
            "argv": argv,
            "connection_file": argv[1] if plain else "",
            "options": argv[2:] if plain else argv,
            "env": env,
            "cwd": str(kwargs.get("cwd") or Path.cwd()),
            "umask": _umask(),
            "parent": None if kwargs.get("independent") else os.getpid(),
            "memory_mb": self.memory_mb,
            "growth_mb": self.growth_mb,
            "nice": self.nice,
            "cpu_seconds": self.cpu_seconds,
        }

    async def _request_kernel(
        self, request: protocol.Message, fds: list[int]
    ) -> tuple[socket.socket, int]:
        sock = socket.socket(socket.AF_UNIX)
        sock.settimeout(0)
        try:
            async with asyncio.timeout(self.launch_timeout):
                answer = await self._exchange(sock, protocol.pack({"start": request}), fds)
        except TimeoutError:
            sock.close()
            raise ForkUnavailable(f"no answer within {self.launch_timeout} seconds") from None
        except (OSError, protocol.Closed) as error:
            sock.close()
            raise ForkUnavailable(f"the template does not answer ({error})") from error
        except BaseException:
            sock.close()
            raise
        if "refused" in answer:
            sock.close()
            raise ForkUnavailable(answer["refused"])
        return sock, answer["pid"]

    async def _exchange(self, sock: socket.socket, data: bytes, fds: list[int]) -> protocol.Message:
        loop = asyncio.get_running_loop()
        await loop.sock_connect(sock, self._address())
        # The first bytes fit into the buffer of a new connection.
        sent = socket.send_fds(sock, [data], fds)
        if sent < len(data):
            await loop.sock_sendall(sock, data[sent:])
        reader = protocol.Decoder()
        answers: list[tuple[protocol.Message, list[int]]] = []
        while not answers:
            await _readable(loop, sock)
            answers = reader.read(sock)
        if "pid" in answers[0][0]:
            await loop.sock_sendall(sock, protocol.pack({"ack": True}))
        return answers[0][0]

    def _address(self) -> str:
        if self.template_socket:
            return self.template_socket
        settings = (os.getpid(), tuple(self.preload), self.pool)
        server = self._servers.get(settings)
        if server is None:
            # Without a warm-up, because this first kernel waits for the template.
            server = TemplateServer(self.preload, pool=self.pool, argv=self._argv(), warmup=None)
            self._servers[settings] = server
        server.start()
        return server.address

    def _argv(self) -> list[str]:
        argv = self.kernel_spec.argv if self.kernel_spec else []
        return list(argv[5:]) if argv[3:4] == ["-f"] else list(DEFAULT_ARGV)

    def _warn_once(self, reason: str) -> None:
        if reason not in self._warned:
            self._warned.add(reason)
            self.log.warning("Kernels are spawned instead of forked: %s", reason)


class Outputs:
    """The descriptors a kernel writes to, opened as Popen opens them."""

    def __init__(self, stdout: Any, stderr: Any) -> None:
        self._opened: list[int] = []
        self._pipes: list[IO[bytes] | None] = [None, None]
        out = self._descriptor(0, stdout)
        err = out if stderr == subprocess.STDOUT else self._descriptor(1, stderr)
        self.fds = [out, err]

    def __enter__(self) -> Outputs:
        return self

    def __exit__(self, *_: object) -> None:
        for fd in self._opened:
            os.close(fd)
        for pipe in self._pipes:
            if pipe is not None:
                pipe.close()

    def keep(self) -> list[IO[bytes] | None]:
        """Return the ends to read from; they stay open."""
        pipes, self._pipes = self._pipes, [None, None]
        return pipes

    def _descriptor(self, which: int, wanted: Any) -> int:
        if wanted is None:
            return self._inherited(which + 1)
        if wanted == subprocess.PIPE:
            read, write = os.pipe()
            self._pipes[which] = os.fdopen(read, "rb")
            self._opened.append(write)
            return write
        if wanted == subprocess.DEVNULL:
            return self._null()
        return wanted if isinstance(wanted, int) else int(wanted.fileno())

    def _inherited(self, fd: int) -> int:
        try:
            os.fstat(fd)
        except OSError:
            return self._null()  # closed, as in a server without a terminal
        return fd

    def _null(self) -> int:
        fd = os.open(os.devnull, os.O_WRONLY)
        self._opened.append(fd)
        return fd


async def _readable(loop: asyncio.AbstractEventLoop, sock: socket.socket) -> None:
    ready = asyncio.Event()
    loop.add_reader(sock, ready.set)
    try:
        await ready.wait()
    finally:
        loop.remove_reader(sock)


def _umask() -> int:
    # os.umask can only set it, which would affect other threads.
    with contextlib.suppress(OSError, StopIteration):
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
        return int(next(line for line in lines if line.startswith("Umask:")).split()[1], 8)
    return 0o022
