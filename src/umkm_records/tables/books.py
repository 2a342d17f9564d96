"""Tables of a person's own cash book and catalogue."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from umkm_records.tables.base import Base, policy
from umkm_records.tables.columns import JsonText
from umkm_records.tables.uids import HasUid


class BookRow(Base):
    """A person's own cash book (Buku kas), stored only while their consent to it is valid."""

    __tablename__ = "book"
    __table_args__ = policy("A person's own.", personal=True, exported="books", erased="delete")
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"), primary_key=True)
    business: Mapped[str] = mapped_column(String(16))
    consent_id: Mapped[int] = mapped_column(ForeignKey("consent.id"))
    opened_at: Mapped[datetime]


class BookEntryRow(HasUid, Base):
    """A transaction of such a book: added, never changed; `entry_id` comes from the phone."""

    __tablename__ = "book_entry"
    __table_args__ = (
        UniqueConstraint("participant_id", "entry_id"),
        policy("A person's own.", personal=True, exported="book_entries", erased="delete"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("book.participant_id"))
    entry_id: Mapped[str] = mapped_column(String(40))
    entry: Mapped[Any] = mapped_column(JsonText)
    written_at: Mapped[datetime]


class StorefrontRow(HasUid, Base):
    """A person's own catalogue (Katalog), stored only while their consent to it is valid."""

    __tablename__ = "storefront"
    __table_args__ = policy(
        "A person's own.", personal=True, exported="storefronts", erased="delete"
    )
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"), primary_key=True)
    content: Mapped[Any] = mapped_column(JsonText)
    consent_id: Mapped[int] = mapped_column(ForeignKey("consent.id"))
    opened_at: Mapped[datetime]
    changed_at: Mapped[datetime]
