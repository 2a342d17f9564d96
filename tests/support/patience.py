"""How long a test waits for what is to happen: only what never happens takes so long, however busy the machine."""

import time
from collections.abc import Callable

#: In seconds; Playwright counts in milliseconds.
PATIENCE = 120
PATIENCE_MS = PATIENCE * 1000


def wait_until(
    is_so: Callable[[], object], what: object = "it never came to be", pause: float = 0.05
) -> None:
    """Return once it is so; raise AssertionError, with what was waited for, if it never is."""
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < deadline, what
        time.sleep(pause)
