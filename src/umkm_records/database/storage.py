"""Opening the database, and its kinds of session: `transaction`, `read_session`, `autocommit`."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from umkm_records.database.errors import StorageLocked, StorageUnwritable
from umkm_records.database.failures import explain
from umkm_records.database.idle_connections import ping_idle_connections
from umkm_records.database.upgrade import bring_up_to_date, check_up_to_date

BUSY_SECONDS = 10.0
#: What a session knows its class by (`Records.of_class`).
COHORT = "umkm_cohort"

# Set on each connection; journal_mode=WAL stays in the file and is set when it is made.
_PRAGMAS = (
    "PRAGMA foreign_keys=ON",
    # Every commit reaches the disk before it is acknowledged, also through a power cut.
    "PRAGMA synchronous=FULL",
    # What is erased is overwritten, not only unlinked.
    "PRAGMA secure_delete=ON",
)


class Records:
    """An open set of records. Threads may share it; a forked process opens its own.

    `cohort` is the class that everything asked or written about a participant belongs to, for
    those who are in it; for all others, and where it is None, that is the class they joined last.
    """

    def __init__(self, engine: Engine, cohort: str | None = None) -> None:
        self.engine = engine
        self.cohort = cohort
        self._pid = os.getpid()
        # Taking the write lock at the start lets SQLite wait for it. A transaction that reads
        # first and writes later is refused at once when somebody wrote in between.
        self._writing = engine.execution_options(umkm_begin="BEGIN IMMEDIATE")
        self._reading = engine.execution_options(umkm_begin="BEGIN")
        self._autocommit = engine.execution_options(umkm_begin="")
        if engine.dialect.name == "postgresql":
            self._autocommit = engine.execution_options(isolation_level="AUTOCOMMIT")
            # By default each statement would see a snapshot of its own.
            self._reading = engine.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )

    def of_class(self, cohort: str | None) -> "Records":
        """Return the same records as one class's server or screen uses them."""
        return Records(self.engine, cohort)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Yield a session whose work is durable when the block has ended, or rolled back.

        Raises:
            StorageError: the work was not kept; the kind says why.
        """
        with self._session(self._writing) as session:
            yield session

    @contextmanager
    def read_session(self) -> Iterator[Session]:
        """Yield a session that sees one snapshot of the records and blocks nobody.

        Raises:
            StorageError: the records could not be read.
        """
        with self._session(self._reading) as session:
            yield session

    @contextmanager
    def autocommit(self) -> Iterator[Session]:
        """Yield a session in which each statement is a transaction of its own.

        For work of one statement: BEGIN and COMMIT would be two more round trips to a server.

        Raises:
            StorageError: as for the other two.
        """
        with self._session(self._autocommit) as session:
            yield session

    @contextmanager
    def _session(self, engine: Engine) -> Iterator[Session]:
        if os.getpid() != self._pid:
            raise RuntimeError("open_records again after a fork: SQLite forbids sharing")
        try:
            with Session(engine, expire_on_commit=False) as session, session.begin():
                session.info[COHORT] = self.cohort
                yield session
        except PoolTimeout as error:
            raise StorageLocked from error
        except DBAPIError as error:
            if (known := explain(error)) is None:
                raise
            raise known from error

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


def open_records(
    url_or_path: str | Path,
    busy_seconds: float = BUSY_SECONDS,
    *,
    upgrade: bool = False,
    statement_seconds: float | None = None,
) -> Records:
    """Open the records at a path or SQLAlchemy URL.

    A SQLite file is made or upgraded where needed; several processes may do so at once: one makes
    the tables, the others wait for it. A server's tables are made at deploy, with `upgrade`.

    Args:
        url_or_path: a file for SQLite (its folder is made), or any URL with `://` in it.
        busy_seconds: how long to wait for another writer before `StorageLocked`.
        upgrade: make or upgrade a server's tables too.
        statement_seconds: how long PostgreSQL may take for one statement, and the network for one
            answer, before `StorageLocked` or `StorageUnreachable`; None waits without end.

    Raises:
        StorageError: `StorageFull`, `StorageLocked`, `StorageUnwritable`, `StorageUnreachable`,
            `StorageDamaged`, `SchemaNotReady` or `SchemaTooNew`.
    """
    url = as_url(url_or_path)
    is_file = url.get_backend_name() == "sqlite"
    if is_file:
        _make_private_file(Path(url.database or ""))
    engine = make_engine(url, busy_seconds, statement_seconds)
    try:
        if is_file or upgrade:
            bring_up_to_date(engine, busy_seconds)
        else:
            check_up_to_date(engine)
    except DBAPIError as error:
        engine.dispose()
        if (known := explain(error, url.database or "")) is None:
            raise
        raise known from error
    except BaseException:
        engine.dispose()
        raise
    return Records(engine)


def as_url(url_or_path: str | Path) -> URL:
    """Return the URL of a database at a path, or at a URL with `://` in it."""
    if isinstance(url_or_path, str) and "://" in url_or_path:
        url = make_url(url_or_path)
        # Whichever driver this SQLAlchemy would choose, ours is psycopg.
        plain = url.drivername in {"postgresql", "postgres"}
        return url.set(drivername="postgresql+psycopg") if plain else url
    path = Path(url_or_path).expanduser().absolute()
    return URL.create("sqlite", database=str(path))


def _make_private_file(path: Path) -> None:
    """Create the folder and an empty file that only its owner reads: people's data goes into it."""
    if not path.name:
        raise StorageUnwritable
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise StorageUnwritable(str(path)) from error


