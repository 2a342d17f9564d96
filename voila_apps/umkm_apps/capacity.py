"""How many pages this computer can hold open at once."""

from __future__ import annotations

import resource
from dataclasses import dataclass
from pathlib import Path

import psutil

#: Memory of one open page: a class of 40 on the assignment page took 22 MB a page at its peak, the
#: server and the kernels' template included (docs/kernels.md); pages of tools need up to 10 more.
PAGE_MB = 32
#: What stays free for JupyterLab, grading and the trainer's browser.
RESERVE_MB = 1024
#: Below this no page is opened, however few are: the laptop would begin to swap.
LEAST_FREE_MB = 200
#: Sockets and files one open page takes in the server: 15 were counted with one line open, and a
#: second tab or a line that is just being taken over adds some.
PAGE_FILES = 40
RESERVE_FILES = 200
#: Even a crowded laptop serves somebody.
FEWEST_PAGES = 4

_CGROUP = Path("/sys/fs/cgroup")


@dataclass(frozen=True)
class Capacity:
    """How many pages may be open, and what sets that number."""

    pages: int
    #: `setting`, `memory` or `files`.
    reason: str


def free_mb() -> float:
    """Memory that can still be had without swapping, in MB; a container's own limit counts too."""
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


def measured_capacity(free: float, files: int) -> Capacity:
    """The capacity of a computer with so much free memory (MB) and so many files for the server."""
    by_memory = int((free - RESERVE_MB) / PAGE_MB)
    by_files = int((files - RESERVE_FILES) / PAGE_FILES)
    pages = max(FEWEST_PAGES, min(by_memory, by_files))
    return Capacity(pages, "memory" if by_memory <= by_files else "files")
