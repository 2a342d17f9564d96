"""A thread that ends this process when another process ends."""

from __future__ import annotations

import os
import select
import time
from threading import Thread


class ProcessWatch(Thread):
    """Ends this process when another one ends, as ipykernel does when its parent ends."""

    def __init__(self, pid: int) -> None:
        super().__init__(name="Process watch", daemon=True)
        # So that a debugger leaves it running when it stops all threads.
        self.pydev_do_not_trace = True
        self.is_pydev_daemon_thread = True
        self._pid = pid

    def run(self) -> None:
        """Wait for the other process to end, then end this one."""
        try:
            if hasattr(os, "pidfd_open"):
                poller = select.poll()
                poller.register(os.pidfd_open(self._pid), select.POLLIN)
                poller.poll()
            else:
                while True:
                    os.kill(self._pid, 0)
                    time.sleep(1.0)
        except ProcessLookupError:
            pass
        os._exit(1)
