"""The most memory that a process held, and that the processes below it held."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
from benchmarks.abuse import resident_mb


def peak_mb(process: psutil.Process) -> float:
    """Return the most resident memory of a process since `forget_peak`."""
    for line in Path(f"/proc/{process.pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM:"):
            return round(int(line.split()[1]) / 1024, 1)
    raise LookupError("VmHWM")


def forget_peak(process: psutil.Process) -> None:
    """Set the kernel's mark of the most resident memory to what it is now."""
    Path(f"/proc/{process.pid}/clear_refs").write_text("5", encoding="ascii")


@dataclass
class Children:
    """The most that all processes below one held at once."""

    peak_mb: float = 0.0


@contextlib.contextmanager
def watch_children(process: psutil.Process) -> Iterator[Children]:
    """Measure the processes below one ten times a second, for as long as the context lasts."""
    most, stop = Children(), threading.Event()

    def look() -> None:
        while not stop.wait(0.1):
            below = process.children(recursive=True)
            most.peak_mb = max(most.peak_mb, round(sum(map(resident_mb, below)), 1))

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield most
    finally:
        stop.set()
        watcher.join()
