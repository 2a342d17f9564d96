"""Token buckets by person; ours, as `limits` counts in windows of time and aiolimiter knows no keys."""

from __future__ import annotations

import time
from collections.abc import Callable


class RateLimiter:
    """Allows each key `burst` requests (or bytes) at once, and `per_second` continuously."""

    def __init__(
        self, burst: float, per_second: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.burst = burst
        self.per_second = per_second
        self._clock = clock
        self._buckets: dict[str, tuple[float, float]] = {}

    def __len__(self) -> int:
        """Return how many buckets are remembered; a full one need not be."""
        return len(self._buckets)

    def wait_for(self, person: str, amount: float = 1) -> float:
        """Return 0 and take an amount from a person's bucket, or the seconds to wait where there is less."""
        now = self._clock()
        left, since = self._buckets.get(person, (self.burst, now))
        left = min(self.burst, left + (now - since) * self.per_second)
        if left < amount:
            self._buckets[person] = (left, now)
            return (amount - left) / self.per_second
        self._buckets[person] = (left - amount, now)
        self._forget_the_quiet(now)
        return 0.0

    def reserve(self, person: str, most: float) -> float | None:
        """Take one request from a person's bucket, or the next that will be in it.

        Returns:
            The seconds until it is there, 0 for at once; None where that is more than `most`, and
            nothing was taken.
        """
        now = self._clock()
        left, since = self._buckets.get(person, (self.burst, now))
        left = min(self.burst, left + (now - since) * self.per_second)
        wait = max(0.0, (1 - left) / self.per_second)
        if wait > most:
            self._buckets[person] = (left, now)
            return None
        self._buckets[person] = (left - 1, now)
        self._forget_the_quiet(now)
        return wait

    def _forget_the_quiet(self, now: float) -> None:
        if len(self._buckets) <= 1_000:
            return
        self._buckets = {
            person: bucket
            for person, bucket in self._buckets.items()
            if bucket[0] + (now - bucket[1]) * self.per_second < self.burst
        }
