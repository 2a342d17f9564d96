"""What the server does every few seconds: end pages whose login is over, and report how it fares."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import psutil
from tornado.ioloop import PeriodicCallback

from umkm_apps.page_sessions.capacity import PAGE_MB
from umkm_apps.page_sessions.kernel_manager import MEMORY_SHORT, PageKernelManager
from umkm_apps.page_sessions.sessions import OpenPage
from umkm_apps.runtime.status import REPORT_EVERY, ServerStatus, write_status
from umkm_records import Records, RecordsError
from umkm_records.people import session_owner

#: From so many times what a page is counted with on, it is not honest work.
MANY_TIMES = 3

#: Rounds from one whole one to the next. Memory is read page by page, and logins are asked of the records.
WHOLE_EVERY = 3


def own_mb(pid: int) -> float:
    """Memory that ending a process would free, in MB; 0 where it has ended."""
    try:
        used: float = psutil.Process(pid).memory_full_info().uss / 2**20
    except psutil.Error:
        return 0.0
    return used


class Rounds:
    """The server's look at itself; everything slow happens in a thread of its own."""

    def __init__(self, server: Any) -> None:
        self.server = server
        self.started_at = datetime.now(UTC)
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="keliling")
        self._clock = PeriodicCallback(self.go, REPORT_EVERY * 1000)
        self._could_write = True
        self._rounds = 0
        self._pages_mb = 0.0

    def start(self) -> None:
        """Go round from now on."""
        self._clock.start()

    async def go(self) -> None:
        """One round: a report, and in each third one what takes longer."""
        whole = self._rounds % WHOLE_EVERY == 0
        self._rounds += 1
        kernels: PageKernelManager = self.server.kernel_manager
        pages = list(kernels.pages)
        counted = {
            "people": len({page.place.owner for page in pages}),
            "pages": len(pages),
            "most_pages": kernels.capacity.pages,
            "limited_by": kernels.capacity.reason,
            "waiting": tuple(kernels.people_waiting()),
        }
        pids = {page: pid for page in pages if whole and (pid := _pid_of(kernels, page))}
        loop = asyncio.get_running_loop()
        used = await loop.run_in_executor(self._thread, self._report, counted, pids)
        if not whole:
            return
        if kernels.is_short_of_memory() and (page := gives_most(used)):
            self.server.log.warning("A page of %.0f MB ended: memory is short", used[page])
            await kernels.end_page(page, MEMORY_SHORT)
        logins = {page.place.browser for page in pages}
        over = await loop.run_in_executor(self._thread, _ended, self.server.records, logins)
        for page in pages:
            if page.place.browser in over:
                await kernels.end_page(page)

    def _report(
        self, counted: dict[str, Any], pids: Mapping[OpenPage, int]
    ) -> dict[OpenPage, float]:
        """Write the report; return the memory in MB of each page that was looked at."""
        used = {page: own_mb(pid) for page, pid in pids.items()}
        if used or not counted["pages"]:
            self._pages_mb = sum(used.values())
        status = ServerStatus(
            at=datetime.now(UTC),
            started_at=self.started_at,
            pages_mb=self._pages_mb,
            server_mb=own_mb(os.getpid()),
            **counted,
        )
        try:
            write_status(self.server.umkm.data_dir, status)
        except OSError as error:
            # The report's age tells the trainer; the log need not say so each time.
            if self._could_write:
                self.server.log.warning("Cannot report: %s", error)
            self._could_write = False
        else:
            self._could_write = True
        return used


def gives_most(used: Mapping[OpenPage, float]) -> OpenPage | None:
    """Return the page to end while memory is short, or None where ending one would help nobody.

    First the largest of those that nobody looks at: a reload makes it anew. Of those that somebody reads
    only one that has grown far beyond what pages need, since another would be opened in its place.

    Args:
        used: Memory of each page, in MB.
    """
    unread = [page for page in used if page.may_be_replaced]
    return max(
        unread or [page for page, mb in used.items() if mb > MANY_TIMES * PAGE_MB],
        key=lambda page: used[page],
        default=None,
    )


def _pid_of(kernels: PageKernelManager, page: OpenPage) -> int | None:
    if page.kernel_id is None or page.kernel_id not in kernels:
        return None
    return getattr(kernels.get_kernel(page.kernel_id).provisioner, "pid", None)


def _ended(records: Records, logins: Iterable[str]) -> set[str]:
    """Those logins that no longer hold: Keluar, a new PIN, an erasure."""
    over = set()
    for name in logins:
        try:
            if session_owner(records, name) is None:
                over.add(name)
        except RecordsError:
            continue  # Not knowing is no reason to close anybody's page.
    return over
