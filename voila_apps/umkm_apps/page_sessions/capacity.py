"""How many pages this computer can hold open at once."""

from __future__ import annotations

import resource
from dataclasses import dataclass
from pathlib import Path

import psutil

#: Memory of one open page: a class of 40 on the assignment page took 22 MB a page at its peak, the
#: server and the kernels' template included (docs/kernels.md); pages of tools need up to 10 more.
PAGE_MB = 32
#: The same for a page without a kernel, whose widgets live in the server, and its files: as many
#: connections, and one that is just coming (docs/page-sessions.md has what was measured).
IN_PROCESS_MB = 2
IN_PROCESS_FILES = 4
#: What stays free for JupyterLab, grading and the trainer's browser.
RESERVE_MB = 1024
#: Below this no page is opened, however few are: the laptop would begin to swap.
LEAST_FREE_MB = 200
#: Files one open page takes in the server: each ZMQ socket is two, one for its signals and one for its
#: connection (docs/kernels.md has what was counted); a page may have three connections.
PAGE_FILES = 60
RESERVE_FILES = 200
#: ZMQ sockets of one open page: 2 to watch its kernel, 4 for each of three connections, and 14 for a moment
#: while a page is made or a connection opens.
PAGE_SOCKETS = 28
RESERVE_SOCKETS = 50
#: Even a crowded laptop serves somebody.
FEWEST_PAGES = 4

_CGROUP = Path("/sys/fs/cgroup")


@dataclass(frozen=True)
class Capacity:
    """How many pages may be open, and what sets that number."""

    pages: int
    #: `setting`, `memory` or `files`, ZMQ sockets counting among these.
    reason: str


def free_mb() -> float:
    """Return the memory that is free without swapping, in MB; a container's own limit counts too."""
    free: float = psutil.virtual_memory().available / 2**20
    try:
        limit = int((_CGROUP / "memory.max").read_text())
        used = int((_CGROUP / "memory.current").read_text())
    except (OSError, ValueError):
        return free
    return min(free, max(0.0, (limit - used) / 2**20))


def allow_many_files() -> int:
    """Raise this process's limit of open files as far as it may go; gives the limit."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 65_536 if hard == resource.RLIM_INFINITY else min(hard, 65_536)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        return wanted
    return 65_536 if soft == resource.RLIM_INFINITY else soft


def measured_capacities(
    sockets: int, setting: int | None, processes: int
) -> tuple[Capacity, Capacity]:
    """Return the capacity of this computer for pages with a kernel, and for those without.

    Raises this process's limit of open files. Arguments are those of `measured_capacity`.
    """
    free, files = free_mb(), allow_many_files()
    return (
        measured_capacity(free, files, sockets, setting, processes),
        measured_capacity_in_process(free, files, setting, processes),
    )


def measured_capacity(
    free: float, files: int, sockets: int, setting: int | None = None, processes: int = 1
) -> Capacity:
    """Return the capacity of a computer for this server.

    Args:
        free: Free memory, in MB.
        files: How many files the server may have open.
        sockets: How many ZMQ sockets it may have open.
        setting: How many pages a person has set; no more than there are files and sockets for.
        processes: How many processes share them: this one gets its part, rounded up.
    """
    by_files = min(
        (files - RESERVE_FILES) // PAGE_FILES, (sockets - RESERVE_SOCKETS) // PAGE_SOCKETS
    )
    return _capacity(int((free - RESERVE_MB) / PAGE_MB), by_files, setting, processes)


def measured_capacity_in_process(
    free: float, files: int, setting: int | None = None, processes: int = 1
) -> Capacity:
    """Return how many pages without a kernel a computer holds; arguments as `measured_capacity`."""
    by_files = (files - RESERVE_FILES) // IN_PROCESS_FILES
    return _capacity(int((free - RESERVE_MB) / IN_PROCESS_MB), by_files, setting, processes)


def _capacity(by_memory: int, by_files: int, setting: int | None, processes: int) -> Capacity:
    wanted = -(-(by_memory if setting is None else setting) // processes)
    reason = "memory" if setting is None else "setting"
    if by_files < wanted:
        wanted, reason = by_files, "files"
    return Capacity(wanted if reason == "setting" else max(FEWEST_PAGES, wanted), reason)
