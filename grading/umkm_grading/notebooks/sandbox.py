"""A bubblewrap sandbox: no network, no files but Python's, no other process, limits on everything."""

import json
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import umkm
import umkm_widgets

_INSIDE = Path(__file__).with_name("inside.py")
_LARGEST_ANSWER = 4_000_000
_SCRATCH = "/tmp"  # noqa: S108 - inside the sandbox it is its own
_ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "HOME": _SCRATCH,
    "LANG": "C.UTF-8",
    "NBGRADER_EXECUTION": "autograde",
}


@dataclass(frozen=True)
class Limits:
    """What one notebook may use."""

    seconds: float = 60.0
    cell_seconds: float = 10.0
    memory: int = 2 << 30
    file: int = 20 << 20
    files: int = 256


@dataclass(frozen=True)
class Ran:
    """What each cell that ran left, and in a sentence why the rest did not run."""

    cells: tuple[Mapping[str, Any], ...]
    stopped: str = ""


@cache
def sandbox_trouble() -> str:
    """Why notebooks cannot be run in a sandbox on this machine; empty when they can."""
    if shutil.which("bwrap") is None:
        return "Program bubblewrap belum ada. Pasang dulu: sudo apt install bubblewrap."
    try:
        subprocess.run(
            [*_walls(_INSIDE.parent), "true"],
            check=True,
            capture_output=True,
            timeout=20,
        )
    except (OSError, subprocess.SubprocessError) as error:
        told = getattr(error, "stderr", b"") or str(error).encode()
        return f"bubblewrap tidak bisa dipakai di sini ({told.decode(errors='replace').strip()})."
    return ""


def run_in_sandbox(
    cells: Sequence[str],
    files: Mapping[str, bytes],
    limits: Limits = Limits(),
    *,
    walled: bool = True,
) -> Ran:
    """Run cells one after another beside some files. Total: whatever they do ends in a `Ran`.

    `walled=False` runs them with limits but without walls: only where staff insisted.
    """
    folder = Path(tempfile.mkdtemp(prefix="umkm-kurung-"))
    try:
        for name, content in files.items():
            (folder / name).write_bytes(content)
        command = [sys.executable, "-P", str(_INSIDE)]
        command = [*_walls(folder), *command] if walled else command
        task = json.dumps({"cells": list(cells), "cell_seconds": limits.cell_seconds})
        answer, stopped = _run(command, task.encode(), folder, limits)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    done = tuple(_read(answer))
    if not stopped and len(done) < len(cells):
        stopped = "Notebook menghentikan proses penilai di tengah jalan."
    return Ran(done[: len(cells)], stopped)


def _run(command: list[str], task: bytes, folder: Path, limits: Limits) -> tuple[bytes, str]:
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env=_ENVIRONMENT,
        start_new_session=True,
        preexec_fn=lambda: _limit(limits),  # noqa: PLW1509 - our worker has one thread
    )
    late = threading.Event()

    def end() -> None:
        late.set()
        process.kill()

    watch = threading.Timer(limits.seconds, end)
    watch.start()
    try:
        assert process.stdin is not None  # noqa: S101
        assert process.stdout is not None  # noqa: S101
        try:
            process.stdin.write(task)
            process.stdin.close()
        except BrokenPipeError:
            pass
        answer = process.stdout.read(_LARGEST_ANSWER)
    finally:
        watch.cancel()
        # The next submission's child is forked from a process with one thread.
        watch.join()
        process.kill()
        process.wait()
    if late.is_set():
        return answer, f"Notebook belum selesai setelah {limits.seconds:g} detik."
    return answer, ""


def _limit(limits: Limits) -> None:
    cpu = int(limits.seconds) + 5
    for what, most in (
        (resource.RLIMIT_CPU, cpu),
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_FSIZE, limits.file),
        (resource.RLIMIT_NOFILE, limits.files),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def _walls(folder: Path) -> list[str]:
    ours = {Path(str(package.__file__)).parent for package in (umkm, umkm_widgets)}
    # Never a source folder as a whole: the keys may lie beside it.
    shown = {Path(sys.prefix), Path(sys.base_prefix), _INSIDE, *ours}
    binds = [word for place in sorted(map(str, shown)) for word in ("--ro-bind", place, place)]
    return [
        *("bwrap", "--unshare-all", "--die-with-parent", "--new-session", "--clearenv"),
        *(word for name, value in _ENVIRONMENT.items() for word in ("--setenv", name, value)),
        *("--ro-bind", "/usr", "/usr", "--symlink", "usr/bin", "/bin"),
        *("--symlink", "usr/lib", "/lib", "--symlink", "usr/lib64", "/lib64"),
        *("--proc", "/proc", "--dev", "/dev", "--size", "20000000", "--tmpfs", _SCRATCH),
        *binds,
        *("--ro-bind", str(folder), f"{_SCRATCH}/lembar", "--chdir", f"{_SCRATCH}/lembar"),
        *("--uid", "65534", "--gid", "65534", "--hostname", "lembar", "--cap-drop", "ALL"),
    ]


def _read(answer: bytes) -> list[Mapping[str, Any]]:
    """What was written, as far as it can be read: nobody promises that it is ours."""
    done: list[Mapping[str, Any]] = []
    for line in answer.splitlines():
        try:
            cell = json.loads(line)
        except (ValueError, RecursionError):
            break
        if not isinstance(cell, dict) or not isinstance(cell.get("outputs"), list):
            break
        done.append(cell)
    return done
