"""Imports of a template, and the check that it may still be forked afterwards."""

from __future__ import annotations

import gc
import importlib
import os
import sys
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path

# Modules that ipykernel and IPython import only while a kernel starts or runs its first cell.
# Without this, each kernel would spend time and memory on them; debugpy is by far the largest.
LATE = (
    "ipykernel.debugger",
    "ipykernel.zmqshell",
    "ipykernel.displayhook",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.logger",
    "IPython.core.oinspect",
    "IPython.core.magic_arguments",
    "IPython.core.magics",
    "IPython.core.magics.history",
    "IPython.extensions.storemagic",
    "IPython.core.pylabtools",
    "IPython.terminal.debugger",
    "jedi",
    "jedi.api.environment",
    "psutil",
    "sqlite3",
    "faulthandler",
    "tornado.locks",
    "tornado.queues",
    "tornado.platform.asyncio",
    "zmq.eventloop.zmqstream",
    "zmq.utils.garbage",
    "concurrent.futures.thread",
    "encodings.idna",
    "stringprep",
    "pdb",
    "timeit",
    "cProfile",
    "pstats",
)


class PreloadError(Exception):
    """A preload failed, or left something in the process that must not be forked."""


def load_kernel() -> None:
    """Import ipykernel and what it would import late.

    Raises:
        PreloadError: As `load` does.
    """
    _import("ipykernel.kernelapp")
    for name in LATE:
        try:
            importlib.import_module(name)
        except ImportError:
            continue  # another version of IPython has it elsewhere, or not at all
    _make_annotations()
    check("ipykernel")


def _make_annotations() -> None:
    """Read the annotations of each ZMQ socket class, as pyzmq does for each option it sets.

    A class without annotations gets an empty dictionary at the first read. That is a change of the
    class, and Python marks all its subclasses: those of `typing.Generic` are hundreds of classes all
    over the heap, 1.6 MB in every kernel.
    """
    for kind in sys.modules["zmq"].Socket.mro():
        getattr(kind, "__annotations__", None)


def load(names: Sequence[str]) -> None:
    """Import `names`.

    Raises:
        PreloadError: An import failed or brought a thread, a ZMQ context, an event loop or an
            open connection; the message says which import and what it brought.
    """
    for name in names:
        _import(name)
        check(f"preload {name!r}")


def _import(name: str) -> None:
    try:
        importlib.import_module(name)
    except Exception as error:
        raise PreloadError(f"preload {name!r} failed: {type(error).__name__}: {error}") from error


def check(name: str) -> None:
    """Check that the process may still be forked after `name` was done.

    Raises:
        PreloadError: It may not; the message says what is there.
    """
    found = [*threads(), *_living_objects(), *connections()]
    if found:
        raise PreloadError(f"{name} must not be forked: it left {', '.join(found)}")


def threads() -> list[str]:
    """Return a description of each thread beside the main one, native ones included."""
    own = [thread for thread in threading.enumerate() if thread is not threading.main_thread()]
    found = [f"thread {thread.name!r}{_target(thread)}" for thread in own]
    # A thread object has the id from before a fork, so the id of this thread is read again.
    known = {thread.native_id for thread in own} | {threading.get_native_id()}
    tasks = Path("/proc/self/task")
    if tasks.is_dir():
        native = [task for task in tasks.iterdir() if int(task.name) not in known]
        found += [f"native thread {(task / 'comm').read_text().strip()!r}" for task in native]
    return found


def _target(thread: threading.Thread) -> str:
    target = getattr(thread, "_target", None)
    return f" running {target.__module__}.{target.__qualname__}" if target is not None else ""


def _living_objects() -> list[str]:
    asyncio_events = sys.modules.get("asyncio.events")
    zmq = sys.modules.get("zmq")
    found = []
    for thing in gc.get_objects():
        # By its type, because reading attributes may run arbitrary code on any object.
        kind = type(thing)
        if zmq is not None and issubclass(kind, zmq.Context) and not thing.closed:
            found.append(f"an open {kind.__module__}.{kind.__qualname__}")
        elif (
            asyncio_events is not None
            and issubclass(kind, asyncio_events.AbstractEventLoop)
            and not thing.is_closed()
        ):
            found.append(f"the event loop {kind.__module__}.{kind.__qualname__}")
    return found


def connections() -> list[str]:
    """Return a description of each socket or poller that is not the template's own."""
    folder = Path("/proc/self/fd")
    if not folder.is_dir():
        return []
    found = []
    for entry in folder.iterdir():
        target = _read_link(entry)
        if target.startswith(("socket:", "anon_inode:")) and int(entry.name) not in _OWN:
            found.append(f"an open descriptor {entry.name} ({target})")
    return found


_OWN: set[int] = set()


def own(fds: Iterable[int]) -> None:
    """Set the descriptors that belong to the template, standard streams included."""
    _OWN.update((0, 1, 2), fds)


def _read_link(path: Path) -> str:
    try:
        return os.readlink(path)  # noqa: PTH115  -- Path.readlink would make a path of "socket:[1]"
    except OSError:
        return ""  # the descriptor with which this loop reads the folder


def source_files(others: Iterable[str] = ()) -> dict[str, int]:
    """Return each file that imported modules came from, and `others`, with its modification time."""
    found = {file: changed_at(file) for file in others}
    for module in list(sys.modules.values()):
        file = getattr(module, "__file__", None)
        if isinstance(file, str):
            found[file] = changed_at(file)
    return found


def changed_at(file: str) -> int:
    """Return when `file` last changed, in nanoseconds; 0 where it is gone."""
    try:
        return os.stat(file).st_mtime_ns  # noqa: PTH116  -- 1500 of them, once in a second
    except OSError:
        return 0
