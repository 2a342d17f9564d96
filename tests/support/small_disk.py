"""Disks that can be filled, with and without the permission to mount a file system.

A scenario runs in a forked process, with which its limits and mounts end.
"""

import ctypes
import os
import resource
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Protocol

from tests.support.parallel import run_in_parallel

# <linux/sched.h>, <linux/mount.h>
CLONE_NEWNS, CLONE_NEWUSER = 0x00020000, 0x10000000
MS_REC, MS_PRIVATE = 0x4000, 1 << 18


class SmallDisk(Protocol):
    """A folder whose disk can be filled and freed."""

    folder: Path

    def __init__(self, folder: Path) -> None: ...

    def fill(self) -> None: ...

    def make_room(self) -> None: ...


class Limited:
    """A limit on the size of files (RLIMIT_FSIZE): writes fail with EFBIG, as with a quota with EDQUOT."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._before = resource.getrlimit(resource.RLIMIT_FSIZE)

    def fill(self) -> None:
        sizes = (file.stat().st_size for file in self.folder.iterdir())
        smallest = min(size for size in sizes if size)
        resource.setrlimit(resource.RLIMIT_FSIZE, (smallest, self._before[1]))

    def make_room(self) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, self._before)


class Mounted:
    """A file system of four megabytes: when it is full, writes fail with ENOSPC."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._ballast = folder / "ballast"
        _mount_memory(folder, "size=4m")

    def fill(self) -> None:
        with self._ballast.open("wb", buffering=0) as ballast:
            try:
                while True:
                    ballast.write(bytes(4096))
            except OSError as error:
                assert error.strerror == "No space left on device"  # noqa: PT017

    def make_room(self) -> None:
        self._ballast.unlink()


def on_disk(kind: type[SmallDisk], folder: Path, scenario: Callable[[SmallDisk], None]) -> None:
    """Run a scenario on a disk of this kind; an error in it fails the test."""
    run_in_parallel(lambda _: scenario(kind(folder)), 1)


@cache
def small_disks() -> list[type[SmallDisk]]:
    """Return the kinds of disk that can be made on this machine; the first works everywhere."""
    return [Limited, Mounted] if _may_mount() else [Limited]


def _may_mount() -> bool:
    child = os.fork()
    if child == 0:
        try:
            _mount_memory(Path("/tmp"), "size=64k")  # visible to this process only
        except OSError:
            os._exit(1)
        os._exit(0)
    return os.waitpid(child, 0)[1] == 0


def _mount_memory(folder: Path, options: str) -> None:
    """Mount a file system in memory that is visible to this process only, and ends with it."""
    user, group = os.getuid(), os.getgid()
    if user == 0:
        _call("unshare", CLONE_NEWNS)
    else:
        # In a user namespace every user may mount.
        _call("unshare", CLONE_NEWNS | CLONE_NEWUSER)
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"0 {user} 1")
        Path("/proc/self/gid_map").write_text(f"0 {group} 1")
    _call("mount", b"none", b"/", None, MS_REC | MS_PRIVATE, None)
    _call("mount", b"tmpfs", bytes(folder), b"tmpfs", 0, options.encode())


def _call(name: str, *arguments: object) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if getattr(libc, name)(*arguments) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
