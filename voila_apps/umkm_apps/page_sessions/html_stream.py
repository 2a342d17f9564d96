"""The HTML of one page as it is made: recorded once, read by everyone who comes for it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

#: Stands in the template beside the words for a part that could not be opened.
FAILURE_MARK = "data-bagian-gagal"
#: Above this a page is not kept: a reader who comes back gets it made anew.
MOST_CHARACTERS = 2_000_000


class PageStream:
    """Pieces of HTML in their order.

    It is made to the end even if the reader who asked for it has gone, so that a reload in the
    middle joins it instead of starting a second one.
    """

    def __init__(self) -> None:
        self.is_over = False
        self._pieces: list[str] = []
        self._size = 0
        self._problem: Exception | None = None
        self._has_failed_part = False
        self._news = asyncio.Event()

    @property
    def is_worth_keeping(self) -> bool:
        """Return whether somebody who comes back may be shown this."""
        broken = self._problem is not None or self._has_failed_part
        return not broken and self._size <= MOST_CHARACTERS

    @property
    def has_broken_off(self) -> bool:
        """Return whether it ended before it was whole."""
        return self._problem is not None

    async def record(self, source: AsyncIterator[str]) -> None:
        """Take in a page's pieces until it is whole, or fails; a failure reaches the readers."""
        try:
            async for piece in source:
                self._pieces.append(piece)
                self._size += len(piece)
                self._has_failed_part = self._has_failed_part or FAILURE_MARK in piece
                self._tell()
        except Exception as problem:
            self._problem = problem
        finally:
            self.is_over = True
            self._tell()

    async def follow(self) -> AsyncIterator[str]:
        """Yield the pieces there are, then those that come; everything at once when it is whole.

        Raises:
            Exception: what ended the page early.
        """
        read = 0
        while True:
            news, is_over = self._news, self.is_over
            fresh, read = self._pieces[read:], len(self._pieces)
            if fresh:
                yield "".join(fresh)
            elif is_over:
                break
            else:
                await news.wait()
        if self._problem is not None:
            raise self._problem

    def _tell(self) -> None:
        news, self._news = self._news, asyncio.Event()
        news.set()
