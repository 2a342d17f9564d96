"""`python -m umkm_apps.server.worker`: one of the processes behind the balancer, which starts it."""

from __future__ import annotations

import logging
import os
import signal
import threading
import time

#: Seconds in which the process ends by itself after its balancer has.
END_WITHIN = 10.0

_log = logging.getLogger(__name__)


def end_with_parent(descriptor: int = 0) -> None:
    """Watch a pipe that the balancer holds open, and end this process when that one has ended."""

    def watch() -> None:
        while os.read(descriptor, 1):
            pass
        _log.warning("The balancer has ended, and so does this process")
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(END_WITHIN)
        # The event loop stands still.
        os._exit(1)

    threading.Thread(target=watch, name="parent", daemon=True).start()


def main() -> None:
    """Serve the connections that the balancer hands over, until SIGTERM or its end."""
    end_with_parent()
    from .app import main as serve  # noqa: PLC0415  -- the balancer may end meanwhile

    serve()


if __name__ == "__main__":
    main()
