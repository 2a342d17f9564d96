"""A PostgreSQL server for tests, in a folder of its own, on a Unix socket."""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

import psutil
import psycopg
from sqlalchemy import make_url
from tests.support.find_postgres import find_postgres

#: In memory where there is enough: each test creates a database, and with `fsync=off` its files are
#: still written to disk.
_MEMORY, _ENOUGH = Path("/dev/shm"), 4 << 30
#: Without durability, because nothing in it is kept after the tests.
_SETTINGS = (
    "-c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    " -c shared_buffers=32MB -c max_connections=60"
)


class Postgres:
    """A running server; `initdb` refuses root, so root starts it as an unprivileged user."""

    def __init__(self) -> None:
        found = find_postgres()
        assert found is not None, "no PostgreSQL here: run `make .cache/postgres`"
        self.bin = found
        self.folder = Path(tempfile.mkdtemp(prefix="umkm-pg-", dir=_place()))
        self._as: dict[str, object] = {}
        if os.geteuid() == 0:
            user = next(n for n in ("postgres", "nobody") if _known(n))
            entry = pwd.getpwnam(user)
            os.chown(self.folder, entry.pw_uid, entry.pw_gid)
            self._as = {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
        self._numbers = itertools.count()
        self._run("initdb", "--no-sync", "-A", "trust", "-U", "postgres", "-E", "UTF8",
                  "--locale=C.UTF-8", "-D", str(self.data))  # fmt: skip
        self.start()

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def start(self) -> None:
        self._run("pg_ctl", "-w", "-D", str(self.data), "-l", str(self.folder / "log"),
                  "-o", f"-k {self.folder} {_SETTINGS}", "start")  # fmt: skip

    def stop(self, mode: str = "immediate") -> None:
        self._run("pg_ctl", "-w", "-D", str(self.data), "-m", mode, "stop")

    def hang(self) -> None:
        """Suspend all its processes: connections stay open, nothing is answered."""
        self._signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """Resume its processes after `hang`."""
        self._signal(signal.SIGCONT)

    def _signal(self, which: signal.Signals) -> None:
        main = psutil.Process(int((self.data / "postmaster.pid").read_text().split()[0]))
        # The parent process first, so that no new child is missed.
        for process in (main, *main.children(recursive=True)):
            process.send_signal(which)

    def close(self) -> None:
        if (self.data / "postmaster.pid").exists():
            self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    def execute(self, statement: str, database: str = "postgres") -> list[tuple]:
        place = {"host": str(self.folder), "user": "postgres", "dbname": database}
        with psycopg.connect(**place, autocommit=True) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def new_database(self, template: str = "template0") -> str:
        """Create a database and return its URL."""
        name = f"uji_{next(self._numbers)}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        return self.url(name)

    def drop(self, url: str) -> None:
        """Drop a database and close its connections."""
        self.execute(f"DROP DATABASE {make_url(url).database} WITH (FORCE)")

    def _run(self, program: str, *words: str) -> None:
        done = subprocess.run(
            [str(self.bin / program), *words], cwd="/", capture_output=program == "initdb",
            stdout=None if program == "initdb" else subprocess.DEVNULL,
            stderr=None if program == "initdb" else subprocess.DEVNULL,
            check=False, **self._as,
        )  # fmt: skip
        if done.returncode:
            log = self.folder / "log"
            text = log.read_text(errors="replace") if log.exists() else done.stderr
            raise RuntimeError(f"{program}: {text}")


def _place() -> str:
    if _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ENOUGH:
        return str(_MEMORY)
    return "/tmp"


def _known(user: str) -> bool:
    try:
        pwd.getpwnam(user)
    except KeyError:
        return False
    return True
