"""How long a test waits for what is to happen: only what never happens takes so long, however busy the machine."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

#: In seconds; Playwright counts in milliseconds.
PATIENCE = 120
PATIENCE_MS = PATIENCE * 1000


def wait_until(is_so: Callable[[], T], what: object = "it never came to be") -> T:
    """Return what `is_so` returns, once that is true; AssertionError, with `what`, if it never is."""
    deadline = time.monotonic() + PATIENCE
    while not (found := is_so()):
        assert time.monotonic() < deadline, what
        time.sleep(0.02)
    return found
