"""Usage profile of a kernel, recorded by running a probe process through warm-up cells.

A kernel runs a thousand of the thirty thousand functions that were imported, and touches a page of
memory for nearly each, because they are where their modules were loaded. With the profile `memory`
can put them together.
"""

from __future__ import annotations

import ctypes
import json
import os
import select
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import CodeType, FrameType
from typing import Any
from uuid import uuid4

_TIMEOUT = 30.0
_CHUNK = 1 << 20
_PR_SET_PDEATHSIG = 1
_LONGEST_NAME = 80

#: The default cells of the probe process: output, and a page of widgets if ipywidgets is preloaded.
WARMUP = (
    "print(1)",
    "1",
    """
import sys
if "ipywidgets" in sys.modules:
    import ipywidgets
    from IPython.display import display
    choice = ipywidgets.RadioButtons(options=["a", "b", "c"])
    answer = ipywidgets.HTML()
    choice.observe(lambda change: answer.set_trait("value", f"<b>{change.new}</b>"), "value")
    display(ipywidgets.VBox([choice, answer, ipywidgets.Text(), ipywidgets.Button()]))
    choice.value = "b"
""",
)


@dataclass(frozen=True)
class UsageProfile:
    """The functions that ran in a kernel, by `function_key`, and the names they use."""

    functions: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)

    def as_message(self) -> dict[str, Any]:
        """Return the message that `from_message` reads."""
        return asdict(self)

    @classmethod
    def from_message(cls, message: dict[str, Any] | None) -> UsageProfile | None:
        """Return the profile in a message, None if there is none."""
        return cls(**message) if message else None


def function_key(code: CodeType) -> str:
    """Return a key of a function, the same in every process with the same sources."""
    return f"{code.co_filename}:{code.co_firstlineno}:{code.co_qualname}"


def profile_run(
    prepare: Callable[[], None], serve: Callable[[str], None], warmup: Sequence[str]
) -> UsageProfile:
    """Fork a probe process that runs `warmup` as a kernel, and return its profile.

    The probe is a process of its own because a kernel leaves threads and sockets behind. An error in
    it only makes the profile empty, and kernels use more memory.

    Args:
        prepare: Called in the probe; does the imports that the template does later.
        serve: Called next, with a connection file; serves a kernel.
        warmup: Cells that the probe runs.
    """
    read, write = os.pipe()
    with tempfile.TemporaryDirectory() as folder:
        pid = os.fork()
        if pid == 0:
            try:
                os.close(read)
                os.setsid()
                _end_with_parent()
                _silence()
                prepare()
                _run_warmup(serve, Path(folder) / "kernel.json", warmup, write)
            finally:
                os._exit(1)
        os.close(write)
        try:
            text = _read_all(read, time.monotonic() + _TIMEOUT)
        finally:
            os.close(read)
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
    return UsageProfile.from_message(json.loads(text)) if text else UsageProfile()  # type: ignore[return-value]


def _read_all(fd: int, deadline: float) -> bytes:
    data = b""
    while select.select([fd], [], [], max(0.0, deadline - time.monotonic()))[0]:
        if not (more := os.read(fd, _CHUNK)):
            return data
        data += more
    return b""  # timed out; half a message cannot be read


def _end_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def _silence() -> None:
    null = os.open(os.devnull, os.O_RDWR)
    for fd in (0, 1, 2):
        os.dup2(null, fd)


def _run_warmup(
    serve: Callable[[str], None], file: Path, warmup: Sequence[str], write: int
) -> None:
    seen: set[CodeType] = set()

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call":
            seen.add(frame.f_code)

    def drive() -> None:
        try:
            _run_cells(file, warmup)
            data = json.dumps(_profile(set(seen)).as_message()).encode()
            while data:
                data = data[os.write(write, data) :]
        finally:
            os._exit(0)

    # Started before profiling, so that the client's functions are not recorded.
    threading.Thread(target=drive, daemon=True).start()
    threading.setprofile(note)
    sys.setprofile(note)
    serve(str(file))


def _run_cells(file: Path, warmup: Sequence[str]) -> None:
    from jupyter_client.blocking.client import BlockingKernelClient  # noqa: PLC0415  -- in the probe only

    client = BlockingKernelClient(connection_file=str(file))
    while True:
        try:
            client.load_connection_file()
            break
        except (OSError, ValueError):  # missing, or half written
            time.sleep(0.01)
    client.start_channels()
    client.wait_for_ready(timeout=_TIMEOUT)
    opened: list[str] = []

    def on_message(message: dict[str, Any]) -> None:
        state = message["content"].get("data", {}).get("state", {})
        if message["msg_type"] == "comm_open" and "index" in state:
            opened.append(message["content"]["comm_id"])

    for cell in warmup:
        client.execute_interactive(cell, output_hook=on_message, timeout=_TIMEOUT)
    for comm in opened:
        change = {"method": "update", "state": {"index": 2}, "buffer_paths": []}
        message = client.session.msg("comm_msg", {"comm_id": comm, "data": change})
        client.shell_channel.send(message)
    _request_widget_states(client)
    client.kernel_info(reply=True, timeout=_TIMEOUT)


def _request_widget_states(client: Any) -> None:
    """Send the request with which a page of widgets begins; a kernel without widgets ignores it."""
    comm = uuid4().hex
    hello = {"comm_id": comm, "target_name": "jupyter.widget.control", "data": {}}
    opening = client.session.msg("comm_open", hello, metadata={"version": "1.0.0"})
    ask = {"comm_id": comm, "data": {"method": "request_states"}}
    for message in (opening, client.session.msg("comm_msg", ask)):
        client.shell_channel.send(message)


def _profile(seen: set[CodeType]) -> UsageProfile:
    codes = list(seen)
    names = {name for code in codes for name in _names(code)}
    return UsageProfile(
        functions=sorted({function_key(code) for code in codes}),
        names=sorted(name for name in names if len(name) <= _LONGEST_NAME and name.isidentifier()),
    )


def _names(code: CodeType) -> set[str]:
    found = {code.co_name, *code.co_names, *code.co_varnames, *code.co_freevars, *code.co_cellvars}
    todo = list(code.co_consts)
    while todo:
        constant = todo.pop()
        if isinstance(constant, str):
            found.add(constant)
        elif isinstance(constant, tuple):
            todo += constant
    return found
