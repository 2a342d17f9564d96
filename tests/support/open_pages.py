"""Pages that a workshop's server holds open, with kernels or without."""

from __future__ import annotations

import time
from datetime import UTC, datetime

from tests.support.open_workshop import Workshop, server_of
from tests.support.patience import PATIENCE

from umkm_apps.runtime.status import read_status
from umkm_kernels import environ
from umkm_kernels.server import status

#: Settings under which each page has a kernel process of its own, and under which none has.
WITH_KERNELS = {"UMKM_PAGE_KERNELS": "1"}
IN_PROCESS: dict[str, str] = {}


def count_pages(workshop: Workshop) -> int:
    """Return how many pages are open: living kernels, or what the server reports from now on."""
    if workshop.extra.get("UMKM_PAGE_KERNELS"):
        return len(status(server_of(workshop).environ()[environ.SOCKET]).kernels)
    since, deadline = datetime.now(UTC), time.monotonic() + PATIENCE
    while (told := read_status(workshop.data_dir)) is None or told.at <= since:
        assert time.monotonic() < deadline, told
        time.sleep(0.05)
    return told.pages


def wait_for_pages(workshop: Workshop, count: int, seconds: float = PATIENCE) -> None:
    """Return once so many pages are open."""
    deadline = time.monotonic() + seconds
    while (found := count_pages(workshop)) != count:
        assert time.monotonic() < deadline, f"{found} pages"
        time.sleep(0.1)
