"""Page sessions: which pages are open, whose they are, and how long each may wait.

A page is open for one participant, in one browser, at one address. Two phones of one person are
two pages: each shows what it was sent, and they meet in the records, where the newest answer wins.
Tabs of one browser share a page, as they share the login.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from .html_stream import PageStream
from .page_traffic import PageTraffic

#: Seconds after its reader left before a page may be given up for somebody who waits: a reload or
#: a look at another page must find it again.
RETURN_SECONDS = 10.0
#: The same for a connection that broke without a word, as when a phone sleeps.
WAKE_SECONDS = 60.0


class PageGone(Exception):
    """The page session ended while its kernel was starting."""


class KernelLate(Exception):
    """A kernel did not start in time."""


@dataclass(frozen=True)
class PageKey:
    """The key of a page session: participant, browser and address."""

    owner: str
    #: The name of the login: when it is over, so is the page.
    browser: str
    address: str


@dataclass(frozen=True)
class Timeouts:
    """Seconds that a page without a reader stays open, while nobody else needs its room."""

    #: Its reader has left it.
    closed: float
    #: Its connection broke without a word.
    silent: float
    #: It never had a connection.
    unopened: float


@dataclass(eq=False)
class PageSession:
    """One open page: its fingerprint, HTML stream, kernel, connections and times."""

    key: PageKey
    #: Fingerprint of the page's inputs.
    fingerprint: str
    environment: Mapping[str, str]
    #: Whether it has a kernel process of its own; pages without one cost next to nothing.
    has_kernel: bool = True
    stream: PageStream = field(default_factory=PageStream)
    kernel_id: str | None = None
    #: Its WebSockets, the oldest first.
    connections: list[Any] = field(default_factory=list)
    traffic: PageTraffic = field(default_factory=PageTraffic)
    #: Since when it has been on its way to a reader who has not opened a connection yet; the clock is the
    #: event loop's.
    expected_since: float | None = None
    #: Since when no connection is open.
    alone_since: float = 0.0
    was_left: bool = False
    #: Set when it is to end whether or not a connection is open.
    surplus_since: float | None = None
    is_ending: bool = False
    #: What its connections are closed with, where a page is to say why it ended.
    close_code: int | None = None

    def ends_at(self, patience: Timeouts) -> float | None:
        """Return when it has waited long enough, or None while somebody looks at it."""
        if self.surplus_since is not None:
            return self.surplus_since + min(patience.closed, RETURN_SECONDS)
        if self.connections:
            return None
        if self.expected_since is not None:
            return self.expected_since + patience.unopened
        return self.alone_since + (patience.closed if self.was_left else patience.silent)

    @property
    def may_be_replaced(self) -> bool:
        """Return whether nobody looks at it: its own reader may open another page in its place."""
        return not self.connections and self.expected_since is None

    def is_evictable(self, now: float) -> bool:
        """Return whether it may end to make room for somebody who waits."""
        if not self.may_be_replaced or not self.stream.is_over:
            return False
        return now - self.alone_since >= (RETURN_SECONDS if self.was_left else WAKE_SECONDS)


class PageSessions:
    """All open pages, in the order in which their readers last came to them."""

    def __init__(self) -> None:
        self._at: dict[PageKey, PageSession] = {}

    def __len__(self) -> int:
        return len(self._at)

    def count(self, *, has_kernel: bool) -> int:
        """Return how many pages have, or are about to have, a kernel; or how many have none."""
        return sum(page.has_kernel is has_kernel for page in self._at.values())

    def __iter__(self) -> Iterator[PageSession]:
        return iter(list(self._at.values()))

    def at(self, key: PageKey) -> PageSession | None:
        """Return the page of a key."""
        return self._at.get(key)

    def put(self, page: PageSession) -> None:
        """Add a page, or make it the latest."""
        self._at.pop(page.key, None)
        self._at[page.key] = page

    def remove(self, page: PageSession) -> None:
        """Remove a page; one that has replaced it stays."""
        if self._at.get(page.key) is page:
            del self._at[page.key]

    def of(self, owner: str) -> list[PageSession]:
        """Return one person's pages, the longest untouched first."""
        return [page for page in self._at.values() if page.key.owner == owner]

    def is_inside(self, owner: str, *, has_kernel: bool) -> bool:
        """Return whether somebody has a page of a kind, and so needs no further admission."""
        return any(page.has_kernel is has_kernel for page in self.of(owner))

    def evictable(self, now: float, *, has_kernel: bool) -> list[PageSession]:
        """Return the pages of a kind that may end for somebody who waits, the longest alone first."""
        free = [
            page
            for page in self._at.values()
            if page.has_kernel is has_kernel and page.is_evictable(now)
        ]
        return sorted(free, key=lambda page: page.alone_since)
