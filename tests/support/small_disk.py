"""Disks that really fill up, with and without the right to mount one.

A scenario runs in a forked process of its own: limits and mounts end with it.
"""

import ctypes
import os
import resource
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Protocol

from tests.support.crowd import all_at_once

# <linux/sched.h>, <linux/mount.h>
CLONE_NEWNS, CLONE_NEWUSER = 0x00020000, 0x10000000
MS_REC, MS_PRIVATE = 0x4000, 1 << 18


class SmallDisk(Protocol):
    """A folder whose disk can be filled up and given room again."""

    folder: Path

    def __init__(self, folder: Path) -> None: ...

    def fill(self) -> None: ...

    def make_room(self) -> None: ...


class Limited:
    """Files that may not grow (RLIMIT_FSIZE): the kernel says EFBIG, as a quota says EDQUOT."""

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
    """A file system of four megabytes: when it is full, the kernel says ENOSPC."""

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
    """Run a scenario on such a disk; what fails in it fails the test."""
    all_at_once(lambda _: scenario(kind(folder)), 1)


@cache
def small_disks() -> list[type[SmallDisk]]:
    """Give the kinds of disk this machine lets us make; the first works everywhere."""
    return [Limited, Mounted] if _may_mount() else [Limited]


def _may_mount() -> bool:
    child = os.fork()
    if child == 0:
        try:
            _mount_memory(Path("/tmp"), "size=64k")  # seen by this process alone
        except OSError:
            os._exit(1)
        os._exit(0)
    return os.waitpid(child, 0)[1] == 0


def _mount_memory(folder: Path, options: str) -> None:
    """Mount a file system in memory that only this process sees and that ends with it."""
    user, group = os.getuid(), os.getgid()
    if user == 0:
        _call("unshare", CLONE_NEWNS)
    else:
        # In a user namespace of their own everybody may mount.
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
