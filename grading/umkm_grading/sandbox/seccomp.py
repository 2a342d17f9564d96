"""System calls that a trainee's notebook may not make: a filter for `bwrap --seccomp`.

Denied is what takes memory that no limit of the sandbox counts (memfd, System V segments), what
reaches into the kernel (bpf, io_uring, keyrings, modules), other processes or new namespaces. Python
and the packages we show use none of them. Numbers: the kernel's
`arch/x86/entry/syscalls/syscall_64.tbl` and `include/uapi/asm-generic/unistd.h`; a filter is classic
BPF over `struct seccomp_data` (seccomp(2)).
"""

import errno
import os
import platform
import struct
from dataclasses import dataclass

_DENIED = {
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    "shmget": (29, 194),
    "msgget": (68, 186),
    "mq_open": (240, 180),
    "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "keyctl": (250, 219),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "unshare": (272, 97),
    "setns": (308, 268),
    "mount": (165, 40),
    "pivot_root": (155, 41),
    "open_by_handle_at": (304, 265),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "kexec_load": (246, 104),
}
_CLONE, _CLONE3 = (56, 220), (435, 435)
#: CLONE_NEW*: mount, cgroup, UTS, IPC, user, PID and network namespaces (linux/sched.h).
_NEW_NAMESPACES = 0x7E020000


@dataclass(frozen=True)
class _Machine:
    """Column of the numbers above, and AUDIT_ARCH_* of linux/audit.h."""

    column: int
    audit: int


_MACHINES = {"x86_64": _Machine(0, 0xC000003E), "aarch64": _Machine(1, 0xC00000B7)}
#: Calls of the x32 ABI: the same work under other numbers.
_X32 = 0x40000000

_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _ERRNO = 0x7FFF0000, 0x00050000
_NUMBER_AT, _ARCH_AT, _FIRST_ARGUMENT_AT = 0, 4, 16


def make_filter(machine: str = "") -> bytes:
    """Return the filter for a machine, as `platform.machine()` calls it; empty where we have none."""
    known = _MACHINES.get(machine or platform.machine())
    if known is None:
        return b""
    refuse, absent = _ERRNO | errno.EPERM, _ERRNO | errno.ENOSYS
    steps = [
        *((_LOAD, 0, 0, _ARCH_AT), (_EQUAL, 1, 0, known.audit), (_RETURN, 0, 0, refuse)),
        *((_LOAD, 0, 0, _NUMBER_AT), (_AT_LEAST, 0, 1, _X32), (_RETURN, 0, 0, refuse)),
        # Its flags lie in memory, out of a filter's sight; the C library falls back to clone.
        *((_EQUAL, 0, 1, _CLONE3[known.column]), (_RETURN, 0, 0, absent)),
    ]
    for numbers in _DENIED.values():
        steps += [(_EQUAL, 0, 1, numbers[known.column]), (_RETURN, 0, 0, refuse)]
    steps += [
        *((_EQUAL, 1, 0, _CLONE[known.column]), (_RETURN, 0, 0, _ALLOW)),
        *((_LOAD, 0, 0, _FIRST_ARGUMENT_AT), (_ANY_BIT, 0, 1, _NEW_NAMESPACES)),
        *((_RETURN, 0, 0, refuse), (_RETURN, 0, 0, _ALLOW)),
    ]
    return b"".join(struct.pack("=HBBI", *step) for step in steps)


def open_filter() -> int | None:
    """Return a file descriptor from which `bwrap` reads the filter; None where there is none."""
    content = make_filter()
    if not content:
        return None
    number = os.memfd_create("saringan", 0)
    os.write(number, content)
    os.lseek(number, 0, os.SEEK_SET)
    return number
