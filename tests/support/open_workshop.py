"""A real `umkm workshop`, started by its command and stopped with Ctrl-C."""

from __future__ import annotations

import atexit
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from urllib.parse import quote, urlencode

import psutil
from tests.support.patience import PATIENCE

ROOT = Path(__file__).parents[2]


@cache
def prepared_sample() -> Path:
    """Return a data folder with the sample class, prepared once per process: it takes nbgrader ten seconds."""
    folder = tempfile.TemporaryDirectory(prefix="umkm-kelas-contoh-")
    atexit.register(folder.cleanup)
    data_dir = Path(folder.name) / "data"
    # Without submissions this only prepares the class.
    command = [sys.executable, "-m", "umkm_cli", "grade", "contoh-serang"]
    environment = {**os.environ, "UMKM_DATA": str(data_dir)}
    subprocess.run(command, env=environment, cwd=ROOT, check=True, timeout=300, capture_output=True)
    return data_dir


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Workshop:
    """A run of `umkm workshop` on a data folder."""

    data_dir: Path
    extra: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    lab_port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None
    class_id: str = "contoh-serang"
    #: Whether the workshop creates the sample class itself, as on a new laptop.
    first: bool = False

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def lab_url(self) -> str:
        return f"http://127.0.0.1:{self.lab_port}"

    @property
    def ports(self) -> list[str]:
        """The options with its ports: the usual ones may be those of a class that is open on this computer."""
        return ["--port", str(self.port), "--lab-port", str(self.lab_port)]

    @property
    def token(self) -> str:
        return (self.data_dir / ".rahasia" / f"jupyter-{self.class_id}").read_text()

    @property
    def lab_folder(self) -> Path:
        """The folder that the JupyterLab of the open class shows."""
        return self.data_dir / "pelatih" / self.class_id

    def page_url(self, notebook: str) -> str:
        """Return the URL of a notebook in the trainer's JupyterLab, in the viewer in a tab of its own."""
        way = urlencode({"next": f"/voila/render/{quote(notebook)}", "token": self.token})
        return f"{self.lab_url}/login?{way}"

    @property
    def database(self) -> str:
        return f"sqlite:///{self.data_dir / 'umkm.db'}"

    @property
    def environment(self) -> dict[str, str]:
        # As on a laptop with two cores, however many this computer has.
        processes = {"UMKM_PROCESSES": "1", **os.environ}
        return {**processes, "UMKM_DATA": str(self.data_dir), "COLUMNS": "120", **self.extra}

    @property
    def output(self) -> str:
        return (self.data_dir.parent / "terminal.txt").read_text(encoding="utf-8")

    def start(self) -> Workshop:
        if not self.first and not self.data_dir.exists():
            shutil.copytree(prepared_sample(), self.data_dir, symlinks=True)
        terminal = (self.data_dir.parent / "terminal.txt").open("wb")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "umkm_cli", "workshop", self.class_id, *self.ports],
            env=self.environment, cwd=ROOT, stdout=terminal, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
        deadline = time.monotonic() + 300
        while "Ctrl-C" not in self.output:
            assert self.process.poll() is None, self.output
            assert time.monotonic() < deadline, self.output
            time.sleep(0.1)
        return self

    def stop(self, how: signal.Signals = signal.SIGINT) -> int:
        assert self.process is not None
        if self.process.poll() is None:
            self.process.send_signal(how)
        return self.process.wait(PATIENCE)

    def umkm(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "umkm_cli", *arguments],
            env=self.environment, cwd=self.data_dir.parent, capture_output=True, text=True, check=False, timeout=300,
        )  # fmt: skip

    def get(self, path: str) -> bytes:
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(self.url + path, timeout=PATIENCE) as answer:
            return bytes(answer.read())


def server_of(workshop: Workshop) -> psutil.Process:
    """Return the process of the trainees' server of a workshop."""
    assert workshop.process is not None
    children = psutil.Process(workshop.process.pid).children(recursive=True)
    return next(child for child in children if child.cmdline()[-2:] == ["-m", "umkm_apps"])
