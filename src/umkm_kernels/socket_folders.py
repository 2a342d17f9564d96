"""Short, private folders for Unix sockets: one for each process that needs them, swept after a kill.

A socket's path may have 107 bytes (`sun_path` of unix(7), 104 on macOS), so it cannot lie in a data
folder that may stand anywhere. Each folder holds a file that its owner keeps locked: whoever finds it
unlocked knows that the owner is gone, whatever process has its number by now.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_PREFIX = "umkm-"
_LOCK = "pemilik"
#: Bytes a folder's own path may have, so that what jupyter_client and we put below it fits:
#: /voila_12345678/kernel-<36 characters>-ipc-5 has 65.
_LONGEST = 40

#: Locks, as the process that took them and its descriptor; closing one lets go of it. A forked process
#: inherits this, and must not remove what is its parent's.
_held: dict[Path, tuple[int, int]] = {}


@atexit.register
def _remove_all() -> None:
    for folder in list(_held):
        remove_socket_folder(folder)


def make_socket_folder(purpose: str) -> Path:
    """Return a new folder that nobody else may enter; it is removed when this process exits.

    Args:
        purpose: A short word for people who look into the folder of temporary files.

    Raises:
        OSError: no folder with a short enough path can be written to.
    """
    folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{purpose}-", dir=_short_base(purpose)))
    _held[folder] = os.getpid(), _lock(folder)
    return folder


def remove_socket_folder(folder: Path) -> None:
    """Remove a folder that this process made, with all that lies in it."""
    owner, lock = _held.pop(folder, (0, -1))
    if owner == os.getpid():
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


def sweep_socket_folders() -> list[Path]:
    """Remove the folders of processes that were killed; return them."""
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
    import fcntl  # noqa: PLC0415  -- not to be had on Windows, where kernels are spawned

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
        return False  # not one of ours, or one that is just being made
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    finally:
        os.close(lock)
    return True
