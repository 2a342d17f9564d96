"""Main of a forked worker: reset inherited state, wait for a request, run the kernel."""

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
# The number of 32-bit words in the state of the Mersenne Twister.
_TWISTER = 624


def run_child(
    end: socket.socket, argv: list[str] | None, imported: dict[str, str | None]
) -> NoReturn:
    """Run a worker until its kernel ends.

    Args:
        end: The socket that the request will come from.
        argv: The arguments to initialise a kernel with before a request comes; None for a cold worker.
        imported: Changes that preloaded modules made to the environment.
    """
    code: object = 1
    try:
        _reset_inherited_state(end)
        code = _serve(end, argv, imported)
    except SystemExit as exit_:
        code = exit_.code
    except protocol.Closed:
        code = 0  # the broker has dropped this worker
    except BaseException:
        traceback.print_exc(file=sys.__stderr__)
    finally:
        _exit(code)


def _reset_inherited_state(end: socket.socket) -> None:
    """Reset the state that a newly started process would not have."""
    os.setsid()
    # Ignored until the kernel is ready, as in ipykernel itself.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in (signal.SIGCHLD, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    end.set_inheritable(False)
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.close(null)
    # Exit functions of preloads must run in no worker: one that removes a temporary folder would
    # remove it under every other kernel.
    atexit._clear()  # noqa: SLF001
    _reseed()
    gc.enable()


def _reseed() -> None:
    random.seed()
    if (numpy := sys.modules.get("numpy")) is not None and "numpy.random" in sys.modules:
        # The effect of `seed()`, while touching less memory.
        words = numpy.frombuffer(os.urandom(4 * _TWISTER), numpy.uint32)
        numpy.random.set_state(("MT19937", words, _TWISTER))
    # Both would continue the template's sequence.
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
        # A warm kernel already captures its descriptor 1 through a pipe; the copy that it keeps of the
        # original is the one to replace.
        stream: Any = getattr(sys, name)
        original = getattr(stream, "_original_stdstream_copy", None)
        os.dup2(fd, number if original is None else original, inheritable=original is None)
        os.close(fd)


def _exit(code: object) -> NoReturn:
    """Exit as the interpreter does, but without freeing objects, which would write to every page."""
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
