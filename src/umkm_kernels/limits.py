"""Limits of memory and CPU time for one kernel, set by rlimit."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_MB = 1024 * 1024


def set_limits(
    pid: int, memory_mb: int, cpu_seconds: int, *, growth_mb: int = 0, nice: int = 0
) -> None:
    """Set limits of process `pid` (0: this one); 0 leaves a limit as it is.

    Memory is what the process may write to (`RLIMIT_DATA`): its heap and the stacks of its
    threads, but not mapped libraries, which `RLIMIT_AS` would count at their full, mostly unused
    length. A kernel at its limit gets a `MemoryError`; one out of CPU time is ended by SIGXCPU.

    Args:
        pid: The process.
        memory_mb: Memory it may have, in MB.
        cpu_seconds: Processor time it may use, in seconds.
        growth_mb: Memory this process may have beyond what it has now, most of which a fork shares.
            Processes that it starts inherit the limit, but may raise it up to `memory_mb`.
        nice: Its nice value, 0 to 19. On Linux that applies to the thread that runs cells, and to all
            threads that it starts.
    """
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415  -- does not exist on Windows

    if nice:
        os.setpriority(os.PRIO_PROCESS, pid, nice)
    wanted = {resource.RLIMIT_DATA: memory_mb * _MB, resource.RLIMIT_CPU: cpu_seconds}
    for which, amount in wanted.items():
        if not amount:
            continue
        if pid == 0:
            resource.setrlimit(which, _within(amount, resource.getrlimit(which)[1]))
        elif sys.platform == "linux":
            hard = resource.prlimit(pid, which)[1]
            resource.prlimit(pid, which, _within(amount, hard))
    if growth_mb and pid == 0 and (has := _data_mb()):
        hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
        # The soft limit only, because a child process (umkm_widgets opens photos in one) sets its own.
        soft, _ = _within((has + growth_mb) * _MB, hard)
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def _data_mb() -> int:
    """Return the memory this process may write to now, in MB; 0 where that is unknown."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return 0
    return next(
        int(line.split()[1]) // 1024 for line in status.splitlines() if line.startswith("VmData:")
    )


def _within(amount: int, hard: int) -> tuple[int, int]:
    # The hard limit too, because a kernel could raise its soft limit again.
    allowed = amount if hard < 0 else min(amount, hard)
    return allowed, allowed
