"""All periodic work of the trainees' server, as one list of tasks."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import ParamSpec, TypeVar

import psutil

from umkm_apps.page_sessions.capacity import PAGE_MB
from umkm_apps.page_sessions.kernel_manager import MEMORY_SHORT, SWEEP_SECONDS, PageKernelManager
from umkm_apps.page_sessions.sessions import PageSession
from umkm_apps.runtime.context import ServerContext
from umkm_apps.runtime.log_limits import ROTATE_EVERY, rotate_own_log
from umkm_apps.runtime.scheduler import PeriodicTask
from umkm_apps.runtime.status import REPORT_EVERY, ServerStatus, write_status
from umkm_records import Records, RecordsError
from umkm_records.people import session_owner

from .status_reports import StatusReport

P = ParamSpec("P")
T = TypeVar("T")

#: A page with so many times the memory that pages are counted with is not in honest use.
MANY_TIMES = 3

#: Seconds between two looks at the memory of each page, and at each login.
MEMORY_EVERY = 6.0
LOGINS_EVERY = 6.0

_log = logging.getLogger(__name__)


class Housekeeping:
    """The server's periodic tasks and what they remember; whatever blocks runs in threads of its own.

    Args:
        context: of the server.
        kernels: the pages of this process.
        report: sends the status to the balancer, which writes that of all processes and rotates their
            log; None for a server by itself.
    """

    def __init__(
        self,
        context: ServerContext,
        kernels: PageKernelManager,
        report: Callable[[StatusReport], None] | None = None,
    ) -> None:
        self._context = context
        self._kernels = kernels
        self._report = report
        self.started_at = datetime.now(UTC)
        # One waits for the records, which may hang; another writes the status meanwhile.
        self._threads = ThreadPoolExecutor(max_workers=3, thread_name_prefix="housekeeping")
        self._could_write = True
        self._pages_mb = 0.0

    def tasks(self) -> Sequence[PeriodicTask]:
        """Return everything that the server does periodically."""
        tasks = (
            PeriodicTask("end pages without a reader", SWEEP_SECONDS, self._kernels.sweep),
            PeriodicTask("end messages over their budget", SWEEP_SECONDS, self.interrupt_overdue),
            PeriodicTask("write the status", REPORT_EVERY, self.write_status),
            PeriodicTask("measure memory", MEMORY_EVERY, self.measure_memory),
            PeriodicTask("end pages of ended logins", LOGINS_EVERY, self.end_logged_out_pages),
        )
        if self._report is not None:
            return tasks
        return (*tasks, PeriodicTask("rotate the log", ROTATE_EVERY, self.rotate_log))

    async def interrupt_overdue(self) -> None:
        """End messages of in-process pages that are over their budget."""
        self._context.marking.interrupt_overdue()
        self._context.tools.interrupt_overdue()

    async def write_status(self) -> None:
        """Write the report that *Pantau kelas* shows, or send it to the balancer."""
        kernels, pages = self._kernels, list(self._kernels.pages)
        is_in_process = not self._context.settings.page_kernels
        capacity = kernels.capacity_in_process if is_in_process else kernels.capacity
        status = ServerStatus(
            at=datetime.now(UTC),
            started_at=self.started_at,
            people=len({page.key.owner for page in pages}),
            pages=len(pages),
            most_pages=capacity.pages,
            limited_by=capacity.reason,
            waiting=tuple(kernels.people_waiting()),
            pages_mb=self._pages_mb if pages else 0.0,
            server_mb=await self._in_thread(own_mb, os.getpid()),
        )
        if self._report is not None:
            self._report(StatusReport(status, frozenset(page.key.owner for page in pages)))
            return
        try:
            await self._in_thread(write_status, self._context.settings.data_dir, status)
        except OSError as error:
            # The report's age tells the trainer; the log need not say so each time.
            if self._could_write:
                _log.warning("Cannot report: %s", error)
            self._could_write = False
        else:
            self._could_write = True

    async def measure_memory(self) -> None:
        """Measure the memory of each page, and end one while memory is short."""
        kernels = self._kernels
        pids = {page: pid for page in kernels.pages if (pid := _pid_of(kernels, page))}
        used = await self._in_thread(_memory_of, pids)
        self._pages_mb = sum(used.values())
        if kernels.is_short_of_memory() and (page := page_to_evict(used)):
            _log.warning("A page of %.0f MB ended: memory is short", used[page])
            await kernels.end_page(page, MEMORY_SHORT)

    async def end_logged_out_pages(self) -> None:
        """End the pages of logins that no longer hold."""
        pages = list(self._kernels.pages)
        logins = {page.key.browser for page in pages}
        over = await self._in_thread(_ended, self._context.records, logins)
        for page in pages:
            if page.key.browser in over:
                await self._kernels.end_page(page)

    async def rotate_log(self) -> None:
        """Put the server's log aside once it is large."""
        await self._in_thread(rotate_own_log)

    def close(self) -> None:
        """End the threads; what has not begun never does."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _in_thread(self, job: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await asyncio.wrap_future(self._threads.submit(job, *args, **kwargs))


def page_to_evict(used: Mapping[PageSession, float]) -> PageSession | None:
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


def own_mb(pid: int) -> float:
    """Return the memory that ending a process would free, in MB; 0 where it has ended."""
    try:
        used: float = psutil.Process(pid).memory_full_info().uss / 2**20
    except psutil.Error:
        return 0.0
    return used


def _memory_of(pids: Mapping[PageSession, int]) -> dict[PageSession, float]:
    return {page: own_mb(pid) for page, pid in pids.items()}


def _pid_of(kernels: PageKernelManager, page: PageSession) -> int | None:
    if page.kernel_id is None or page.kernel_id not in kernels:
        return None
    return getattr(kernels.get_kernel(page.kernel_id).provisioner, "pid", None)


def _ended(records: Records, logins: Iterable[str]) -> set[str]:
    """Return the logins that no longer hold: Keluar, a new PIN, an erasure."""
    over = set()
    for name in logins:
        try:
            if session_owner(records, name) is None:
                over.add(name)
        except RecordsError:
            continue  # Not knowing is no reason to close anybody's page.
    return over
