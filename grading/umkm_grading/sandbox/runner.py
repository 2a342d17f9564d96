"""Run a trainee's notebook. Started inside bubblewrap, never imported by the kit.

A script of its own: it needs IPython and nothing of ours, and starts fast. Its output is
untrusted: `bubblewrap` reads it as data.
"""

import contextlib
import io
import json
import os
import resource
import signal
import sys
from collections.abc import Mapping
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type
from traitlets.config import Config

LARGEST_STREAM = 19_000
LARGEST_IMAGE = 400_000
MOST_OUTPUTS = 50
#: Anything else a browser could run; `merge.clean_output` checks these once more.
KINDS = ("text/plain", "image/png", "image/jpeg")

outputs: list[dict[str, Any]] = []


class OutOfTime(BaseException):
    """A cell took longer than a cell may."""


class StreamCapture(io.TextIOBase):
    """Keeps the beginning of what is printed."""

    def __init__(self, name: str) -> None:
        self.name, self.room = name, LARGEST_STREAM

    def writable(self) -> bool:
        """Return True."""
        return True

    def write(self, text: str) -> int:
        """Store a text, up to the limit."""
        if text and self.room >= 0:
            if not outputs or outputs[-1].get("name") != self.name:
                outputs.append({"output_type": "stream", "name": self.name, "text": ""})
            rest = "\n… selebihnya tidak disimpan …\n" if len(text) > self.room else ""
            outputs[-1]["text"] += text[: self.room] + rest
            self.room = -1 if rest else self.room - len(text)
        return len(text)


class ResultCapture(DisplayHook):
    """Keeps the value of a cell's last line."""

    def write_output_prompt(self) -> None:
        """Write nothing: a notebook has no prompt."""

    def write_format_data(self, format_dict: Mapping[str, Any], md_dict: Any = None) -> None:
        """Store the value."""
        outputs.append(bundle("execute_result", format_dict))

    def finish_displayhook(self) -> None:
        """End the display."""
        self._is_active = False


class DisplayCapture(DisplayPublisher):
    """Keeps what a cell displays."""

    def publish(self, data: Mapping[str, Any], *_: Any, **__: Any) -> None:
        """Store it."""
        outputs.append(bundle("display_data", data))

    def clear_output(self, wait: bool = False) -> None:
        """Delete what was kept."""
        outputs.clear()


class Shell(InteractiveShell):
    """IPython without a frontend."""

    displayhook_class = Type(ResultCapture)
    display_pub_class = Type(DisplayCapture)

    def _showtraceback(self, etype: Any, evalue: Any, stb: Any) -> None:
        lines = [str(line)[:2000] for line in stb][-100:]
        name = getattr(etype, "__name__", str(etype))
        error = {"output_type": "error", "ename": name, "evalue": str(evalue)[:2000]}
        outputs.append({**error, "traceback": lines})


def bundle(kind: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """Return an output that holds text and pictures only."""
    kept = {mime: str(data[mime])[:LARGEST_IMAGE] for mime in KINDS if mime in data}
    return {"output_type": kind, "data": kept, "metadata": {}}


def late(number: int, frame: Any) -> None:
    """Raise OutOfTime in the cell that runs."""
    raise OutOfTime


def run(shell: Any, source: str, seconds: float) -> dict[str, Any]:
    """Run one cell and return its outputs."""
    outputs.clear()
    signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        with (
            contextlib.redirect_stdout(StreamCapture("stdout")),
            contextlib.redirect_stderr(StreamCapture("stderr")),
        ):
            shell.run_cell(source, store_history=True)
    except OutOfTime:
        outputs.append(
            {"output_type": "error", "ename": "OutOfTime", "evalue": "", "traceback": []}
        )
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    too_late = any(output.get("ename") == "OutOfTime" for output in outputs)
    return {"outputs": outputs[:MOST_OUTPUTS], "late": too_late}


def main() -> None:
    """Read the cells from standard input, write a line for each that ran."""
    task = json.load(sys.stdin)
    if task["tasks"]:
        # Only here, in the sandbox's own user namespace, does it count the sandbox's processes alone.
        resource.setrlimit(resource.RLIMIT_NPROC, (task["tasks"], task["tasks"]))
    answer = os.fdopen(os.dup(1), "w", encoding="utf-8")
    # What code prints past Python's streams is discarded.
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    config = Config()
    config.HistoryManager.enabled = False
    shell = Shell.instance(config=config)
    for source in task["cells"]:
        done = run(shell, source, task["cell_seconds"])
        # Line by line: what ran before an abrupt end is not lost.
        answer.write(json.dumps(done) + "\n")
        answer.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
