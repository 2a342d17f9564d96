"""bubblewrap's arguments: which files a notebook sees, and what it may write."""

import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from os import close
from pathlib import Path

import umkm
import umkm_widgets
from umkm_grading.sandbox.seccomp import make_filter, open_filter

RUNNER = Path(__file__).with_name("runner.py")
_SCRATCH = "/tmp"  # noqa: S108 - inside the sandbox it is its own
ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "HOME": _SCRATCH,
    "LANG": "C.UTF-8",
    "NBGRADER_EXECUTION": "autograde",
    # Otherwise numpy starts a thread for each core, and threads are counted.
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
}
#: Bytes of /tmp and of /dev/shm, which are memory that belongs to no process.
_SCRATCH_SIZE = 20_000_000


@dataclass(frozen=True)
class _Features:
    """What the bubblewrap of this machine supports; `trouble` says why it cannot be used."""

    #: `--size` (since 0.5): tmpfs with a bound.
    sized: bool = False
    #: `--disable-userns` (since 0.8, and where /proc/sys may be written).
    no_namespaces: bool = False
    trouble: str = ""


def sandbox_trouble() -> str:
    """Return why notebooks cannot be run in a sandbox on this machine; empty when they can."""
    if shutil.which("bwrap") is None:
        return "Program bubblewrap belum ada. Pasang dulu: sudo apt install bubblewrap."
    return _find_features().trouble


def sandbox_gaps() -> list[str]:
    """Return which protections this machine lacks, each as a sentence."""
    if sandbox_trouble():
        return []
    found = _find_features()
    gaps = []
    if not found.sized:
        gaps.append("memori untuk berkas sementara (/tmp, /dev/shm) tidak dibatasi (--size)")
    if not found.no_namespaces and not make_filter():
        gaps.append("namespace baru tidak dilarang (--disable-userns)")
    if not make_filter():
        gaps.append("panggilan sistem tidak disaring (seccomp) di prosesor ini")
    return gaps


@contextmanager
def sandbox_arguments(folder: Path) -> Iterator[tuple[list[str], Sequence[int]]]:
    """Yield the words to put before a command, and the file descriptors it has to inherit."""
    number = open_filter()
    try:
        words = [] if number is None else ["--seccomp", str(number)]
        yield [*_arguments(folder, _find_features()), *words], () if number is None else (number,)
    finally:
        if number is not None:
            close(number)


@cache
def _find_features() -> _Features:
    """Return the most features that work here: all that this bubblewrap knows, or fewer."""
    try:
        offered = subprocess.run(["bwrap", "--help"], capture_output=True, timeout=20, check=False)  # noqa: S607
        known = (offered.stdout + offered.stderr).decode(errors="replace")
        sized = "--size" in known
        tries = [_Features(sized, no_namespaces=True)] if "--disable-userns" in known else []
        for found in (*tries, _Features(sized)):
            if not (trouble := _test(found)):
                return found
    except (OSError, subprocess.SubprocessError) as error:
        trouble = str(error)
    return _Features(trouble=f"bubblewrap tidak bisa dipakai di sini ({trouble.strip()}).")


def _test(found: _Features) -> str:
    """Return what fails with these features; empty where a command runs."""
    words = [*_arguments(RUNNER.parent, found), "true"]
    done = subprocess.run(words, capture_output=True, timeout=20, check=False)
    return done.stderr.decode(errors="replace") or "gagal" if done.returncode else ""


def _arguments(folder: Path, found: _Features) -> list[str]:
    ours = {Path(str(package.__file__)).parent for package in (umkm, umkm_widgets)}
    # Never a source folder as a whole: the keys may lie beside it.
    shown = {Path(sys.prefix), Path(sys.base_prefix), RUNNER, *ours}
    binds = [word for place in sorted(map(str, shown)) for word in ("--ro-bind", place, place)]
    size = ["--size", str(_SCRATCH_SIZE)] if found.sized else []
    return [
        *("bwrap", "--unshare-all", "--unshare-user", "--die-with-parent", "--new-session"),
        *(["--disable-userns"] if found.no_namespaces else []),
        "--clearenv",
        *(word for name, value in ENVIRONMENT.items() for word in ("--setenv", name, value)),
        *("--ro-bind", "/usr", "/usr", "--symlink", "usr/bin", "/bin"),
        *("--symlink", "usr/lib", "/lib", "--symlink", "usr/lib64", "/lib64"),
        *("--proc", "/proc", "--dev", "/dev"),
        *(*size, "--tmpfs", "/dev/shm", *size, "--tmpfs", _SCRATCH),  # noqa: S108
        *binds,
        *("--ro-bind", str(folder), f"{_SCRATCH}/lembar", "--chdir", f"{_SCRATCH}/lembar"),
        # Both are memory too, and nobody has to write there.
        *("--remount-ro", "/dev", "--remount-ro", "/"),
        *("--uid", "65534", "--gid", "65534", "--hostname", "lembar", "--cap-drop", "ALL"),
    ]
