"""Locks between machines: PostgreSQL's advisory locks, one session a process.

They are taken in addition to `file_locks`, which work between processes and threads of one
machine: within a session the same advisory lock could be taken twice. The server drops them when
the session ends, however the process or its machine died.
"""

import hashlib
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from sqlalchemy import Connection, NullPool, create_engine, text
from sqlalchemy.exc import DBAPIError

from umkm_grading.errors import Busy, GradebookTrouble
from umkm_records.database.storage import as_url

_POLL_SECONDS = 0.2

_guard = threading.Lock()
#: By process, since a forked one must not use its parent's connection.
_sessions: dict[tuple[int, str], Connection] = {}


@contextmanager
def hold_everywhere(
    database: str, name: str, wait_seconds: float, shared: bool = False
) -> Iterator[None]:
    """Hold the lock of this name on a server, alone or with other `shared` holders.

    Raises:
        Busy: another machine held it for longer than `wait_seconds`.
        GradebookTrouble: the server cannot be reached.
    """
    kind, key = "_shared" if shared else "", _key(name)
    deadline = time.monotonic() + wait_seconds
    while not _ask(database, f"pg_try_advisory_lock{kind}", key):
        if time.monotonic() >= deadline:
            raise Busy
        time.sleep(_POLL_SECONDS)
    try:
        yield
    finally:
        # The locks of a session that broke meanwhile are dropped already.
        with suppress(GradebookTrouble):
            _ask(database, f"pg_advisory_unlock{kind}", key)


def _ask(database: str, function: str, key: int) -> bool:
    with _guard:
        for last in (False, True):
            try:
                # The names of the functions are ours.
                statement = text(f"SELECT {function}(:key)")
                return bool(_session(database).scalar(statement, {"key": key}))
            except DBAPIError as error:
                _forget(database)
                if last:
                    raise GradebookTrouble(error) from error
    raise AssertionError


def _session(database: str) -> Connection:
    place = (os.getpid(), database)
    if place not in _sessions:
        engine = create_engine(as_url(database), isolation_level="AUTOCOMMIT", poolclass=NullPool)
        _sessions[place] = engine.connect()
    return _sessions[place]


def _forget(database: str) -> None:
    session = _sessions.pop((os.getpid(), database), None)
    if session is not None:
        with suppress(DBAPIError):
            session.invalidate()
            session.close()


def _key(name: str) -> int:
    return int.from_bytes(hashlib.sha256(f"umkm/{name}".encode()).digest()[:8], signed=True)
