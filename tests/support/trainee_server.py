"""The trainees' server without a workshop, started as `umkm workshop` does, with the sample class."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

import psutil
from tests.support.open_workshop import ROOT, free_port
from tests.support.patience import PATIENCE

from umkm_records import make_sample_class, open_records

CLASS = "contoh-serang"
SHEET = "pembukuan-dua-laci"
LESSON = "pembukuan/01-dua-laci"
CODE, PIN = "srg-siti1", "246813"


@dataclass
class TraineeServer:
    """A server on a data folder; it can be killed and restarted on the same port."""

    data_dir: Path
    extra: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None
    #: The URL of a database; empty for a SQLite file in the data folder.
    address: str = ""
    #: What Python runs: the server, or a program that runs it.
    program: tuple[str, ...] = ("-m", "umkm_apps")

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def database(self) -> str:
        return self.address or f"sqlite:///{self.data_dir / 'umkm.db'}"

    @property
    def log(self) -> str:
        return (self.data_dir / "server.txt").read_text(encoding="utf-8", errors="replace")

    def start(self) -> TraineeServer:
        self.data_dir.mkdir(parents=True, exist_ok=True)
        with open_records(self.database, upgrade=True) as records:
            make_sample_class(records)
        environment = {
            **os.environ,
            "UMKM_HOME": str(ROOT),
            "UMKM_DATA": str(self.data_dir),
            "UMKM_DATABASE": self.database,
            "UMKM_CLASS": CLASS,
            "UMKM_PORT": str(self.port),
            # As on a laptop with two cores, however many this computer has.
            "UMKM_PROCESSES": os.environ.get("UMKM_PROCESSES", "1"),
            **self.extra,
        }
        with (self.data_dir / "server.txt").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, *self.program],
                env=environment, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip
        deadline = time.monotonic() + PATIENCE
        while not self.answers():
            assert self.process.poll() is None, self.log
            assert time.monotonic() < deadline, self.log
            time.sleep(0.05)
        return self

    def answers(self) -> bool:
        try:
            urllib.request.build_opener(urllib.request.ProxyHandler({})).open(
                f"{self.url}/masuk", timeout=5
            ).close()
        except urllib.error.HTTPError:
            return True
        except OSError:
            return False
        return True

    def kill(self) -> None:
        """Kill the server and its kernels with SIGKILL."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self.process is None or self.process.poll() is not None:
            return
        children = psutil.Process(self.process.pid).children(recursive=True)
        self.process.send_signal(how)
        self.process.wait(PATIENCE)
        for child in children:
            if child.is_running():
                child.kill()
