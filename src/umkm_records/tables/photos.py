"""Tables of photos, and of pieces of them on their way."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from umkm_records.tables.base import Base, policy
from umkm_records.tables.uids import HasUid


class PhotoRow(HasUid, Base):
    """A photo a person sent, made anew by us; `name` is the SHA-256 of `jpeg`.

    `upload` is what the phone called the sending: asked again, it is told the same photo.
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
    """A piece of a file that is still on its way from a phone: as sent, looked at by nobody yet."""

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