def make_engine(
    url: URL, busy_seconds: float = BUSY_SECONDS, statement_seconds: float | None = None
) -> Engine:
    """Return an engine that waits for other writers and sets SQLite's pragmas."""
    if url.get_backend_name() != "sqlite":
        engine = create_engine(
            url,
            # The connection used last is used next: the others stay idle.
            pool_use_lifo=True,
            pool_timeout=busy_seconds,
            connect_args=_libpq_timeouts(busy_seconds, statement_seconds),
        )
        event.listen(engine, "connect", _set_timeouts(busy_seconds, statement_seconds))
        ping_idle_connections(engine)
        return engine
    engine = create_engine(url, connect_args={"timeout": busy_seconds}, pool_timeout=busy_seconds)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _libpq_timeouts(busy_seconds: float, statement_seconds: float | None) -> dict[str, int]:
    """Return libpq's settings (https://www.postgresql.org/docs/current/libpq-connect.html)."""
    if statement_seconds is None:
        return {"connect_timeout": max(2, int(busy_seconds))}
    return {
        "connect_timeout": max(2, min(3, int(busy_seconds))),
        "tcp_user_timeout": int(statement_seconds * 1000),
        # A server that has vanished while it owes an answer acknowledges nothing.
        "keepalives_idle": 2,
        "keepalives_interval": 1,
        "keepalives_count": 3,
    }


def _set_timeouts(
    seconds: float, statement_seconds: float | None
) -> Callable[[Any, ConnectionPoolEntry], None]:
    def connect(connection: Any, entry: ConnectionPoolEntry) -> None:
        connection.execute(f"SET lock_timeout = {max(1, int(seconds * 1000))}")
        if statement_seconds is not None:
            connection.execute(f"SET statement_timeout = {max(1, int(statement_seconds * 1000))}")
        connection.commit()

    return connect


def _prepare_sqlite(connection: Any, entry: ConnectionPoolEntry) -> None:
    # The driver must not begin transactions by itself: _begin_sqlite says which kind.
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(pragma)


def _begin_sqlite(connection: Connection) -> None:
    if statement := connection.get_execution_options().get("umkm_begin", "BEGIN"):
        connection.exec_driver_sql(statement)
