"""Upgrade of a database to the newest schema, safe with several processes at once."""

import time
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import OperationalError

from umkm_records.database.errors import SchemaNotReady, SchemaTooNew, StorageLocked
from umkm_records.database.failures import explain
from umkm_records.tables import HEAD

_MIGRATIONS = Path(__file__).parent / "migrations"
# Any number will do, as long as nothing else in the same PostgreSQL takes it.
_ADVISORY_LOCK = 36_73


def bring_up_to_date(engine: Engine, busy_seconds: float) -> None:
    """Create or upgrade the tables; write nothing when they are up to date.

    All steps are one transaction: a process killed half-way leaves the schema as it was.

    Raises:
        SchemaTooNew: a later version of the kit has upgraded this database.
    """
    with engine.connect() as connection:
        if _version(connection) == HEAD:
            return
    if engine.dialect.name == "sqlite":
        _use_write_ahead_log(engine, busy_seconds)
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            # Rebuilding a table, SQLite's way of altering it, must not cascade. This has no
            # effect once a transaction has begun.
            _pragma(connection, "PRAGMA foreign_keys=OFF")
        _migrate(connection.execution_options(umkm_begin="BEGIN IMMEDIATE"))
        # Never back into the pool with its foreign keys off.
        connection.invalidate()


def check_up_to_date(engine: Engine) -> None:
    """Refuse a database whose tables are not the newest ones; changes nothing.

    Raises:
        SchemaNotReady: they have to be made or upgraded.
        SchemaTooNew: a later version of the kit has upgraded this database.
    """
    with engine.connect() as connection:
        version = _version(connection)
    if version == HEAD:
        return
    raise SchemaTooNew if version is not None and version > HEAD else SchemaNotReady


def make_tables(connection: Connection) -> None:
    """Create the newest tables in an empty database, inside the caller's transaction."""
    _run_alembic(connection, None)


def schema_version(connection: Connection) -> str | None:
    """Return the last migration of a database; None where it has no table of ours."""
    return _version(connection)


def _migrate(connection: Connection) -> None:
    with connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:n)"), {"n": _ADVISORY_LOCK})
        # Asked again now that we hold the lock: another process may have done the work.
        if (version := _version(connection)) == HEAD:
            return
        _run_alembic(connection, version)


def _run_alembic(connection: Connection, version: str | None) -> None:
    # Imported here: nearly every opening finds nothing to do.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if version is not None and version not in known:
        raise SchemaTooNew
    command.upgrade(config, HEAD)


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _use_write_ahead_log(engine: Engine, busy_seconds: float) -> None:
    """Set the file's journal mode to WAL: readers and the one writer do not wait for each other.

    SQLite's own waiting does not cover this switch when several processes try it, so we repeat.
    """
    give_up = time.monotonic() + busy_seconds
    while True:
        try:
            with engine.connect() as connection:
                return _pragma(connection, "PRAGMA journal_mode=WAL")
        except OperationalError as error:
            if not isinstance(explain(error), StorageLocked) or time.monotonic() > give_up:
                raise
            time.sleep(0.02)


def _pragma(connection: Connection, pragma: str) -> None:
    connection.execution_options(umkm_begin="").exec_driver_sql(pragma)
    connection.commit()
