"""Rights of a person (UU 27/2022): a copy of all we have about them, and its erasure."""

import base64
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import Table, delete, inspect, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from umkm_records.audit import AuditAction, note
from umkm_records.clock import moment
from umkm_records.database.rows import claim_person, known_person
from umkm_records.database.storage import Records
from umkm_records.people.login import lift_lock
from umkm_records.tables import AuditRow, Base, ConsentRow, ParticipantRow

# Keys and hashes are ours, not the person's.
_INTERNAL = {
    "id",
    "participant_id",
    "buyer_id",
    "consent_id",
    "pin_hash",
    "erased_at",
    "uid",
}


def export_person(records: Records, code: str, by: str = "peserta") -> dict[str, Any]:
    """Return all we have about a person as JSON-able values.

    Times are ISO 8601 in UTC, photos JPEG files in base64.

    Raises:
        UnknownParticipant: nobody has this code.
    """
    with records.transaction() as session:
        person = known_person(session, code)
        copy: dict[str, Any] = {"participant": _plain(person)}
        for table, row in _tables_of_people():
            if name := table.info["exported"]:
                copy[name] = _all(session, row, person.id)
        about = select(AuditRow).where(AuditRow.subject == person.code).order_by(AuditRow.id)
        copy["audit"] = [_plain(row) for row in session.scalars(about)]
        note(session, AuditAction(by, "person_exported", person.code), moment(None))
    return copy


def erase_person(records: Records, code: str, by: str, now: datetime | None = None) -> None:
    """Erase a person: who they are, what they wrote, and what they did; free their phone number.

    What stays cannot be led back to them from here: a row with their code (so that it is never
    given to another), that somebody took part and got so many points, and the proof of consent
    with its end. Their folder of an nbgrader class root is not ours to erase.

    Raises:
        UnknownParticipant: nobody has this code.
    """
    at = moment(now)
    with records.transaction() as session:
        person = claim_person(session, code)
        erase_row(session, person, at)
        note(session, AuditAction(by, "person_erased", person.code), at)
    truncate_write_ahead_log(records)


def erase_row(session: Session, person: ParticipantRow, at: datetime) -> None:
    """Erase a person as part of a transaction; the caller writes the audit."""
    # Rows that refer to others go before those.
    for table, row in reversed(_tables_of_people()):
        if table.info["erased"] == "delete":
            session.execute(delete(row).where(table.c.participant_id == person.id))
        _overwrite(session, table, row, person.id)
    _blank(session, person, at)
    lift_lock(session, person.id)


def _blank(session: Session, person: ParticipantRow, at: datetime) -> None:
    for column in ParticipantRow.__table__.columns:
        if "erased_as" in column.info:
            setattr(person, column.key, column.info["erased_as"])
    person.session_version += 1
    person.erased_at = at
    session.execute(
        update(ConsentRow)
        .where(ConsentRow.participant_id == person.id, ConsentRow.withdrawn_at.is_(None))
        .values(withdrawn_at=at)
    )


def _overwrite(session: Session, table: Table, row: type[Base], participant_id: int) -> None:
    """Overwrite the columns that say so, where they name a person or are in a row about them."""
    for column in table.columns:
        if "erased_as" in column.info:
            names_people = any(
                key.column.table.name == "participant" for key in column.foreign_keys
            )
            whose = column if names_people else table.c.participant_id
            new = {column.key: column.info["erased_as"]}
            session.execute(update(row).where(whose == participant_id).values(new))


def truncate_write_ahead_log(records: Records) -> None:
    """Truncate SQLite's write-ahead log, which would still hold the erased texts."""
    if records.engine.dialect.name != "sqlite":
        return
    try:
        with records.engine.connect().execution_options(umkm_begin="") as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    except DBAPIError:
        # The erasure itself is done; the next checkpoint does this part.
        return


def _tables_of_people() -> list[tuple[Table, type[Base]]]:
    """Return what has a person's number in `participant_id`, after what it refers to."""
    rows = {mapper.local_table: mapper.class_ for mapper in Base.registry.mappers}
    tables = Base.metadata.sorted_tables
    return [(table, rows[table]) for table in tables if "participant_id" in table.columns]


def _all(session: Session, table: type[Base], participant_id: int) -> list[dict[str, Any]]:
    mine = select(table).where(table.__table__.c.participant_id == participant_id)
    return [_plain(row) for row in session.scalars(mine.order_by(*inspect(table).primary_key))]


def _plain(row: Base, leave_out: Iterable[str] = _INTERNAL) -> dict[str, Any]:
    names = [column.key for column in row.__table__.columns]
    return {name: _json(getattr(row, name)) for name in names if name not in leave_out}


def _json(value: Any) -> Any:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    return value.isoformat() if isinstance(value, date | datetime) else value
