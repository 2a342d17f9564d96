"""The kernel manager: one kernel for each page session, admission, eviction and timeouts."""

from __future__ import annotations

import asyncio
import os
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping, Sequence
from contextvars import ContextVar
from typing import Any

from traitlets import Float

from umkm_apps.runtime.page_threads import PageThreads
from umkm_apps.runtime.settings import PARTICIPANT
from umkm_tools import FOLDERS

from .admission_queue import AdmissionQueue
from .capacity import LEAST_FREE_MB, Capacity, free_mb
from .in_process.kernel import InProcessKernel
from .in_process.page import InProcessPage
from .kernel_connections import KernelConnections
from .kernel_websocket import KernelWebSocket
from .page_traffic import Bucket
from .sessions import KernelLate, PageGone, PageKey, PageSession, Timeouts
from .work_watch import WorkWatch

#: The only variables of the server's environment that a page's kernel inherits: what Python and the
#: operating system need, and nothing that could be a secret.
INHERITED = ("PATH", "HOME", "LANG", "LC_", "TZ", "TMPDIR", "PYTHON", "LD_", "VIRTUAL_ENV", "XDG_",
             "JUPYTER_RUNTIME_DIR", "JUPYTER_PATH", FOLDERS)  # fmt: skip

#: Pages one person may have open while there is room: two phones, and one on its way.
MOST_PAGES = 3
#: Pages one person may open anew at once, and then a second.
MOST_OPENINGS = (30, 0.25)
#: Seconds between two looks for pages to end (server/housekeeping.py).
SWEEP_SECONDS = 0.5
#: Close codes of our own (RFC 6455, 7.4.2) that tell a page why it ended (template/src/connection.js).
WORKED_TOO_LONG = 4003
MEMORY_SHORT = 4004

#: Set by the page's handler right before its kernel is started, in the same task.
opening: ContextVar[PageSession] = ContextVar("opening")


