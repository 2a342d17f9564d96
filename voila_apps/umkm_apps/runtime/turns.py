"""Turns among the processes of one server, by a lock on a file."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from .secrets import FOLDER


@contextlib.contextmanager
def turn_of_all(data_dir: Path, name: str) -> Iterator[None]:
    """Hold the one place of this name on a data folder; it is free again when this process ends, however it does.

    Waits for as long as another process holds it: only for threads that may wait.

    Raises:
        OSError: the data folder cannot be written.
    """
    import fcntl  # noqa: PLC0415  -- does not exist on Windows, where one process serves

    path = data_dir / FOLDER / f"{name}.kunci"
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
