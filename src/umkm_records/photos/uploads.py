"""Uploads of photos: sent in pieces over an unreliable connection, joined when all are there.

Pieces are not decoded before; one that arrives twice or out of order changes nothing.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session

from umkm_records.clock import moment
from umkm_records.database.rows import claim_person, find_person
from umkm_records.database.storage import Records
from umkm_records.photos.photos import FORGOTTEN_AFTER, KeptPhoto, make_room, photo_of
from umkm_records.tables import PhotoPieceRow, PhotoRow

#: Uploads of one person at a time; the one that has waited longest is deleted.
MOST_UPLOADS: Final = 3


@dataclass(frozen=True)
class Upload:
    """An upload of a photo: whose, and the phone's name for it."""

    participant: str
    name: str


@dataclass(frozen=True)
class UploadState:
    """Progress of an upload: bytes received, or the photo that was made of them."""

    received: int
    photo: KeptPhoto | None = None


def upload_state(records: Records, upload: Upload) -> UploadState:
    """Return the progress of an upload; 0 bytes of an unknown one."""
    with records.read_session() as session:
        person = find_person(session, upload.participant)
        return UploadState(0) if person is None else _arrived(session, person.id, upload.name)


def add_piece(
    records: Records, upload: Upload, start: int, content: bytes, now: datetime | None = None
) -> UploadState:
    """Write the next piece; one that is there already, or not the next, changes nothing.

    Raises:
        UnknownParticipant: nobody has this code.
        StorageError: it is not kept; what was acknowledged before still is.
    """
    at = moment(now)
    with records.transaction() as session:
        person = claim_person(session, upload.participant)
        state = _arrived(session, person.id, upload.name)
        if state.photo is not None or start != state.received or not content:
            return state
        if start == 0:
            _drop_stale(session, person.id, at)
        session.add(
            PhotoPieceRow(
                participant_id=person.id,
                upload=upload.name,
                start=start,
                content=content,
                size=len(content),
                arrived_at=at,
            )
        )
        return UploadState(start + len(content))


def uploaded_bytes(records: Records, upload: Upload) -> bytes:
    """Return the bytes received of an upload, as they were sent."""
    with records.read_session() as session:
        person = find_person(session, upload.participant)
        if person is None:
            return b""
        pieces = select(PhotoPieceRow.content).where(*_of_upload(person.id, upload.name))
        return b"".join(session.scalars(pieces.order_by(PhotoPieceRow.start)))


def drop_upload(records: Records, upload: Upload) -> None:
    """Delete what was received of an upload.

    Raises:
        UnknownParticipant: nobody has this code.
        StorageError: it is still there.
    """
    with records.transaction() as session:
        person = claim_person(session, upload.participant)
        session.execute(delete(PhotoPieceRow).where(*_of_upload(person.id, upload.name)))


def keep_photo(
    records: Records,
    upload: Upload,
    jpeg: bytes,
    pixels: tuple[int, int],
    now: datetime | None = None,
) -> KeptPhoto:
    """Write the photo made of an upload, in place of its pieces; the same photo is stored once.

    Photos of the same person that nothing names any more are deleted: after a week, or at once
    where the limits are reached.

    Raises:
        PhotoFull: this person keeps as many as may be.
        UnknownParticipant: nobody has this code.
        StorageError: it is not kept; its pieces still are.
    """
    at = moment(now)
    name = hashlib.sha256(jpeg).hexdigest()
    with records.transaction() as session:
        person = claim_person(session, upload.participant)
        session.execute(delete(PhotoPieceRow).where(*_of_upload(person.id, upload.name)))
        row = session.get(PhotoRow, (person.id, name))
        if row is not None:
            row.upload = upload.name
            return photo_of(row)
        make_room(session, person.id, len(jpeg), at)
        width, height = pixels
        row = PhotoRow(
            participant_id=person.id,
            name=name,
            upload=upload.name,
            jpeg=jpeg,
            size=len(jpeg),
            width=width,
            height=height,
            kept_at=at,
        )
        session.add(row)
        session.flush()
        return photo_of(row)


def _arrived(session: Session, participant_id: int, upload: str) -> UploadState:
    made = select(PhotoRow).where(
        PhotoRow.participant_id == participant_id, PhotoRow.upload == upload
    )
    if (row := session.scalars(made.limit(1)).first()) is not None:
        return UploadState(0, photo_of(row))
    size = func.coalesce(func.sum(PhotoPieceRow.size), 0)
    return UploadState(session.scalar(select(size).where(*_of_upload(participant_id, upload))) or 0)


def _of_upload(participant_id: int, upload: str) -> tuple[ColumnElement[bool], ...]:
    return PhotoPieceRow.participant_id == participant_id, PhotoPieceRow.upload == upload


def _drop_stale(session: Session, participant_id: int, at: datetime) -> None:
    """Delete uploads that nobody continues, before one more begins."""
    last = func.max(PhotoPieceRow.arrived_at)
    mine = (
        select(PhotoPieceRow.upload, last)
        .where(PhotoPieceRow.participant_id == participant_id)
        .group_by(PhotoPieceRow.upload)
        .order_by(last.desc())
    )
    for place, (upload, moved) in enumerate(session.execute(mine).all()):
        if place >= MOST_UPLOADS - 1 or moved < at - FORGOTTEN_AFTER:
            session.execute(delete(PhotoPieceRow).where(*_of_upload(participant_id, upload)))
