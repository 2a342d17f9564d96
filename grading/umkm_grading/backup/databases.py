"""Databases in a backup: snapshots of SQLite files, dumps of a PostgreSQL server, both with hashes."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from secrets import token_hex

from sqlalchemy import URL, Connection, Engine, MetaData, NullPool, create_engine, inspect, text

from umkm_grading.errors import BackupRefused
from umkm_records.database.fingerprints import Fingerprint, fingerprint
from umkm_records.database.storage import as_url

#: The place of the records among the tables of a manifest; classes have their schema or folder.
PEOPLE = "data peserta"
_SCHEMAS = "nilai_"


def snapshot_sqlite(source: Path, target: Path) -> list[Fingerprint]:
    """Copy a SQLite database as it is at one moment, whoever writes to it, and hash the copy.

    Raises:
        BackupRefused: the database is damaged, or there is no room for the copy.
    """
    try:
        with (
            closing(sqlite3.connect(source, timeout=30)) as here,
            closing(sqlite3.connect(target)) as there,
        ):
            here.backup(there)
            # One file, readable without its log.
            there.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as error:
        raise BackupRefused(
            f"Basis data {source.name} tidak bisa disalin: disk penuh, atau basis datanya rusak "
            f"({error}). Periksa dengan: umkm doctor"
        ) from error
    return hash_sqlite(target)


def hash_sqlite(file: Path) -> list[Fingerprint]:
    """Check a SQLite file and hash its tables.

    Raises:
        BackupRefused: it is damaged.
    """
    try:
        with closing(sqlite3.connect(file)) as connection:
            (found,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.DatabaseError as error:
        found = str(error)
    if found != "ok":
        raise BackupRefused(
            f"Basis data {file.name} rusak ({found}). Pulihkan dari cadangan yang lebih lama: umkm restore"
        )
    with _connected(create_engine(f"sqlite:///{file}", poolclass=NullPool)) as connection:
        return _hash(connection)


def dump_server(database: str, target: Path) -> dict[str, list[Fingerprint]]:
    """Dump a programme's database as it is at one moment, and hash the same moment.

    Raises:
        BackupRefused: no `pg_dump` here, or it gave up.
    """
    url = as_url(database)
    with _connected(_engine(url, isolation_level="REPEATABLE READ")) as connection:
        snapshot = connection.scalar(text("SELECT pg_export_snapshot()"))
        _run("pg_dump", url, "--format=custom", f"--snapshot={snapshot}", f"--file={target}")
        return _hash_server(connection)


def restore_server(database: str, dump: Path) -> dict[str, list[Fingerprint]]:
    """Restore a dump into an empty database, all or nothing, and hash what lies there then.

    Raises:
        BackupRefused: the database holds data; no `pg_restore` here, or it gave up.
    """
    url = as_url(database)
    with _connected(_engine(url)) as connection:
        if _gradebook_schemas(connection) or inspect(connection).get_table_names():
            raise BackupRefused(
                "Basis data tujuan sudah berisi data, jadi tidak ada yang dipulihkan. Buat basis data "
                "kosong, lalu arahkan UMKM_DATABASE ke sana."
            )
    words = ("--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges", str(dump))
    _run("pg_restore", url, *words)
    with _connected(_engine(url)) as connection:
        return _hash_server(connection)


@contextmanager
def scratch_database(database: str) -> Iterator[str | None]:
    """Create a database on the same server, dropped afterwards; None where this is not allowed."""
    url, name = as_url(database), f"umkm_uji_{token_hex(4)}"
    engine = _engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        may = connection.scalar(
            text("SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user")
        )
        if not may:
            yield None
            return
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE template0"))
        try:
            yield url.set(database=name).render_as_string(hide_password=False)
        finally:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


def _hash_server(connection: Connection) -> dict[str, list[Fingerprint]]:
    return {PEOPLE: _hash(connection)} | {
        schema: _hash(connection, schema) for schema in _gradebook_schemas(connection)
    }


def _gradebook_schemas(connection: Connection) -> list[str]:
    names = inspect(connection).get_schema_names()
    return sorted(name for name in names if name.startswith(_SCHEMAS))


def _hash(connection: Connection, schema: str | None = None) -> list[Fingerprint]:
    # As they are there, not as this version would make them: a backup may be older than the kit.
    tables = MetaData()
    tables.reflect(connection, schema=schema)
    return [fingerprint(connection, table) for table in tables.sorted_tables]


def _engine(url: URL, **options: str) -> Engine:
    return create_engine(url, poolclass=NullPool, **options)


@contextmanager
def _connected(engine: Engine) -> Iterator[Connection]:
    with engine.connect() as connection:
        yield connection


def _run(program: str, url: URL, *words: str) -> None:
    path = find_program(program)
    if path is None:
        raise BackupRefused(
            f"Program {program} belum ada. Pasang dulu: sudo apt install postgresql-client"
        )
    # The password in the environment: a command line can be read by everybody on the machine.
    environment = {**os.environ, **({"PGPASSWORD": str(url.password)} if url.password else {})}
    plain = url.set(drivername="postgresql", password=None).render_as_string()
    done = subprocess.run(
        [path, f"--dbname={plain}", *words],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        line = (done.stderr.strip() or "tanpa keterangan").splitlines()[0]
        raise BackupRefused(f"{program} gagal: {line}")


def find_program(name: str) -> str | None:
    """Return a PostgreSQL program: the newest of Debian's, or what PATH has."""
    debian = sorted(
        Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: path.parts[-3].zfill(4)
    )
    return str(debian[-1]) if debian else shutil.which(name)
