"""Layout of a template's memory, so that its pages stay shared with its workers."""

from __future__ import annotations

import ctypes
import gc
import os
import sys
import tempfile
from collections.abc import Collection
from types import CodeType, FunctionType

from umkm_kernels.usage_profile import function_key

# New objects of a worker would be allocated in free blocks between the template's objects, and copy a
# page for each. Blocks that are filled here are not written to again: 1.4 MB less in every kernel.
_kept: list[object] = []

_BYTES_HEADER = sys.getsizeof(b"")

# From below the size for which malloc uses mmap down to its smallest block.
_HEAP_SIZES = range(120_000, 16, -16)


def intern_names(names: Collection[str]) -> None:
    """Intern `names` now, in adjacent memory, before imports scatter them."""
    # Copies, because the strings of a message are scattered among its other objects.
    _kept.append([sys.intern("".join(list(name))) for name in names])


def compact(functions: Collection[str] = ()) -> None:
    """Compact the heap: collect garbage, fill free blocks, copy the code of `functions` together.

    The heap can be frozen afterwards.

    Args:
        functions: Keys, as `usage_profile.function_key` returns them, of functions that kernels run.
    """
    gc.collect()
    _fill_blocks()
    if functions:
        _copy_code(functions)
        _fill_blocks()
    if sys.version_info < (3, 12):
        # Each entry holds a reference to a name. A worker would drop the template's entries, all over
        # memory, to make room for its own; since 3.12 names are immortal.
        sys._clear_type_cache()  # noqa: SLF001


def _copy_code(functions: Collection[str]) -> None:
    """Set a copy of its code in each of `functions`; the copies are adjacent in memory.

    A call changes the reference count of the code and, the first times, the code itself. Behaviour
    stays the same: code objects are compared and used by value.
    """
    wanted = set(functions)
    # By identity: two functions may have equal code. The originals are kept, because freed they would
    # be free blocks again.
    copies: dict[int, tuple[CodeType, CodeType]] = {}

    def copied(code: CodeType) -> CodeType:
        if id(code) not in copies:
            constants = tuple(
                copied(constant)
                if isinstance(constant, CodeType) and function_key(constant) in wanted
                else constant
                for constant in code.co_consts
            )
            copies[id(code)] = code, code.replace(co_consts=constants)
        return copies[id(code)][1]

    for function in _functions():
        if function_key(function.__code__) in wanted:
            function.__code__ = copied(function.__code__)
    _kept.append(copies)


def _functions() -> list[FunctionType]:
    return [thing for thing in gc.get_objects() if type(thing) is FunctionType]


def _fill_blocks() -> None:
    for size, count in _free_blocks().items():
        if size > _BYTES_HEADER:
            _kept.append([bytes(size - _BYTES_HEADER) for _ in range(count)])
    _fill_heap()


def _free_blocks() -> dict[int, int]:
    """Return how many free blocks of each size the small-object allocator has in used pools."""
    if not hasattr(sys, "_debugmallocstats"):
        return {}
    with tempfile.TemporaryFile() as file:
        sys.stderr.flush()
        kept = os.dup(2)
        try:
            os.dup2(file.fileno(), 2)
            sys._debugmallocstats()  # noqa: SLF001
        finally:
            os.dup2(kept, 2)
            os.close(kept)
        file.seek(0)
        rows = [line.split() for line in file.read().decode(errors="replace").splitlines()]
    # class, size, pools, blocks in use, available blocks
    table = [row for row in rows if len(row) == 5 and all(word.isdigit() for word in row)]
    return {int(row[1]): int(row[4]) for row in table}


class _Mallinfo2(ctypes.Structure):
    _fields_ = [(f"other_{number}", ctypes.c_size_t) for number in range(9)] + [
        ("keepcost", ctypes.c_size_t)
    ]


def _fill_heap() -> None:
    """Allocate every free block of the C heap below its end, from which workers then allocate."""
    libc = ctypes.CDLL(None)
    if not hasattr(libc, "mallinfo2"):
        return  # not glibc, or too old to report where its heap ends
    libc.mallinfo2.restype = _Mallinfo2
    libc.sbrk.restype = libc.malloc.restype = ctypes.c_void_p
    libc.malloc.argtypes = [ctypes.c_size_t]
    libc.free.argtypes = [ctypes.c_void_p]
    end = libc.sbrk(0) - libc.mallinfo2().keepcost
    for size in _HEAP_SIZES:
        while (block := libc.malloc(size)) and block < end:
            pass
        libc.free(block)
