"""Flow control of one page's messages to its kernel.

Whoever sends faster is not refused but read more slowly: the network holds the rest back, and
nothing of an honest burst is lost (a page that says again what an outage left unanswered).
"""

from __future__ import annotations

import asyncio

from .websocket_messages import WebSocketMessage

#: What a page may have unanswered at once, in messages and bytes, and how many seconds an answer is
#: waited for: the kernel is silent about a message that it has seen before.
MOST_UNANSWERED = 400
MOST_UNANSWERED_BYTES = 24 * 2**20
FORGET_AFTER = 60.0

_ANSWERED_BESIDE = {"kernel_info_request", "comm_info_request", "shutdown_request"}


class Bucket:
    """A token bucket of `size` units that fills up by `per_second`; it may go into debt."""

    def __init__(self, size: float, per_second: float) -> None:
        self._size = size
        self._per_second = per_second
        self._left = size
        self._at: float | None = None

    def take(self, amount: float, now: float) -> float:
        """Take an amount out; return the seconds until what was taken too much is there again."""
        self._fill(now)
        self._left -= amount
        return max(0.0, -self._left / self._per_second)

    def wait_for(self, amount: float, now: float) -> float:
        """Return the seconds until an amount is there; nothing is taken out."""
        self._fill(now)
        return max(0.0, (amount - self._left) / self._per_second)

    def try_take(self, amount: float, now: float) -> float:
        """Take an amount out if it is there; return 0, or the seconds until it will be."""
        if not (wait := self.wait_for(amount, now)):
            self._left -= amount
        return wait

    def _fill(self, now: float) -> None:
        since = now if self._at is None else self._at
        self._left = min(self._size, self._left + max(0.0, now - since) * self._per_second)
        self._at = now


class PageTraffic:
    """The messages of one page, whichever of its connections they come by; times are the event loop's.

    The busiest page of ours sends a form of 20 KB three times a second while a person types, and a photo
    of 8 MB now and then (widgets/umkm_widgets: desk.js, photo_desk.js).
    """

    def __init__(self) -> None:
        self._messages = Bucket(200, 40)
        self._json = Bucket(2 * 2**20, 4 * 2**20 / 60)
        self._buffers = Bucket(32 * 2**20, 2**19)
        #: Asking for all states is answered with up to some hundred KB.
        self._costly = Bucket(20, 2)
        self._connections = Bucket(20, 0.5)
        #: Bytes and time of what was passed on and not answered yet, by message id.
        self._unanswered: dict[str, tuple[int, float]] = {}
        self._answer = asyncio.Event()
        #: The message the kernel is at, and since when.
        self._at_work: tuple[str, float] | None = None

    def wait_for_connection(self, now: float) -> float:
        """Count a connection that is to be opened; return 0, or the seconds until it may."""
        return self._connections.try_take(1, now)

    def wait_for(self, message: WebSocketMessage, now: float) -> float:
        """Count a message; return the seconds after which it may go on to the kernel."""
        waits = [
            self._messages.take(1, now),
            self._json.take(message.json_bytes, now),
            self._buffers.take(message.buffer_bytes, now),
        ]
        if message.is_costly:
            waits.append(self._costly.take(1, now))
        return max(waits)

    async def wait_for_room(self, message: WebSocketMessage) -> None:
        """Return once little enough is unanswered; then the message counts as passed on."""
        clock = asyncio.get_running_loop().time
        while self._is_full(clock()):
            self._answer.clear()
            try:
                async with asyncio.timeout(1):
                    await self._answer.wait()
            except TimeoutError:
                continue
        self._unanswered[message.message_id] = message.json_bytes + message.buffer_bytes, clock()

    def _is_full(self, now: float) -> bool:
        for name, (_, at) in list(self._unanswered.items()):
            if now - at <= FORGET_AFTER:
                break
            del self._unanswered[name]
        unanswered = sum(size for size, _ in self._unanswered.values())
        return len(self._unanswered) >= MOST_UNANSWERED or unanswered >= MOST_UNANSWERED_BYTES

    def hear(self, state: str, kind: str, message_id: str, now: float) -> None:
        """Record that the kernel is "busy" with a message of a kind, or "idle" after it."""
        if state == "busy":
            # A sign of life is answered by another thread, while the work goes on.
            if kind not in _ANSWERED_BESIDE:
                self._at_work = message_id, now
            return
        self._unanswered.pop(message_id, None)
        self._answer.set()
        if self._at_work is not None and self._at_work[0] == message_id:
            self._at_work = None

    @property
    def at_work_since(self) -> float | None:
        """Return when the kernel began the message it is at, None while it is idle."""
        return None if self._at_work is None else self._at_work[1]
