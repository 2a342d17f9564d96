"""A bubblewrap sandbox: no network, no files but Python's, no other process, limits on everything."""

import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from umkm_grading.sandbox.isolation import (
    ENVIRONMENT,
    RUNNER,
    sandbox_arguments,
    sandbox_gaps,
    sandbox_trouble,
)
from umkm_grading.sandbox.resource_monitor import ResourceMonitor

__all__ = ["Limits", "SandboxResult", "run_in_sandbox", "sandbox_gaps", "sandbox_trouble"]

_LARGEST_ANSWER = 4_000_000


def _kernel_version() -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", os.uname().release)[:2])


#: Since Linux 5.14 a user's processes are counted in each user namespace by itself (ucount rlimits);
#: before, RLIMIT_NPROC would count everything the user has open outside, too.
_COUNTS_BY_NAMESPACE = _kernel_version() >= (5, 14)


@dataclass(frozen=True)
class Limits:
    """Limits for one notebook; `memory` in bytes, of all its processes together."""

    seconds: float = 60.0
    cell_seconds: float = 10.0
    memory: int = 2 << 30
    #: Processes and threads at once.
    tasks: int = 64
    file: int = 20 << 20
    files: int = 256


@dataclass(frozen=True)
class SandboxResult:
    """The outputs of each cell that ran, and why the rest did not run."""

    cells: tuple[Mapping[str, Any], ...]
    stopped: str = ""


def run_in_sandbox(
    cells: Sequence[str],
    files: Mapping[str, bytes],
    limits: Limits = Limits(),
    *,
    sandboxed: bool = True,
) -> SandboxResult:
    """Run cells one after another beside some files; never raises for what they do.

    `sandboxed=False` runs them with limits but without a sandbox: only where staff asked for it.
    """
    folder = Path(tempfile.mkdtemp(prefix="umkm-kurung-"))
    try:
        for name, content in files.items():
            (folder / name).write_bytes(content)
        task = {"cells": list(cells), "cell_seconds": limits.cell_seconds, "tasks": 0}
        if sandboxed and _COUNTS_BY_NAMESPACE:
            task["tasks"] = limits.tasks
        command = [sys.executable, "-P", str(RUNNER)]
        task_json = json.dumps(task).encode()
        with ExitStack() as stack:
            before, inherited = (
                stack.enter_context(sandbox_arguments(folder)) if sandboxed else ([], ())
            )
            answer, stopped = _run([*before, *command], task_json, folder, limits, inherited)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    done = tuple(_read(answer))
    if not stopped and len(done) < len(cells):
        stopped = "Notebook menghentikan proses penilai di tengah jalan."
    return SandboxResult(done[: len(cells)], stopped)


def _run(
    command: list[str], task: bytes, folder: Path, limits: Limits, inherited: Sequence[int]
) -> tuple[bytes, str]:
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env=ENVIRONMENT,
        start_new_session=True,
        pass_fds=inherited,
        preexec_fn=lambda: _limit(limits),  # noqa: PLW1509 - our worker has one thread
    )
    monitor = ResourceMonitor(process, limits.seconds, limits.memory, limits.tasks)
    monitor.start()
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
        monitor.close()
    return answer, monitor.stopped


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


def _read(answer: bytes) -> list[Mapping[str, Any]]:
    """Return what was written, as far as it can be read: it is untrusted."""
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
