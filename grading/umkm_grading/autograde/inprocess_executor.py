"""Run a notebook's cells without a Jupyter kernel, in a child forked from a warm process.

Each submission gets a new child, as it would get a new kernel: none sees what another did. The
outputs of plain cells are the same as a kernel's (tests/grading/test_both_ways.py); for anything
else (an error, a printed line, an updated display) the result says `needs_kernel`.
"""

import contextlib
import gc
import importlib
import json
import os
import select
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

import nbformat
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from IPython.core.profiledir import ProfileDir
from traitlets import Type
from traitlets.config import Config

from umkm.money import format_rupiah
from umkm_grading.autograde.jobs import AutogradeJob, AutogradeResult

#: A notebook that takes longer is left to a kernel, which has a limit for each cell.
SHEET_SECONDS = 60.0

#: ipykernel's language_info, which nbclient writes into each notebook it runs.
_LANGUAGE = {
    "codemirror_mode": {"name": "ipython", "version": sys.version_info[0]},
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "name": "python",
    "nbconvert_exporter": "python",
    "pygments_lexer": "ipython3",
    "version": sys.version.split()[0],
}


def run_notebook(job: AutogradeJob, seconds: float = SHEET_SECONDS) -> AutogradeResult:
    """Run a notebook over one submission's files; never raises.

    The calling process should have one thread only, since it forks.
    """
    begin = time.perf_counter()
    _shell()
    folder = Path(tempfile.mkdtemp(prefix="umkm-lembar-"))
    try:
        for name, content in {**job.files, **job.gradable.companions}.items():
            (folder / name).write_bytes(content)
        notebook, needs_kernel = _fork(job.gradable.notebook, folder, seconds)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return AutogradeResult(notebook, needs_kernel, seconds=time.perf_counter() - begin)


def _fork(notebook: str, folder: Path, seconds: float) -> tuple[str, str]:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _run_in_child(notebook, folder, writing)
    os.close(writing)
    try:
        written = _read_all(reading, time.monotonic() + seconds)
    finally:
        os.close(reading)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)
        os.waitpid(child, 0)
    if written is None:
        return "", f"Lembar belum selesai setelah {seconds:g} detik."
    try:
        answer = json.loads(written)
    except ValueError:
        return "", "Proses penilai berhenti mendadak."
    _import_now(answer["imported"])
    return answer["notebook"], answer["needs_kernel"]


def _import_now(names: list[str]) -> None:
    """Import what a child had to import, so that later children need not."""
    for name in names:
        with contextlib.suppress(Exception):
            importlib.import_module(name)
    if names:
        gc.collect()
        # Garbage collection in a child would copy every page of this process.
        gc.freeze()


def _read_all(pipe: int, until: float) -> bytes | None:
    """Return everything the child writes; None when it is not done in time."""
    parts: list[bytes] = []
    while (left := until - time.monotonic()) > 0:
        ready, _, _ = select.select([pipe], [], [], left)
        if ready:
            part = os.read(pipe, 1 << 16)
            if not part:
                return b"".join(parts)
            parts.append(part)
    return None


def _run_in_child(notebook: str, folder: Path, pipe: int) -> NoReturn:
    # Never returns into the caller's code: this is a copy of its process.
    try:
        os.setpgid(0, 0)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        os.chdir(folder)
        # The files there are data: no import may find them.
        sys.path[:] = [place for place in sys.path if place]
        os.environ["NBGRADER_EXECUTION"] = "autograde"
        known = set(sys.modules)
        answer: dict[str, object] = {"notebook": "", "needs_kernel": ""}
        try:
            answer["notebook"] = _run_cells(notebook)
        except _NeedsKernel as error:
            answer["needs_kernel"] = str(error)
        answer["imported"] = sorted(set(sys.modules) - known)
        with os.fdopen(pipe, "wb") as file:
            file.write(json.dumps(answer).encode())
    finally:
        os._exit(0)


class _NeedsKernel(Exception):
    """A cell did something whose output only a real kernel can produce."""


def _run_cells(text: str) -> str:
    notebook = nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]
    count = 0
    for cell in notebook.cells:
        if cell.cell_type == "code" and cell.source.strip():
            count += 1
            _run_cell(cell, count)
    notebook.metadata["language_info"] = _LANGUAGE
    return str(nbformat.writes(notebook)) + "\n"  # type: ignore[no-untyped-call]


