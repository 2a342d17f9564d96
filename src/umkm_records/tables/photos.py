"""Tables of photos and of the pieces of uploads."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from umkm_records.tables.base import Base, policy
from umkm_records.tables.uids import HasUid


class PhotoRow(HasUid, Base):
    """A photo a person sent, re-encoded by us; `name` is the SHA-256 of `jpeg`.

    `upload` is the phone's name of the upload: a repeated request returns the same photo.
    """

    __tablename__ = "photo"
    __table_args__ = policy("A person's own.", personal=True, exported="photos", erased="delete")
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    upload: Mapped[str] = mapped_column(String(64))
    jpeg: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    size: Mapped[int]
    width: Mapped[int]
    height: Mapped[int]
    kept_at: Mapped[datetime]


class PhotoPieceRow(Base):
    """A piece of an unfinished upload: as sent, not decoded yet."""

    __tablename__ = "photo_piece"
    __table_args__ = policy(
        "Part of a photo on its way; the photo is exported.",
        personal=True,
        exported=None,
        erased="delete",
    )
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"), primary_key=True)
    upload: Mapped[str] = mapped_column(String(64), primary_key=True)
    start: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    size: Mapped[int]
    arrived_at: Mapped[datetime]
