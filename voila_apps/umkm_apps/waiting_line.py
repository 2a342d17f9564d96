"""Who waits for a free page: first come, first served, one place a person."""

from __future__ import annotations

#: Seconds without a sign of life after which a place is lost. A waiting page asks every 3 s, or
#: reloads every 5 s where scripts are off.
PATIENCE = 20.0


class WaitingLine:
    """People in the order in which they came; whoever stops asking loses their place."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self.patience = patience
        self._seen: dict[str, float] = {}

    def place(self, person: str, now: float) -> int:
        """Their number in the line, 1 for who is next; a newcomer stands last."""
        self._forget(now)
        # An update keeps the position of a key that is there.
        self._seen[person] = now
        return list(self._seen).index(person) + 1

    def leave(self, person: str) -> None:
        """They are in, or gone."""
        self._seen.pop(person, None)

    def waiting(self, now: float) -> list[str]:
        """Everybody in the line, the next one first."""
        self._forget(now)
        return list(self._seen)

    def _forget(self, now: float) -> None:
        for person in [p for p, at in self._seen.items() if now - at > self.patience]:
            del self._seen[person]
