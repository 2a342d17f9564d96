"""Pages that a workshop's server holds open, with kernels or without."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.support.open_workshop import Workshop, server_of
from tests.support.patience import PATIENCE
from tests.support.trainee_server import TraineeServer

from umkm_apps.runtime.status import read_status
from umkm_kernels import environ
from umkm_kernels.server import status

#: Settings under which each page has a kernel process of its own, and under which none has.
WITH_KERNELS = {"UMKM_PAGE_KERNELS": "1"}
IN_PROCESS: dict[str, str] = {}


def make_server(data_dir: Path, extra: dict[str, str]) -> Workshop | TraineeServer:
    """Return a server that is not yet started: where pages have kernels, that of a workshop, which forks them."""
    make = Workshop if extra.get("UMKM_PAGE_KERNELS") else TraineeServer
    return make(data_dir, extra)


def kernels_of(workshop: Workshop) -> list[dict[str, Any]]:
    """Return the living kernels of a workshop's pages."""
    return status(server_of(workshop).environ()[environ.SOCKET]).kernels


def count_pages(workshop: Workshop | TraineeServer) -> int:
    """Return how many pages are open: living kernels, or what the server reports from now on."""
    if isinstance(workshop, Workshop) and workshop.extra.get("UMKM_PAGE_KERNELS"):
        return len(kernels_of(workshop))
    since, deadline = datetime.now(UTC), time.monotonic() + PATIENCE
    while (told := read_status(workshop.data_dir)) is None or told.at <= since:
        assert time.monotonic() < deadline, told
        time.sleep(0.05)
    return told.pages


def wait_for_pages(
    workshop: Workshop | TraineeServer, count: int, seconds: float = PATIENCE
) -> None:
    """Return once so many pages are open."""
    deadline = time.monotonic() + seconds
    while (found := count_pages(workshop)) != count:
        assert time.monotonic() < deadline, f"{found} pages"
        time.sleep(0.1)
