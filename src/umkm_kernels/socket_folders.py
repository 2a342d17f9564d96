"""Private folders with short paths for Unix sockets, removed also after their owner was killed.

A socket's path may have 107 bytes (`sun_path` of unix(7), 104 on macOS), so it cannot be in a data
folder, whose path may be long. Each folder holds a file that its owner keeps locked: if the file is
unlocked, the owner has ended, even if another process has its process id.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_PREFIX = "umkm-"
_LOCK = "pemilik"
#: The limit of a folder's path in bytes, so that the longest path below it fits:
#: /voila_12345678/kernel-<36 characters>-ipc-5 has 65.
_LONGEST = 40

#: Each lock: the process that holds it and its descriptor; closing the descriptor releases the lock. A
#: forked process inherits this, and must not remove the folders of its parent.
_held: dict[Path, tuple[int, int]] = {}


@atexit.register
def _remove_all() -> None:
    for folder in list(_held):
        remove_socket_folder(folder)


def make_socket_folder(purpose: str) -> Path:
    """Create and return a private folder, which is removed when this process exits.

    Args:
        purpose: A short word in the folder's name.

    Raises:
        OSError: no writable folder has a short enough path.
    """
    folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{purpose}-", dir=_short_base(purpose)))
    _held[folder] = os.getpid(), _lock(folder)
    return folder


def remove_socket_folder(folder: Path) -> None:
    """Remove a folder that this process created, with its content."""
    owner, lock = _held.pop(folder, (0, -1))
    if owner == os.getpid():
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


def sweep_socket_folders() -> list[Path]:
    """Remove the folders of processes that have ended, and return them."""
    swept = []
    for base in {_short_base(""), tempfile.gettempdir()}:
        for folder in Path(base).glob(f"{_PREFIX}*"):
            if _is_left_behind(folder):
                shutil.rmtree(folder, ignore_errors=True)
                swept.append(folder)
    return swept


def _short_base(purpose: str) -> str:
    bases = [tempfile.gettempdir(), os.environ.get("XDG_RUNTIME_DIR", ""), "/tmp"]  # noqa: S108
    for base in bases:
        made = len(os.fsencode(base)) + len(f"/{_PREFIX}{purpose}-12345678")
        if base and made <= _LONGEST and os.access(base, os.W_OK):
            return base
    raise OSError("no folder for sockets with a short enough path")


def _lock(folder: Path) -> int:
    import fcntl  # noqa: PLC0415  -- does not exist on Windows, where kernels are spawned

    lock = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return lock


def _is_left_behind(folder: Path) -> bool:
    import fcntl  # noqa: PLC0415  -- as above

    try:
        if folder.is_symlink() or folder.stat().st_uid != os.geteuid():
            return False
        lock = os.open(folder / _LOCK, os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW)
    except OSError:
        return False  # not such a folder, or one that is being created
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    finally:
        os.close(lock)
    return True
