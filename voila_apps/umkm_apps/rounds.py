"""What the server does every few seconds: end pages whose login is over, and report how it fares."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import psutil
from tornado.ioloop import PeriodicCallback

from umkm_records import Records, RecordsError, session_owner

from .health import REPORT_EVERY, ServerStatus, write_status
from .open_pages import OpenPage
from .page_kernels import PageKernelManager

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
        pids = [pid for page in pages if (pid := _pid_of(kernels, page))] if whole else None
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._thread, self._report, counted, pids)
        if not whole:
            return
        logins = {page.place.browser for page in pages}
        over = await loop.run_in_executor(self._thread, _ended, self.server.records, logins)
        for page in pages:
            if page.place.browser in over:
                await kernels.end_page(page)

    def _report(self, counted: dict[str, Any], pids: Iterable[int] | None) -> None:
        if pids is not None:
            self._pages_mb = sum(map(own_mb, pids))
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