class PageKernelManager(KernelConnections):
    """Starts each kernel for one page session, and ends it when nobody comes back for the page."""

    closed_grace = Float(120.0, config=True, help="Seconds a closed page's kernel lives on.")
    silent_grace = Float(900.0, config=True, help="Seconds a kernel waits for a broken connection.")
    unopened_grace = Float(
        120.0, config=True, help="Seconds a kernel waits for its first connection."
    )
    start_limit = Float(45.0, config=True, help="Seconds within which a kernel has to be there.")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.waiting = AdmissionQueue()
        self._watch = WorkWatch()
        #: Pages that each person has opened anew of late: a kernel each.
        self._openings: defaultdict[str, Bucket] = defaultdict(lambda: Bucket(*MOST_OPENINGS))
        #: Of pages with a kernel, and of those without; replaced by the server before it listens.
        self.capacity = Capacity(1, "setting")
        self.capacity_in_process = Capacity(1, "setting")
        #: Whether somebody of whom no page is known yet will get one with a kernel.
        self.gives_kernels = True
        #: Pages given up whose kernels still hold their memory, with no page waiting for just that.
        self._ending: set[PageSession] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    # -- opening a page

    def find_page(self, key: PageKey, fingerprint: str) -> PageSession | None:
        """Return the page of a key, if what it shows is still so; its kernel waits for the connection."""
        page = self.pages.at(key)
        if page is None or page.fingerprint != fingerprint or not page.stream.is_worth_keeping:
            return None
        page.expected_since, page.was_left, page.surplus_since = self._now(), False, None
        self.pages.put(page)
        for other in self._too_many_of(page):
            self.do(self.end_page(other))
        return page

    def queue_position(
        self, owner: str, address: str = "", *, has_kernel: bool | None = None
    ) -> int:
        """Return 0 when this person may open a page now, else their number in the admission queue.

        Whoever has a page of that kind open is inside, and never waits for the next one, unless they have
        opened one upon another faster than anybody reads. Without a kind: for the page they wait for.
        """
        now = self._now()
        if has_kernel is None:
            known = self.waiting.is_for_kernel(owner)
            has_kernel = self.gives_kernels if known is None else known
        if self._openings[owner].wait_for(1, now):
            return 1
        if self.pages.is_inside(owner, has_kernel=has_kernel):
            self.waiting.leave(owner)
            return 0
        number = self.waiting.place(owner, now, address, has_kernel=has_kernel)
        room = self._room(has_kernel) + len(self.pages.evictable(now, has_kernel=has_kernel))
        return number if number > room or self.is_short_of_memory() else 0

    def people_waiting(self) -> list[str]:
        """Return the codes of those in the queue, the next one first."""
        return self.waiting.waiting(self._now())

    def open_page(
        self,
        key: PageKey,
        fingerprint: str,
        environment: Mapping[str, str],
        *,
        has_kernel: bool = True,
    ) -> tuple[PageSession, list[PageSession]]:
        """Add a new page; return it, and the pages that have to end before it begins."""
        now = self._now()
        replaced = self.pages.at(key)
        is_new = not self.pages.is_inside(key.owner, has_kernel=has_kernel)
        self._openings[key.owner].take(1, now)
        page = PageSession(key, fingerprint, environment, has_kernel, expected_since=now)
        self.pages.put(page)
        self.waiting.leave(key.owner)
        ending = [replaced] if replaced else []
        if is_new:
            evictable = self.pages.evictable(now, has_kernel=has_kernel)
            ending += evictable[: max(0, -self._room(has_kernel))]
        ending += self._too_many_of(page)
        for other in ending:
            # At once: whoever asks next must not be given the same room.
            self.pages.remove(other)
        return page, ending

    def _too_many_of(self, page: PageSession) -> list[PageSession]:
        """Return this participant's pages to evict now for a page; mark the others for eviction.

        The connection of the page one comes from closes only when the new one shows: that page ends then
        (`connection_opened`), or after a while by itself.
        """
        now = self._now()
        mine = [other for other in self.pages.of(page.key.owner) if other is not page]
        is_full = self.pages.count(has_kernel=page.has_kernel) > self._most(page.has_kernel)
        surplus = mine[: max(0, len(mine) + 1 - (1 if is_full else MOST_PAGES))]
        for other in surplus:
            other.surplus_since = other.surplus_since or now
        unread = [other for other in surplus if is_full and other.may_be_replaced]
        # Nobody opens more by hand; a script must not fill the laptop meanwhile.
        beyond = mine[: max(0, len(mine) - MOST_PAGES)]
        return list(dict.fromkeys(unread + beyond))

    def _most(self, has_kernel: bool) -> int:
        return (self.capacity if has_kernel else self.capacity_in_process).pages

    def _room(self, has_kernel: bool) -> int:
        """Return how many more pages of a kind there is room for; below 0 there are too many."""
        ending = sum(page.has_kernel is has_kernel for page in self._ending)
        return self._most(has_kernel) - self.pages.count(has_kernel=has_kernel) - ending

    def run_page(
        self, page: PageSession, source: AsyncIterator[str], ending: Sequence[PageSession] = ()
    ) -> None:
        """Create a page in a task of its own, so that it does not depend on who asked for it."""
        self.do(self._run(page, source, ending))

    async def _run(
        self, page: PageSession, source: AsyncIterator[str], ending: Sequence[PageSession]
    ) -> None:
        await asyncio.gather(*map(self._end, ending), return_exceptions=True)
        opening.set(page)
        await page.stream.record(source)
        if page.kernel_id is None:
            self.pages.remove(page)
        elif page.stream.has_broken_off and not page.connections:
            # Nobody can come to it any more: it is neither whole nor kept.
            await self.end_page(page)

    async def start_kernel(self, **kwargs: Any) -> str:  # type: ignore[override]  # async upstream too
        """Start the kernel of the page that is opening.

        Raises:
            KernelLate: it was not there within `start_limit`; what came of it has ended.
            PageGone: nobody wants the page any more.
        """
        page = opening.get()
        environment = {k: v for k, v in os.environ.items() if k.startswith(INHERITED)}
        kwargs["env"] = environment | dict(page.environment) | {PARTICIPANT: page.key.owner}
        try:
            async with asyncio.timeout(self.start_limit):
                kernel_id: str = await super().start_kernel(**kwargs)
        except TimeoutError:
            raise KernelLate from None
        page.kernel_id = kernel_id
        self._with_kernel[kernel_id] = page
        if page.is_ending:
            await self.shutdown_kernel(kernel_id, now=True)
            raise PageGone
        return kernel_id

    def add_in_process(self, local: InProcessPage, threads: PageThreads) -> InProcessKernel:
        """Add the page that is opening, whose widgets live in this process and work in `threads`.

        Raises:
            PageGone: nobody wants the page any more.
        """
        page = opening.get()
        if page.is_ending:
            local.close()
            raise PageGone
        page.kernel_id = local.id
        kernel = self._kernels[local.id] = InProcessKernel(local, threads, parent=self)
        self._with_kernel[local.id] = page
        return kernel

    # -- who looks at it

    def connection_opened(self, kernel_id: str, connection: KernelWebSocket) -> None:
        """Record that a page's connection is open: the page it was opened from may end."""
        super().connection_opened(kernel_id, connection)
        if (page := self._with_kernel.get(kernel_id)) is not None:
            for other in self.pages.of(page.key.owner):
                if other is not page and other.surplus_since is not None:
                    self.do(self.end_page(other))

    # -- ending

    async def end_page(self, page: PageSession, code: int | None = None) -> None:
        """End a page and its kernel now, whatever state it is in.

        Args:
            page: The page.
            code: What its connections are closed with, so that it can say why.
        """
        page.close_code = code
        self.pages.remove(page)
        self._watch.forget(page)
        self._ending.add(page)
        try:
            await self._end(page)
        finally:
            self._ending.discard(page)

    async def _end(self, page: PageSession) -> None:
        if page.is_ending:
            return
        page.is_ending = True
        if page.kernel_id is not None and page.kernel_id in self:
            await self.shutdown_kernel(page.kernel_id, now=True)

    async def log_out(self, owner: str, browser: str) -> None:
        """End what a browser has open, and its reader's place in the queue."""
        self.waiting.leave(owner)
        for page in self.pages.of(owner):
            if page.key.browser == browser:
                await self.end_page(page)

    def remove_kernel(self, kernel_id: str) -> Any:
        """Remove a kernel that has ended, and its page."""
        if (page := self._with_kernel.pop(kernel_id, None)) is not None:
            self.pages.remove(page)
            # Stock Jupyter leaves these open: the page would go on as if somebody listened.
            for connection in list(page.connections):
                connection.close(page.close_code)
        return super().remove_kernel(kernel_id)

    def _handle_kernel_died(self, kernel_id: str) -> None:
        """End the page of a kernel that ended by itself: started again it would know no widget of it."""
        if (page := self._with_kernel.get(kernel_id)) is not None:
            self.do(self.end_page(page))

    async def sweep(self) -> None:
        """End pages whose reader did not come back in time, and those whose kernel works for too long."""
        patience = Timeouts(self.closed_grace, self.silent_grace, self.unopened_grace)
        now, limit = self._now(), self.cull_idle_timeout
        for page in self.pages:
            end = page.ends_at(patience)
            if page.kernel_id is None or page.kernel_id not in self:
                continue
            kernel: Any = self.get_kernel(page.kernel_id)
            # jupyter_server sees to idle kernels.
            is_idle = isinstance(kernel, InProcessKernel) and kernel.is_idle(now, limit)
            if is_idle or (end is not None and end <= now):
                self.do(self.end_page(page))
            elif self._watch.is_overdue(page, kernel, now):
                self.log.warning("Kernel %s ended: too long at one message", page.kernel_id)
                self.do(self.end_page(page, WORKED_TOO_LONG))

    def is_short_of_memory(self) -> bool:
        """Return whether no page may be opened now, since the laptop would begin to swap."""
        # A limit that a person has set is their word on how much memory there is.
        return self.capacity.reason != "setting" and free_mb() < LEAST_FREE_MB

    def do(self, work: Any) -> None:
        """Run a coroutine in a task of its own."""
        # The loop itself holds tasks weakly.
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
