"""Refresh a page of the trainer's JupyterLab: the records are asked in a thread, and a stamp shows each refresh.

Records that do not answer would block the kernel's event loop, and the page would go on showing old
data; so a thread asks them first. The stamp changes at each refresh, whether the records answer or
not: `watch.js` warns of a page whose stamp stays the same.
"""

from __future__ import annotations

import asyncio
import time
from concurrent.futures import Future
from threading import Thread
from typing import Protocol

import ipywidgets

from umkm_records import Records, StorageError, StorageUnreachable, find_cohort

#: Seconds until records count as silent. With the pause between two refreshes it stays below the ten
#: seconds after which `watch.js` calls a page cut off.
PATIENCE = 4.0


class Page(Protocol):
    """A page that is kept fresh."""

    def refresh(self) -> None:
        """Read the records and show what they say."""

    def show_unread(self, error: StorageError) -> None:
        """Show that the records cannot be read now."""


class Freshness:
    """Refreshes a page every few seconds, for as long as the notebook's kernel lives."""

    def __init__(self, page: Page, records: Records, cohort_id: str, seconds: float) -> None:
        self._page, self._records, self._cohort_id = page, records, cohort_id
        self._seconds = seconds
        self._asked: asyncio.Future[StorageError | None] | None = None
        #: Belongs into the page's view; it shows nothing.
        self.stamp = ipywidgets.HTML(layout={"display": "none"})
        self._renew_stamp()

    async def keep(self) -> None:
        """Refresh again and again."""
        while True:
            await self.refresh_once()
            await asyncio.sleep(self._seconds)

    async def refresh_once(self) -> None:
        """Refresh the page, or let it show that its records do not answer."""
        error = await self._trouble()
        if error is None:
            self._page.refresh()
        else:
            self._page.show_unread(error)
        self._renew_stamp()

    async def _trouble(self) -> StorageError | None:
        # A question that hangs is waited for, not asked twice: there is one thread at most.
        if self._asked is None or self._asked.done():
            self._asked = self._ask()
        done, _ = await asyncio.wait([self._asked], timeout=PATIENCE)
        return done.pop().result() if done else StorageUnreachable()

    def _ask(self) -> asyncio.Future[StorageError | None]:
        answer: Future[StorageError | None] = Future()

        def ask() -> None:
            try:
                find_cohort(self._records, self._cohort_id)
            except StorageError as error:
                answer.set_result(error)
            except BaseException as error:  # raised again in the loop
                answer.set_exception(error)
            else:
                answer.set_result(None)

        # As a daemon it does not keep a kernel that is told to end.
        Thread(target=ask, name="umkm-ask-records", daemon=True).start()
        return asyncio.wrap_future(answer)

    def _renew_stamp(self) -> None:
        now = time.time_ns() // 1_000_000
        self.stamp.value = f"<span data-umkm-refreshed='{now}'></span>"
