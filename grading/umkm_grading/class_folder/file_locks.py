"""Locks between processes. The kernel lets go of them when a process dies, even by SIGKILL."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from umkm_grading.errors import Busy

_POLL_SECONDS = 0.05


@contextmanager
def hold(path: Path, *, wait_seconds: float, shared: bool = False) -> Iterator[None]:
    """Hold a lock file, alone or shared with other `shared` holders.

    The file stays behind: deleting it would let two processes hold two files of one name.

    Raises:
        Busy: somebody else held it for longer than `wait_seconds`.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    mode = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
    deadline = time.monotonic() + wait_seconds
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        while True:
            try:
                fcntl.flock(handle, mode | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    raise Busy from None
                time.sleep(_POLL_SECONDS)
        yield
    finally:
        # Closing alone would not do: a worker forked meanwhile has the same lock open.
        fcntl.flock(handle, fcntl.LOCK_UN)
        os.close(handle)
