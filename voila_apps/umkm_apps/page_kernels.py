"""One kernel for each open page: started for its reader, kept for their return, ended in time."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Mapping, Sequence
from contextvars import ContextVar
from typing import Any

from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado.ioloop import PeriodicCallback
from traitlets import Float

from .capacity import LEAST_FREE_MB, Capacity, free_mb
from .open_pages import OpenPage, OpenPages, Patience, Place
from .settings import PARTICIPANT
from .waiting_line import WaitingLine

#: The only variables of the server's environment that a page's kernel inherits: what Python and the
#: operating system need, and nothing that could be a secret.
INHERITED = ("PATH", "HOME", "LANG", "LC_", "TZ", "TMPDIR", "PYTHON", "LD_", "VIRTUAL_ENV", "XDG_",
             "JUPYTER_RUNTIME_DIR", "JUPYTER_PATH")  # fmt: skip

#: Pages one person may have open while there is room: two phones, and one on its way.
MOST_PAGES = 3
SWEEP_SECONDS = 0.5

#: Set by the page's handler right before its kernel is started, in the same task.
opening: ContextVar[OpenPage] = ContextVar("opening")


class PageGone(Exception):
    """The page was given up while its kernel was starting."""


class PageKernelManager(AsyncMappingKernelManager):
    """Starts each kernel for one page, and ends it when nobody comes back for the page."""

    closed_grace = Float(120.0, config=True, help="Seconds a closed page's kernel lives on.")
    silent_grace = Float(900.0, config=True, help="Seconds a kernel waits for a broken line.")
    unopened_grace = Float(120.0, config=True, help="Seconds a kernel waits for its first line.")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.pages = OpenPages()
        self.waiting = WaitingLine()
        #: Replaced by the server before it listens.
        self.capacity = Capacity(1, "setting")
        self._with_kernel: dict[str, OpenPage] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._sweeper: PeriodicCallback | None = None

    # -- opening a page

    def find_page(self, place: Place, made_from: str) -> OpenPage | None:
        """The page at a place, if what it shows is still so; its kernel waits for the line."""
        page = self.pages.at(place)
        if page is None or page.made_from != made_from or not page.stream.is_worth_keeping:
            return None
        page.expected_since, page.was_left, page.surplus_since = self._now(), False, None
        self.pages.put(page)
        return page

    def place_in_line(self, owner: str) -> int:
        """0 when this person may open a page now; else their number among those who wait.

        Whoever has a page open is inside: going on to the next page, they never wait.
        """
        now = self._now()
        if self.pages.of(owner):
            self.waiting.leave(owner)
            return 0
        number = self.waiting.place(owner, now)
        room = self.capacity.pages - len(self.pages) + len(self.pages.giving_way(now))
        return number if number > room or self._is_short_of_memory() else 0

    def people_waiting(self) -> list[str]:
        """Codes of those in the line, the next one first."""
        return self.waiting.waiting(self._now())

    def open_page(
        self, place: Place, made_from: str, environment: Mapping[str, str]
    ) -> tuple[OpenPage, list[OpenPage]]:
        """Give a new page its room; also gives the pages that have to end for it."""
        now = self._now()
        replaced = self.pages.at(place)
        ending = [replaced] if replaced else []
        is_full = len(self.pages) - len(ending) >= self.capacity.pages
        mine = [page for page in self.pages.of(place.owner) if page is not replaced]
        if is_full and not mine:
            ending += self.pages.giving_way(now)[:1]
        page = OpenPage(place, made_from, environment, expected_since=now)
        self.pages.put(page)
        self.waiting.leave(place.owner)
        # The line of the page one comes from closes only when this one shows: let it end by itself.
        most = 1 if is_full else MOST_PAGES
        for surplus in mine[: max(0, len(mine) + 1 - most)]:
            surplus.surplus_since = surplus.surplus_since or now
        # Nobody opens more by hand; a script must not fill the laptop meanwhile.
        return page, ending + mine[: max(0, len(mine) - MOST_PAGES)]

    def run_page(
        self, page: OpenPage, source: AsyncIterator[str], ending: Sequence[OpenPage] = ()
    ) -> None:
        """Make a page in a task of its own, so that it does not depend on who asked for it."""
        for other in ending:
            self._do(self.end_page(other))
        if self._sweeper is None:
            self._sweeper = PeriodicCallback(self._sweep, SWEEP_SECONDS * 1000)
            self._sweeper.start()
        self._do(self._run(page, source))

    async def _run(self, page: OpenPage, source: AsyncIterator[str]) -> None:
        opening.set(page)
        await page.stream.record(source)
        if page.kernel_id is None:
            self.pages.remove(page)

    async def start_kernel(self, **kwargs: Any) -> str:  # type: ignore[override]  # async upstream too
        """Start the kernel of the page that is opening."""
        page = opening.get()
        environment = {k: v for k, v in os.environ.items() if k.startswith(INHERITED)}
        kwargs["env"] = environment | dict(page.environment) | {PARTICIPANT: page.place.owner}
        kernel_id: str = await super().start_kernel(**kwargs)
        page.kernel_id = kernel_id
        self._with_kernel[kernel_id] = page
        if page.is_ending:
            await self.shutdown_kernel(kernel_id, now=True)
            raise PageGone
        return kernel_id

    # -- whose it is, and who looks at it

    def is_owner(self, kernel_id: str, username: str) -> bool:
        """Whether this kernel was started for this participant."""
        page = self._with_kernel.get(kernel_id)
        return page is not None and page.place.owner == username

    def line_opened(self, kernel_id: str, line: object) -> None:
        """A page's line is open: its kernel stays."""
        if (page := self._with_kernel.get(kernel_id)) is not None:
            page.lines.add(line)
            page.expected_since, page.was_left = None, False

    def line_closed(self, kernel_id: str, line: object) -> None:
        """A page's line broke: its kernel waits a while for it to come back."""
        page = self._with_kernel.get(kernel_id)
        if page is not None and line in page.lines:
            page.lines.discard(line)
            page.alone_since = self._now()

    def page_closed(self, kernel_id: str) -> None:
        """The reader left the page; its line may still look open for a moment."""
        page = self._with_kernel.get(kernel_id)
        # With two tabs on one page, the other one still reads it.
        if page is not None and len(page.lines) <= 1:
            page.was_left = True

    # -- ending

    async def end_page(self, page: OpenPage) -> None:
        """End a page and its kernel now, whatever state it is in."""
        self.pages.remove(page)
        if page.is_ending:
            return
        page.is_ending = True
        if page.kernel_id is not None and page.kernel_id in self:
            await self.shutdown_kernel(page.kernel_id, now=True)

    async def log_out(self, owner: str, browser: str) -> None:
        """End what a browser has open, and its reader's place in the line."""
        self.waiting.leave(owner)
        for page in self.pages.of(owner):
            if page.place.browser == browser:
                await self.end_page(page)

    def remove_kernel(self, kernel_id: str) -> Any:
        """Forget a kernel that has ended, and its page."""
        if (page := self._with_kernel.pop(kernel_id, None)) is not None:
            self.pages.remove(page)
            # Stock Jupyter leaves these open: the page would go on as if somebody listened.
            for line in list(page.lines):
                line.close()
        return super().remove_kernel(kernel_id)

    def _handle_kernel_died(self, kernel_id: str) -> None:
        """A kernel ended by itself. Started again it would know no widget of its page: end that too."""
        if (page := self._with_kernel.get(kernel_id)) is not None:
            self._do(self.end_page(page))

    async def _sweep(self) -> None:
        patience = Patience(self.closed_grace, self.silent_grace, self.unopened_grace)
        now = self._now()
        for page in self.pages:
            end = page.ends_at(patience)
            if end is not None and end <= now and page.kernel_id is not None:
                self._do(self.end_page(page))

    def _is_short_of_memory(self) -> bool:
        # A limit that a person has set is their word on how much memory there is.
        return self.capacity.reason != "setting" and free_mb() < LEAST_FREE_MB

    def _do(self, work: Any) -> None:
        # The loop itself holds tasks weakly.
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    @staticmethod
    def _now() -> float:
        return asyncio.get_running_loop().time()
