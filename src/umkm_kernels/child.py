"""What a forked child does: reset inherited state, wait for a request, run a kernel."""

from __future__ import annotations

import atexit
import gc
import logging
import os
import random
import signal
import socket
import sys
import tempfile
import threading
import time
import traceback
from pathlib import Path
from typing import Any, NoReturn

from umkm_kernels import limits, protocol
from umkm_kernels.kernel import ForkedKernelApp

_LAUNCHER = "ipykernel_launcher.py"
# How many 32-bit words the state of the Mersenne Twister has.
_TWISTER = 624


def run_child(
    end: socket.socket, argv: list[str] | None, imported: dict[str, str | None]
) -> NoReturn:
    """Run a child of the template until its kernel ends.

    Args:
        end: Where the request will come from.
        argv: The arguments to initialise a kernel with before a request comes, if at all.
        imported: Changes which preloaded modules made to the environment.
    """
    code: object = 1
    try:
        _reset_inherited_state(end)
        code = _serve(end, argv, imported)
    except SystemExit as leaving:
        code = leaving.code
    except protocol.Closed:
        code = 0  # the broker has no use for this child any more
    except BaseException:
        traceback.print_exc(file=sys.__stderr__)
    finally:
        _exit(code)


def _reset_inherited_state(end: socket.socket) -> None:
    """Reset what a newly started process would not have inherited."""
    os.setsid()
    # Until the kernel is ready an interrupt has nothing to interrupt, as in ipykernel itself.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in (signal.SIGCHLD, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    end.set_inheritable(False)
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.close(null)
    # Exit functions of preloads belong to the process that imported them: a temporary folder
    # made by one would be removed under every other kernel.
    atexit._clear()  # noqa: SLF001
    _reseed()
    gc.enable()


def _reseed() -> None:
    random.seed()
    if (numpy := sys.modules.get("numpy")) is not None and "numpy.random" in sys.modules:
        # As `seed()` would, by a shorter way through memory.
        words = numpy.frombuffer(os.urandom(4 * _TWISTER), numpy.uint32)
        numpy.random.set_state(("MT19937", words, _TWISTER))
    # Both would go on where the template left off.
    tempfile._name_sequence = None  # type: ignore[attr-defined]  # noqa: SLF001
    if (uuid := sys.modules.get("uuid")) is not None:
        uuid._last_timestamp = None  # type: ignore[attr-defined]  # noqa: SLF001


def _serve(end: socket.socket, argv: list[str] | None, imported: dict[str, str | None]) -> object:
    app = ForkedKernelApp.instance()
    own: dict[str, str | None] = {}
    if argv is not None:
        before = dict(os.environ)
        app.prepare(argv)
        own = {n: v for n, v in os.environ.items() if before.get(n) != v}
    protocol.send(end, {"pid": os.getpid()})
    request, fds = protocol.receive(end)
    end.close()
    _apply_request(request, fds, imported | own)
    if not request["configured"]:
        app.discard()
        app = ForkedKernelApp.instance()
    app.watched_pid = app.parent_handle = request["parent"] or 0
    if argv is not None:
        app.bind_connection(request["connection_file"])
    else:
        app.connection_file = request["connection_file"]
        app.initialize(request["argv"])  # type: ignore[no-untyped-call]
    app.start()
    return 0


def _apply_request(
    request: protocol.Message, fds: list[int], changes: dict[str, str | None]
) -> None:
    """Set the environment, folder, output and limits that the request asks for."""
    env: dict[str, str] = request["env"]
    os.environ.clear()
    os.environ.update(env)
    for name, value in changes.items():
        if value is not None and name not in env:
            os.environ[name] = value
    time.tzset()
    if request["cwd"]:
        os.chdir(request["cwd"])
    os.umask(request["umask"])
    _redirect(fds)
    launcher = Path(sys.modules["ipykernel"].__file__ or "").parent.parent / _LAUNCHER
    sys.argv = [str(launcher), *request["argv"]]
    limits.set_limits(
        0,
        request["memory_mb"],
        request["cpu_seconds"],
        growth_mb=request["growth_mb"],
        nice=request["nice"],
    )


def _redirect(fds: list[int]) -> None:
    for name, number, fd in zip(("stdout", "stderr"), (1, 2), fds, strict=True):
        # A warm kernel already reads its own descriptor 1 through a pipe; the way out of the
        # process is the copy it keeps.
        stream: Any = getattr(sys, name)
        way_out = getattr(stream, "_original_stdstream_copy", None)
        os.dup2(fd, number if way_out is None else way_out, inheritable=way_out is None)
        os.close(fd)


def _exit(code: object) -> NoReturn:
    """Exit as the interpreter would, but without writing to every page to free objects."""
    status = _status(code)
    try:
        threading._shutdown()  # type: ignore[attr-defined]  # noqa: SLF001
        atexit._run_exitfuncs()  # noqa: SLF001
        logging.shutdown()
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
    except BaseException:
        traceback.print_exc(file=sys.__stderr__)
    finally:
        os._exit(status)


def _status(code: object) -> int:
    if code is None:
        return 0
    if isinstance(code, int):
        return code & 0xFF
    print(code, file=sys.__stderr__)
    return 1
