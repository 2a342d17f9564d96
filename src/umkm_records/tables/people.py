"""Tables of people, their consent and their logins."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from umkm_records.tables.base import Base, erased_as, policy
from umkm_records.tables.uids import HasUid


class ParticipantRow(HasUid, Base):
    """A person; after an erasure only `id`, `uid`, `code` and the times are left (a tombstone)."""

    __tablename__ = "participant"
    __table_args__ = policy(
        "The code is never given to another person.",
        personal=True,
        exported="participant",
        erased="anonymise",
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(32), unique=True)
    name: Mapped[str] = mapped_column(String(80), info=erased_as(""))
    business_name: Mapped[str] = mapped_column(String(80), info=erased_as(""))
    business_kind: Mapped[str] = mapped_column(String(32), info=erased_as(""))
    kelurahan: Mapped[str] = mapped_column(String(16), info=erased_as(""))
    phone: Mapped[str | None] = mapped_column(String(20), unique=True, info=erased_as(None))
    pin_hash: Mapped[str | None] = mapped_column(String(200), info=erased_as(None))
    session_version: Mapped[int] = mapped_column(default=1)
    joined_at: Mapped[datetime]
    erased_at: Mapped[datetime | None]


class ConsentRow(HasUid, Base):
    """Proof of which text a person agreed to, and when (UU 27/2022 Ps. 22-24)."""

    __tablename__ = "consent"
    __table_args__ = policy(
        "Proof of what was agreed to, with its end (UU 27/2022).",
        personal=True,
        exported="consents",
        erased="keep",
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"), index=True)
    version: Mapped[str] = mapped_column(String(40))
    given_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class LoginGuardRow(Base):
    """Wrong PINs of one identifier, whether or not anybody has it (see `people.login`)."""

    __tablename__ = "login_guard"
    __table_args__ = policy(
        "Counts of attempts, forgotten after a day; keys are digests.",
        personal=True,
        exported=None,
        erased="delete",
    )
    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    tries: Mapped[int]
    locked_until: Mapped[datetime | None]
    last_at: Mapped[datetime] = mapped_column(index=True)


class LoginSessionRow(Base):
    """A login that is open (see `people.sessions`)."""

    __tablename__ = "login_session"
    __table_args__ = policy(
        "A key of ours; a login ends with the person.",
        personal=True,
        exported=None,
        erased="delete",
    )
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    participant_id: Mapped[int] = mapped_column(ForeignKey("participant.id"), index=True)
    began_at: Mapped[datetime]
