"""Translation of driver errors into the storage errors of `database.errors`."""

import sqlite3

from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from umkm_records.database.errors import (
    StorageDamaged,
    StorageError,
    StorageFull,
    StorageLocked,
    StorageUnreachable,
    StorageUnwritable,
)

# Codes of https://sqlite.org/rescode.html. A quota (EDQUOT) or a size limit (EFBIG) reaches us
# as IOERR_WRITE, and no room for the shared-memory file as IOERR_SHMSIZE: only a plain ENOSPC
# is called FULL by SQLite.
_NO_ROOM = {
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR_WRITE,
    sqlite3.SQLITE_IOERR_SHMSIZE,
}
_Kind = (
    type[StorageFull]
    | type[StorageLocked]
    | type[StorageUnreachable]
    | type[StorageUnwritable]
    | type[StorageDamaged]
)
_KINDS: dict[int, _Kind] = {
    sqlite3.SQLITE_BUSY: StorageLocked,
    sqlite3.SQLITE_LOCKED: StorageLocked,
    sqlite3.SQLITE_READONLY: StorageUnwritable,
    sqlite3.SQLITE_CANTOPEN: StorageUnwritable,
    sqlite3.SQLITE_PERM: StorageUnwritable,
    sqlite3.SQLITE_IOERR: StorageUnwritable,
    sqlite3.SQLITE_CORRUPT: StorageDamaged,
    sqlite3.SQLITE_NOTADB: StorageDamaged,
}
# https://www.postgresql.org/docs/current/errcodes-appendix.html
_SQLSTATES: dict[str, _Kind] = {
    "53100": StorageFull,
    "40001": StorageLocked,
    "40P01": StorageLocked,
    "55P03": StorageLocked,
    "57014": StorageLocked,  # statement_timeout
    "53300": StorageLocked,  # too many connections: a moment later there is one
    "25006": StorageUnwritable,
    "42501": StorageUnwritable,
    "58030": StorageUnwritable,
    "XX001": StorageDamaged,
    "XX002": StorageDamaged,
    "3D000": StorageUnreachable,
}
#: Whole classes: the connection, the login, a server that is being stopped or started.
_SQLSTATE_CLASSES = ("08", "28", "57P")


def explain(error: DBAPIError, place: str = "") -> StorageError | None:
    """Return the storage error that a driver error means, or None where it is a bug of ours."""
    if isinstance(error, IntegrityError):
        return None
    kind = _kind(error)
    if kind is StorageUnwritable or kind is StorageDamaged:
        return kind(place)
    return None if kind is None else kind()


def _kind(error: DBAPIError) -> _Kind | None:
    cause = error.orig
    if isinstance(cause, sqlite3.Error):
        code = getattr(cause, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
        return StorageFull if code in _NO_ROOM else _KINDS.get(code & 0xFF)
    state = getattr(cause, "sqlstate", None)
    if state in _SQLSTATES:
        return _SQLSTATES[state]
    # No SQLSTATE at all: the server was not reached.
    lost = state.startswith(_SQLSTATE_CLASSES) if state else isinstance(error, OperationalError)
    return StorageUnreachable if lost else None
