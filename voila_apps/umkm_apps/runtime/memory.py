"""Settings of the C library's memory allocation."""

from __future__ import annotations

import ctypes
import sys

#: mallopt's parameter (malloc.h), and the size in bytes from which a block has pages of its own.
_M_MMAP_THRESHOLD = -3
_LARGE = 1 << 20


def return_large_blocks() -> None:
    """Set glibc to give blocks of a megabyte and more back to the system as soon as they are freed.

    By itself it learns from the first block of argon2 (19 MB) to keep later ones, in each thread that
    hashes. Other C libraries have no such setting and are left as they are.
    """
    if sys.platform != "linux":
        return
    library = ctypes.CDLL(None)
    if hasattr(library, "mallopt"):
        library.mallopt(_M_MMAP_THRESHOLD, _LARGE)
