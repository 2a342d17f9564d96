"""Limits of memory and CPU time for one kernel, set by rlimit."""

from __future__ import annotations

import sys

_MB = 1024 * 1024


def set_limits(pid: int, memory_mb: int, cpu_seconds: int) -> None:
    """Limit what process `pid` (0: this one) may take; 0 leaves a limit as it is.

    Memory is what the process may write to (`RLIMIT_DATA`): its heap and the stacks of its
    threads, but not mapped libraries, which `RLIMIT_AS` would count at their full, mostly unused
    length. A kernel at its limit gets a `MemoryError`; one out of CPU time is ended by SIGXCPU.
    """
    if sys.platform == "win32" or not (memory_mb or cpu_seconds):
        return
    import resource  # noqa: PLC0415  -- not to be had on Windows

    wanted = {resource.RLIMIT_DATA: memory_mb * _MB, resource.RLIMIT_CPU: cpu_seconds}
    for which, amount in wanted.items():
        if not amount:
            continue
        if pid == 0:
            resource.setrlimit(which, _within(amount, resource.getrlimit(which)[1]))
        elif sys.platform == "linux":
            hard = resource.prlimit(pid, which)[1]
            resource.prlimit(pid, which, _within(amount, hard))


def _within(amount: int, hard: int) -> tuple[int, int]:
    # The hard limit goes down too, else the kernel could lift its own limit again.
    allowed = amount if hard < 0 else min(amount, hard)
    return allowed, allowed
