"""What a kernel uses of all that its template has: found out by letting one live and watching it.

A kernel runs a thousand of the thirty thousand functions that were imported, and touches a page of
memory for nearly each, since they lie where their modules were loaded. Once it is known which they
are, `memory` can put them together.
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

_PATIENCE = 30.0
_CHUNK = 1 << 20
_PR_SET_PDEATHSIG = 1
_LONGEST_NAME = 80

#: What a scout runs when nobody says better: a cell, and a page of widgets where there are any.
REHEARSAL = (
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
class Habits:
    """The functions that ran in a kernel, by `function_key`, and the names they use."""

    functions: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)

    def as_message(self) -> dict[str, Any]:
        """Return what `from_message` makes the same habits of."""
        return asdict(self)

    @classmethod
    def from_message(cls, message: dict[str, Any] | None) -> Habits | None:
        """Return the habits in a message, None if there are none."""
        return cls(**message) if message else None


def function_key(code: CodeType) -> str:
    """Return what tells a function from others, in this process and in one like it."""
    return f"{code.co_filename}:{code.co_firstlineno}:{code.co_qualname}"


def observe(
    prepare: Callable[[], None], live: Callable[[str], None], rehearsal: Sequence[str]
) -> Habits:
    """Fork a scout that lives as a kernel through `rehearsal`, and return its habits.

    The scout is a process of its own because a kernel leaves threads and sockets behind. Whatever
    goes wrong there costs some memory later on and nothing else, so it only makes the habits empty.

    Args:
        prepare: Does in the scout what the template will do itself later on.
        live: Then serves a kernel at the connection file it is given.
        rehearsal: Cells that the scout runs.
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
                _rehearse(live, Path(folder) / "kernel.json", rehearsal, write)
            finally:
                os._exit(1)
        os.close(write)
        try:
            text = _read_all(read, time.monotonic() + _PATIENCE)
        finally:
            os.close(read)
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
    return Habits.from_message(json.loads(text)) if text else Habits()  # type: ignore[return-value]


def _read_all(fd: int, deadline: float) -> bytes:
    data = b""
    while select.select([fd], [], [], max(0.0, deadline - time.monotonic()))[0]:
        if not (more := os.read(fd, _CHUNK)):
            return data
        data += more
    return b""  # it hangs: half of what it wanted to say is nothing


def _end_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def _silence() -> None:
    null = os.open(os.devnull, os.O_RDWR)
    for fd in (0, 1, 2):
        os.dup2(null, fd)


def _rehearse(
    live: Callable[[str], None], file: Path, rehearsal: Sequence[str], write: int
) -> None:
    seen: set[CodeType] = set()

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call":
            seen.add(frame.f_code)

    def drive() -> None:
        try:
            _talk(file, rehearsal)
            data = json.dumps(_habits(set(seen)).as_message()).encode()
            while data:
                data = data[os.write(write, data) :]
        finally:
            os._exit(0)

    # Started first, so that what the client uses is not taken for the kernel's.
    threading.Thread(target=drive, daemon=True).start()
    threading.setprofile(note)
    sys.setprofile(note)
    live(str(file))


def _talk(file: Path, rehearsal: Sequence[str]) -> None:
    from jupyter_client.blocking.client import BlockingKernelClient  # noqa: PLC0415  -- only the scout's

    client = BlockingKernelClient(connection_file=str(file))
    while True:
        try:
            client.load_connection_file()
            break
        except (OSError, ValueError):  # not there yet, or half written
            time.sleep(0.01)
    client.start_channels()
    client.wait_for_ready(timeout=_PATIENCE)
    opened: list[str] = []

    def hear(message: dict[str, Any]) -> None:
        state = message["content"].get("data", {}).get("state", {})
        if message["msg_type"] == "comm_open" and "index" in state:
            opened.append(message["content"]["comm_id"])

    for cell in rehearsal:
        client.execute_interactive(cell, output_hook=hear, timeout=_PATIENCE)
    for comm in opened:
        change = {"method": "update", "state": {"index": 2}, "buffer_paths": []}
        message = client.session.msg("comm_msg", {"comm_id": comm, "data": change})
        client.shell_channel.send(message)
    _ask_for_widgets(client)
    client.kernel_info(reply=True, timeout=_PATIENCE)


def _ask_for_widgets(client: Any) -> None:
    """Do what a page of widgets begins with; where there are none the kernel only shrugs."""
    comm = uuid4().hex
    hello = {"comm_id": comm, "target_name": "jupyter.widget.control", "data": {}}
    opening = client.session.msg("comm_open", hello, metadata={"version": "1.0.0"})
    ask = {"comm_id": comm, "data": {"method": "request_states"}}
    for message in (opening, client.session.msg("comm_msg", ask)):
        client.shell_channel.send(message)


def _habits(seen: set[CodeType]) -> Habits:
    codes = list(seen)
    names = {name for code in codes for name in _names(code)}
    return Habits(
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
