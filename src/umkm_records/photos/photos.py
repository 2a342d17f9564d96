"""Participants' photos: sent in pieces over a line that breaks, kept as JPEG files of our own making.

What arrives lies in pieces that nobody looks at until the last is there; a piece that comes twice or
out of turn changes nothing. What is kept is what `umkm.images` made of it, by the name of
its SHA-256, and each function sees photos of one person only: another's name leads to nothing.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, Text, delete, exists, func, or_, select, type_coerce
from sqlalchemy.orm import InstrumentedAttribute, Session

from umkm_records.clock import moment
from umkm_records.database.rows import claim_person, find_person
from umkm_records.database.storage import Records
from umkm_records.errors import PhotoFull, PhotoInUse
from umkm_records.tables import DraftRow, PhotoPieceRow, PhotoRow, StorefrontRow, SubmissionRow

#: What one person may keep.
MOST_PHOTOS: Final = 60
MOST_BYTES: Final = 24 * 1024 * 1024
#: Photos of one person on their way at a time; the one that has waited longest gives way.
MOST_UPLOADS: Final = 3
#: A photo that nothing names, and a sending that nobody goes on with, are let go after this.
FORGOTTEN_AFTER: Final = timedelta(days=7)

#: Where a person's photos are named: each column is JSON, or a text.
_NAMED_IN: Final[tuple[InstrumentedAttribute[object], ...]] = (
    DraftRow.answer,
    SubmissionRow.answers,
    StorefrontRow.content,
)


@dataclass(frozen=True)
class Upload:
    """A sending of a photo: whose, and what the phone calls it."""

    participant: str
    name: str


@dataclass(frozen=True)
class KeptPhoto:
    """A photo that is kept: its name, and its size in bytes and pixels."""

    name: str
    size: int
    width: int
    height: int
    kept_at: datetime


@dataclass(frozen=True)
class Arrived:
    """How far a sending has come: bytes that are there, or the photo that was made of them."""

    received: int
    photo: KeptPhoto | None = None


def arrived(records: Records, upload: Upload) -> Arrived:
    """Tell how far a sending has come; 0 bytes of one nobody has heard of."""
    with records.reading() as session:
        person = find_person(session, upload.participant)
        return Arrived(0) if person is None else _arrived(session, person.id, upload.name)


def add_piece(
    records: Records, upload: Upload, start: int, content: bytes, now: datetime | None = None
) -> Arrived:
    """Keep the next piece; one that is there already, or not the next, changes nothing.

    Raises:
        UnknownParticipant: nobody has this code.
        StorageError: it is not kept; what was acknowledged before still is.
    """
    at = moment(now)
    with records.transaction() as session:
        person = claim_person(session, upload.participant)
        stands = _arrived(session, person.id, upload.name)
        if stands.photo is not None or start != stands.received or not content:
            return stands
        if start == 0:
            _make_way(session, person.id, at)
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
        return Arrived(start + len(content))


def arrived_bytes(records: Records, upload: Upload) -> bytes:
    """Give what has arrived of a sending, as it was sent."""
    with records.reading() as session:
        person = find_person(session, upload.participant)
        if person is None:
            return b""
        pieces = select(PhotoPieceRow.content).where(*_of_upload(person.id, upload.name))
        return b"".join(session.scalars(pieces.order_by(PhotoPieceRow.start)))


def drop_upload(records: Records, upload: Upload) -> None:
    """Let go of what has arrived of a sending.

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
    """Keep the photo made of a sending, in place of its pieces; the same photo is kept once.

    Photos of the same person that nothing names any more are let go: after a week, or at once
    where there is no more room.

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
            return _view(row)
        _make_room(session, person.id, len(jpeg), at)
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
        return _view(row)


def read_photos(records: Records, code: str, names: Iterable[str]) -> dict[str, bytes]:
    """Give a person's photos of these names as JPEG files; what is not theirs is left out."""
    with records.reading() as session:
        person = find_person(session, code)
        if person is None:
            return {}
        asked = select(PhotoRow.name, PhotoRow.jpeg).where(
            PhotoRow.participant_id == person.id, PhotoRow.name.in_(set(names))
        )
        return dict(session.execute(asked).all())


def list_photos(records: Records, code: str) -> list[KeptPhoto]:
    """Give what a person keeps, oldest first; nothing for somebody nobody knows."""
    with records.reading() as session:
        person = find_person(session, code)
        return [] if person is None else [_view(row) for row in _oldest_first(session, person.id)]


def forget_photo(records: Records, code: str, name: str) -> None:
    """Let go of a person's photo; nothing happens where there is none.

    Raises:
        PhotoInUse: an answer, kept or sent, names it.
        UnknownParticipant: nobody has this code.
        StorageError: it is still there.
    """
    with records.transaction() as session:
        person = claim_person(session, code)
        row = session.get(PhotoRow, (person.id, name))
        if row is None:
            return
        if _is_named(session, row):
            raise PhotoInUse
        session.delete(row)


def let_go(session: Session, participant_id: int, names: Iterable[str]) -> None:
    """Let go of those of a person's photos that nothing names any more, within a transaction."""
    for name in sorted(names):
        row = session.get(PhotoRow, (participant_id, name))
        if row is not None and not _is_named(session, row):
            session.delete(row)


def _arrived(session: Session, participant_id: int, upload: str) -> Arrived:
    made = select(PhotoRow).where(
        PhotoRow.participant_id == participant_id, PhotoRow.upload == upload
    )
    if (row := session.scalars(made.limit(1)).first()) is not None:
        return Arrived(0, _view(row))
    size = func.coalesce(func.sum(PhotoPieceRow.size), 0)
    return Arrived(session.scalar(select(size).where(*_of_upload(participant_id, upload))) or 0)


def _of_upload(participant_id: int, upload: str) -> tuple[ColumnElement[bool], ...]:
    return PhotoPieceRow.participant_id == participant_id, PhotoPieceRow.upload == upload


def _make_way(session: Session, participant_id: int, at: datetime) -> None:
    """Let go of sendings nobody goes on with, before one more begins."""
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


def _make_room(session: Session, participant_id: int, size: int, at: datetime) -> None:
    kept = _oldest_first(session, participant_id)
    count, total = len(kept) + 1, sum(row.size for row in kept) + size
    for row in kept:
        is_old = row.kept_at < at - FORGOTTEN_AFTER
        if (is_old or count > MOST_PHOTOS or total > MOST_BYTES) and not _is_named(session, row):
            session.delete(row)
            count, total = count - 1, total - row.size
    if count > MOST_PHOTOS or total > MOST_BYTES:
        raise PhotoFull


def _oldest_first(session: Session, participant_id: int) -> list[PhotoRow]:
    mine = select(PhotoRow).where(PhotoRow.participant_id == participant_id)
    return list(session.scalars(mine.order_by(PhotoRow.kept_at, PhotoRow.name)))


def _is_named(session: Session, photo: PhotoRow) -> bool:
    named = (
        exists().where(
            column.class_.participant_id == photo.participant_id,
            type_coerce(column, Text).contains(photo.name),
        )
        for column in _NAMED_IN
    )
    return bool(session.scalar(select(or_(*named))))


def _view(row: PhotoRow) -> KeptPhoto:
    return KeptPhoto(row.name, row.size, row.width, row.height, row.kept_at)
