"""Detection of kernels that work on one message for too long."""

from __future__ import annotations

from typing import Any

import psutil

from .sessions import PageSession

#: Seconds at one message that end a kernel: beyond the first number where it has used the processor for
#: half of them, beyond the second in any case. A PDF of forty photos takes 4 s; on a laptop where forty
#: people make one at once it takes longer, but each kernel uses little of the processor.
MOST_WORK = 30.0
MOST_WAIT = 180.0


class WorkWatch:
    """Records how much processor time each kernel had used when its message began."""

    def __init__(self) -> None:
        self._began: dict[PageSession, tuple[float, float]] = {}

    def is_overdue(self, page: PageSession, kernel: Any, now: float) -> bool:
        """Return whether a page's kernel has to end, looked at every half second.

        Args:
            page: The page.
            kernel: The manager of its kernel.
            now: The event loop's time, in seconds.
        """
        began = page.traffic.at_work_since
        if began is None:
            self._began.pop(page, None)
            return False
        at, used = self._began.get(page, (None, 0.0))
        if at != began:
            self._began[page] = began, cpu_seconds(kernel)
            return False
        busy = now - began
        if busy > MOST_WAIT:
            return True
        return busy > MOST_WORK and cpu_seconds(kernel) - used > MOST_WORK / 2

    def forget(self, page: PageSession) -> None:
        """Remove a page that has ended."""
        self._began.pop(page, None)


def cpu_seconds(kernel: Any) -> float:
    """Return the processor time that a kernel has used, in seconds; 0 where it has ended."""
    pid = getattr(kernel.provisioner, "pid", None)
    if pid is None:  # to psutil that would be this process
        return 0.0
    try:
        times = psutil.Process(pid).cpu_times()
    except psutil.Error:
        return 0.0
    return float(times.user + times.system)
