"""Tables copied from one database to another, and counted and hashed so that nothing is missing.

A fingerprint is the same for the same rows on SQLite and on PostgreSQL, in whatever order they
are read: the SHA-256 of each row's values as JSON, added up.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Integer, Row, Table, func, insert, select, text
from sqlalchemy.exc import DataError

from umkm_records.database.errors import CopyRefused

#: Rows at a time: one may hold a photo.
_PART = 200
_MODULUS = 1 << 256


@dataclass(frozen=True)
class Fingerprint:
    """What a table holds: how many rows, and a hash of all of them."""

    table: str
    rows: int
    digest: str


def fingerprint(connection: Connection, table: Table) -> Fingerprint:
    """Count and hash a table's rows as the connection sees them now."""
    sum_of = _Sum()
    for part in _parts(connection, table):
        sum_of.add(part)
    return sum_of.of(table)


def copy_table(source: Connection, target: Connection, table: Table) -> Fingerprint:
    """Copy every row, and compare what is there afterwards with what was read.

    Raises:
        CopyRefused: the target does not take a row, or holds others than the source.
    """
    sum_of, names = _Sum(), [column.name for column in table.columns]
    for part in _parts(source, table):
        sum_of.add(part)
        try:
            target.execute(insert(table), [dict(zip(names, row, strict=True)) for row in part])
        except DataError as error:
            reason = str(error.orig).splitlines()[0]
            raise CopyRefused(
                f"Sebuah baris tabel {table.name} tidak diterima ({reason}). Tidak ada yang disalin."
            ) from error
    expected, found = sum_of.of(table), fingerprint(target, table)
    if expected != found:
        raise CopyRefused(
            f"Tabel {table.name} tidak sama setelah disalin ({expected.rows} baris, lalu "
            f"{found.rows}). Tidak ada yang disalin; ulangi, dan laporkan bila berulang."
        )
    _set_sequences(target, table)
    return found


def is_empty(connection: Connection, tables: Iterable[Table]) -> bool:
    """Return whether not one of these tables holds a row."""
    return all(connection.execute(select(table).limit(1)).first() is None for table in tables)


class _Sum:
    def __init__(self) -> None:
        self._rows, self._sum = 0, 0

    def add(self, part: Sequence[Row[Any]]) -> None:
        for row in part:
            content = json.dumps([_plain(value) for value in row], ensure_ascii=True)
            self._sum += int.from_bytes(hashlib.sha256(content.encode()).digest())
        self._sum %= _MODULUS
        self._rows += len(part)

    def of(self, table: Table) -> Fingerprint:
        return Fingerprint(table.name, self._rows, f"{self._sum:064x}")


def _parts(connection: Connection, table: Table) -> Iterable[Sequence[Row[Any]]]:
    return connection.execute(select(table), execution_options={"yield_per": _PART}).partitions()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        known = value if value.tzinfo is None else value.astimezone(UTC).replace(tzinfo=None)
        return known.isoformat(timespec="microseconds")
    if isinstance(value, UUID):
        return value.hex  # as SQLite keeps it
    if isinstance(value, bytes):
        return hashlib.sha256(value).hexdigest()
    return value.isoformat() if isinstance(value, date) else value


def _set_sequences(target: Connection, table: Table) -> None:
    """Set PostgreSQL's sequences, so that the next row gets an unused number."""
    if target.dialect.name != "postgresql":
        return
    for column in table.primary_key.columns:
        if isinstance(column.type, Integer) and not column.foreign_keys:
            names = {"table": table.name, "column": column.name}
            sequence = target.scalar(text("SELECT pg_get_serial_sequence(:table, :column)"), names)
            last = target.scalar(select(func.max(column)))
            if sequence is not None and last is not None:
                target.execute(select(func.setval(sequence, last)))
