"""The admission queue: first come, first served; one place for each person and address in turn.

Whoever makes many people on one phone would otherwise stand before everybody who comes later. The
first who came from an address stands by when they came. The second from there stands behind the
first of every other address, and so on: people behind one Wi-Fi router all get in, in turns.
"""

from __future__ import annotations

from collections import Counter

#: Seconds without a sign of life after which a place is lost. A waiting page asks every 3 s, or
#: reloads every 5 s where scripts are off.
PATIENCE = 20.0


class AdmissionQueue:
    """People in the order in which they are admitted; whoever stops asking loses their place."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self.patience = patience
        #: When each was last seen, and from where, in the order in which they came.
        self._seen: dict[str, tuple[float, str]] = {}
        self._for_kernel: dict[str, bool] = {}

    def place(self, person: str, now: float, address: str = "", *, has_kernel: bool = True) -> int:
        """Return a person's number in the queue, 1 for the next; an empty address is shared by nobody."""
        self._forget(now)
        # An update keeps the position of a key that is there. Who changes their network keeps
        # the address they came from.
        _, first = self._seen.get(person, (now, address))
        self._seen[person] = now, first
        self._for_kernel[person] = has_kernel
        return self._order().index(person) + 1

    def leave(self, person: str) -> None:
        """Remove a person, who was admitted or has gone."""
        self._seen.pop(person, None)
        self._for_kernel.pop(person, None)

    def is_for_kernel(self, person: str) -> bool | None:
        """Return whether the page that a person waits for has a kernel; None for nobody in the queue."""
        return self._for_kernel.get(person)

    def waiting(self, now: float) -> list[str]:
        """Return everybody in the queue, the next one first."""
        self._forget(now)
        return self._order()

    def _order(self) -> list[str]:
        from_there: Counter[str] = Counter()
        rounds: dict[str, int] = {}
        for person, (_, address) in self._seen.items():
            rounds[person] = from_there[address] if address else 0
            from_there[address] += 1
        # Sorting is stable: within a round, who came first.
        return sorted(self._seen, key=rounds.__getitem__)

    def _forget(self, now: float) -> None:
        for person in [p for p, (at, _) in self._seen.items() if now - at > self.patience]:
            self.leave(person)
