"""A monotonic clock for the event loop: changing the system date must not stall its timers."""

from __future__ import annotations

import time

from tornado.ioloop import IOLoop


def use_monotonic_clock(loop: IOLoop) -> None:
    """Set a loop's clock to `time.monotonic`, for its timers and Jupyter's periodic callbacks.

    Tornado takes the date. After a laptop's date was set back by a week, a `PeriodicCallback`
    does nothing for a week: no page that was left would end, no idle kernel be culled, and the health
    page would stand still. To be called before any of them starts.
    """
    loop.time = time.monotonic  # type: ignore[method-assign]
