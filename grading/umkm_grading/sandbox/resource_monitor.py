"""Monitor what a notebook's processes use together, and end them above a limit.

The kernel's limits count for each process by itself, and the one on processes not for root; a
cgroup would need rights that few laptops give. So a thread checks 20 times a second.
"""

import contextlib
import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

_PERIOD = 0.05
_PAGE = os.sysconf("SC_PAGE_SIZE")
_PROC = Path("/proc")


class ResourceMonitor(threading.Thread):
    """Thread that ends a process and its descendants once they exceed a limit.

    Args:
        process: its leader, in a session of its own.
        seconds: how long it may run.
        memory: bytes it and its descendants may hold together.
        tasks: processes and threads it may have at once.
    """

    def __init__(
        self, process: subprocess.Popen[bytes], seconds: float, memory: int, tasks: int
    ) -> None:
        super().__init__(daemon=True)
        self._process = process
        self._until = time.monotonic() + seconds
        self._seconds, self._memory, self._tasks = seconds, memory, tasks
        self._over = threading.Event()
        #: Why it was ended, in a sentence; empty where it was not.
        self.stopped = ""

    def run(self) -> None:
        """Check until `close`, or until a limit is exceeded."""
        while not self._over.wait(_PERIOD):
            self.stopped = self._trouble()
            if self.stopped:
                end_session(self._process.pid)
                return

    def close(self) -> None:
        """Stop checking, and end what is left of the process."""
        self._over.set()
        # The next submission's child is forked from a process with one thread.
        self.join()
        end_session(self._process.pid)
        self._process.wait()

    def _trouble(self) -> str:
        if time.monotonic() > self._until:
            return f"Notebook belum selesai setelah {self._seconds:g} detik."
        family = [*_family(self._process.pid)]
        if sum(_tasks(pid) for pid in family) > self._tasks:
            return f"Notebook menjalankan lebih dari {self._tasks} proses sekaligus."
        if _resident(family) > self._memory and _fair_share(family) > self._memory:
            return f"Notebook memakai lebih dari {self._memory >> 20} MB memori."
        return ""


def end_session(pid: int) -> None:
    """Kill a process group; bubblewrap ends everything inside with it."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)


def _family(pid: int) -> Iterator[int]:
    """Yield a process and all its descendants, as far as they can be seen at this moment."""
    yield pid
    for listing in (_PROC / str(pid) / "task").glob("*/children"):
        for child in _read(listing).split():
            yield from _family(int(child))


def _tasks(pid: int) -> int:
    with contextlib.suppress(OSError):
        return sum(1 for _ in (_PROC / str(pid) / "task").iterdir())
    return 0


def _resident(family: list[int]) -> int:
    """Return the bytes in memory of all, where what they share counts for each: quick, an upper bound."""
    pages = [_read(_PROC / str(pid) / "statm").split() for pid in family]
    return sum(int(words[1]) for words in pages if words) * _PAGE


def _fair_share(family: list[int]) -> int:
    """Return the bytes in memory of all, each shared page counted once in total (PSS)."""
    lines = [
        line for pid in family for line in _read(_PROC / str(pid) / "smaps_rollup").split("\n")
    ]
    return sum(int(line.split()[1]) << 10 for line in lines if line.startswith("Pss:"))


def _read(path: Path) -> str:
    # It may have ended this moment.
    try:
        return path.read_text(encoding="ascii")
    except (OSError, ValueError):
        return ""
