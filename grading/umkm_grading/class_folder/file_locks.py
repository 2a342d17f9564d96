"""Shared and exclusive locks between processes, by flock(2); none of `filelock` (4.2) would do.

`FileLock` is flock too, but only exclusive. `ReadWriteLock` is an open SQLite database for each
lock, of which a grader holds two for each of some forty submissions, and its own documentation
rules it out on NFS. `SoftReadWriteLock` keeps the lock of a killed process for 90 s, and its
heartbeat is a thread, beside which the grader could not fork its workers. The kernel drops an
flock the moment its process dies, even by SIGKILL.
"""

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

    The file stays: deleting it would let two processes lock two files of the same name.

    Raises:
        Busy: another process or thread held it for longer than `wait_seconds`.
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
        # Closing alone would not do: a worker forked meanwhile has the same file open.
        fcntl.flock(handle, fcntl.LOCK_UN)
        os.close(handle)
