"""Participants' photos, kept as JPEG files of our own making, by the name of their SHA-256.

Each function sees photos of one person only: another's name leads to nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Text, exists, or_, select, type_coerce
from sqlalchemy.orm import InstrumentedAttribute, Session

from umkm_records.database.rows import claim_person, find_person
from umkm_records.database.storage import Records
from umkm_records.errors import PhotoFull, PhotoInUse
from umkm_records.tables import DraftRow, PhotoRow, StorefrontRow, SubmissionRow

#: What one person may keep.
MOST_PHOTOS: Final = 60
MOST_BYTES: Final = 24 * 1024 * 1024
#: A photo that nothing names, and an upload that nobody continues, are deleted after this.
FORGOTTEN_AFTER: Final = timedelta(days=7)

#: Where a person's photos are named: each column is JSON, or a text.
_NAMED_IN: Final[tuple[InstrumentedAttribute[object], ...]] = (
    DraftRow.answer,
    SubmissionRow.answers,
    StorefrontRow.content,
)


@dataclass(frozen=True)
class KeptPhoto:
    """A stored photo: its name, and its size in bytes and pixels."""

    name: str
    size: int
    width: int
    height: int
    kept_at: datetime


def read_photos(records: Records, code: str, names: Iterable[str]) -> dict[str, bytes]:
    """Return a person's photos of these names as JPEG files; what is not theirs is left out."""
    with records.read_session() as session:
        person = find_person(session, code)
        if person is None:
            return {}
        asked = select(PhotoRow.name, PhotoRow.jpeg).where(
            PhotoRow.participant_id == person.id, PhotoRow.name.in_(set(names))
        )
        return dict(session.execute(asked).all())


def list_photos(records: Records, code: str) -> list[KeptPhoto]:
    """Return a person's photos, oldest first; none for an unknown participant."""
    with records.read_session() as session:
        person = find_person(session, code)
        return (
            [] if person is None else [photo_of(row) for row in _oldest_first(session, person.id)]
        )


def delete_photo(records: Records, code: str, name: str) -> None:
    """Delete a person's photo; do nothing where there is none.

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


def delete_unreferenced(session: Session, participant_id: int, names: Iterable[str]) -> None:
    """Delete those of a person's photos that nothing names any more, within a transaction."""
    for name in sorted(names):
        row = session.get(PhotoRow, (participant_id, name))
        if row is not None and not _is_named(session, row):
            session.delete(row)


def make_room(session: Session, participant_id: int, size: int, at: datetime) -> None:
    """Delete photos that nothing names, old ones first, until one more of a size fits.

    Raises:
        PhotoFull: it does not fit.
    """
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


def photo_of(row: PhotoRow) -> KeptPhoto:
    """Return the view of a row."""
    return KeptPhoto(row.name, row.size, row.width, row.height, row.kept_at)
