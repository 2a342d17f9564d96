"""What UU 27/2022 gives a person: a copy of all we have about them, and its erasure."""

import base64
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, inspect, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from umkm_records.audit import Deed, note
from umkm_records.class_tables import FormerEnrolmentRow
from umkm_records.clock import moment
from umkm_records.game_tables import AdChoiceRow, AdPlayerRow, TillPlayerRow, TillSaleRow
from umkm_records.people.login import lift_lock
from umkm_records.rows import claim_person, known_person
from umkm_records.schema import (
    AuditRow,
    Base,
    BookEntryRow,
    BookRow,
    ConsentRow,
    DraftRow,
    DraftWriterRow,
    EnrolmentRow,
    EventRow,
    LoginSessionRow,
    MarkingRow,
    ParticipantRow,
    PhotoPieceRow,
    PhotoRow,
    ReadingRow,
    ResultRow,
    SendRequestRow,
    StorefrontRow,
    SubmissionRow,
)
from umkm_records.storage import Records

# What a person gets of each table besides their own row. Keys and hashes are ours, not theirs.
_EXPORTED = {
    "consents": ConsentRow,
    "enrolments": EnrolmentRow,
    "former_enrolments": FormerEnrolmentRow,
    "drafts": DraftRow,
    "submissions": SubmissionRow,
    "results": ResultRow,
    "markings": MarkingRow,
    "events": EventRow,
    "books": BookRow,
    "book_entries": BookEntryRow,
    "storefronts": StorefrontRow,
    "photos": PhotoRow,
    "till_sales": TillSaleRow,
    "ad_choices": AdChoiceRow,
}
_INTERNAL = {
    "id",
    "participant_id",
    "buyer_id",
    "consent_id",
    "pin_hash",
    "erased_at",
}

# What is gone after an erasure. Left for counting heads and results of a class: enrolment,
# points and who gave them. Left as proof: consent with its dates, audit.
_ERASED = (
    DraftRow,
    DraftWriterRow,
    SendRequestRow,
    SubmissionRow,
    EventRow,
    BookEntryRow,
    BookRow,
    StorefrontRow,
    PhotoPieceRow,
    PhotoRow,
    ReadingRow,
    TillSaleRow,
    TillPlayerRow,
    AdChoiceRow,
    AdPlayerRow,
    LoginSessionRow,
    FormerEnrolmentRow,
)


def export_person(records: Records, code: str, by: str = "peserta") -> dict[str, Any]:
    """Give all we have about a person as JSON-able values.

    Times are ISO 8601 in UTC, photos JPEG files in base64.

    Raises:
        UnknownParticipant: nobody has this code.
    """
    with records.transaction() as session:
        person = known_person(session, code)
        copy: dict[str, Any] = {"participant": _plain(person)}
        for name, table in _EXPORTED.items():
            copy[name] = _all(session, table, person.id)
        about = select(AuditRow).where(AuditRow.subject == person.code).order_by(AuditRow.id)
        copy["audit"] = [_plain(row) for row in session.scalars(about)]
        note(session, Deed(by, "person_exported", person.code), moment(None))
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
        note(session, Deed(by, "person_erased", person.code), at)
    forget_old_pages(records)


def erase_row(session: Session, person: ParticipantRow, at: datetime) -> None:
    """Erase a person as part of a transaction; the caller writes the audit."""
    for table in _ERASED:
        session.execute(delete(table).where(table.participant_id == person.id))
    _blank(session, person, at)
    lift_lock(session, person.id)


def _blank(session: Session, person: ParticipantRow, at: datetime) -> None:
    person.name = person.business_name = person.business_kind = person.kelurahan = ""
    person.phone = person.pin_hash = None
    person.session_version += 1
    person.erased_at = at
    results = update(ResultRow).where(ResultRow.participant_id == person.id)
    session.execute(results.values(items=[], comments=[]))
    bought = update(TillSaleRow).where(TillSaleRow.buyer_id == person.id)
    session.execute(bought.values(buyer_id=None))
    session.execute(
        update(ConsentRow)
        .where(ConsentRow.participant_id == person.id, ConsentRow.withdrawn_at.is_(None))
        .values(withdrawn_at=at)
    )


def forget_old_pages(records: Records) -> None:
    """Empty SQLite's write-ahead log, where the erased texts would wait to be overwritten."""
    if records.engine.dialect.name != "sqlite":
        return
    try:
        with records.engine.connect().execution_options(umkm_begin="") as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    except DBAPIError:
        # The erasure itself is done; the next checkpoint does this part.
        return


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