def _run_cell(cell: Any, count: int) -> None:
    outputs = _shell().umkm_outputs
    outputs.clear()
    with _refuse_printing():
        begin = _now()
        result = _shell().run_cell(cell.source, store_history=True)
        end = _now()
    if not result.success:
        raise _NeedsKernel(f"Sel {cell.id}: {result.error_before_exec or result.error_in_exec!r}")
    for output in outputs:
        if output["output_type"] == "execute_result":
            output["execution_count"] = count
    cell.outputs = [nbformat.from_dict(output) for output in outputs]  # type: ignore[no-untyped-call]
    cell.execution_count = count
    cell.metadata["execution"] = {
        "iopub.execute_input": begin,
        "iopub.status.busy": begin,
        "iopub.status.idle": end,
        "shell.execute_reply": end,
    }


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


@contextlib.contextmanager
def _refuse_printing() -> Iterator[None]:
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8") as printed,
        contextlib.redirect_stdout(printed),
        contextlib.redirect_stderr(printed),
    ):
        yield
        if printed.tell():
            raise _NeedsKernel("Ada sel yang mencetak tulisan.")


class _DisplayHook(DisplayHook):
    """Keeps the value of a cell's last line instead of printing it."""

    def start_displayhook(self) -> None:
        self._is_active = True

    def write_output_prompt(self) -> None:
        """Write nothing: a notebook has no prompt."""

    def write_format_data(
        self, format_dict: Mapping[str, Any], md_dict: Mapping[str, Any] | None = None
    ) -> None:
        shell: Any = self.shell
        shell.umkm_outputs.append(_output("execute_result", format_dict, md_dict))

    def finish_displayhook(self) -> None:
        self._is_active = False


class _DisplayPublisher(DisplayPublisher):
    """Keeps what a cell displays."""

    def publish(
        self,
        data: Mapping[str, Any],
        metadata: Mapping[str, Any] | None = None,
        *_: object,
        transient: Mapping[str, Any] | None = None,
        update: bool = False,
        **__: object,
    ) -> None:
        if update:
            raise _NeedsKernel("Ada sel yang mengubah tampilan sel lain.")
        self.shell.umkm_outputs.append(_output("display_data", data, metadata))

    def clear_output(self, wait: bool = False) -> None:
        raise _NeedsKernel("Ada sel yang menghapus tampilannya.")


def _output(
    kind: str, data: Mapping[str, Any], metadata: Mapping[str, Any] | None
) -> dict[str, Any]:
    # Through JSON, as a kernel sends it: what a cell changes afterwards is not in the notebook.
    bundle: dict[str, Any] = json.loads(json.dumps({"data": data, "metadata": metadata or {}}))
    return {"output_type": kind, **bundle}


class _Shell(InteractiveShell):
    """IPython as a kernel sets it up, without a frontend, history or files of its own."""

    displayhook_class = Type(_DisplayHook)
    display_pub_class = Type(_DisplayPublisher)

    def init_sys_modules(self) -> None:
        """Leave `__main__` as it is: it belongs to the worker."""

    def showtraceback(self, *_: object, **__: object) -> None:
        """Ignore it: errors are read from the result of `run_cell`."""

    def showsyntaxerror(self, *_: object, **__: object) -> None:
        """Ignore it, as `showtraceback`."""


def _warm_up() -> None:
    """Run once here what each child would otherwise repeat."""
    import umkm_widgets.sheet  # noqa: F401, PLC0415

    format_rupiah(0)  # Babel reads its locale
    nbformat.writes(nbformat.v4.new_notebook())  # type: ignore[no-untyped-call]  # compiles the schema


@cache
def _shell() -> Any:
    _warm_up()
    config = Config()
    config.HistoryManager.enabled = False
    folder = tempfile.mkdtemp(prefix="umkm-ipython-")
    try:
        profile = ProfileDir(location=str(Path(folder) / "profil"))
        shell: Any = _Shell.instance(config=config, ipython_dir=folder, profile_dir=profile)
        shell.umkm_outputs = []
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return shell
