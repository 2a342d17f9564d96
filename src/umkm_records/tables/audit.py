"""The table of who did what to whom."""

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from umkm_records.tables.base import Base, policy
from umkm_records.tables.columns import JsonText
from umkm_records.tables.uids import HasUid


class AuditRow(HasUid, Base):
    """Who did what to whom; holds participant codes, never names, phones or answers."""

    __tablename__ = "audit"
    __table_args__ = policy(
        "Proof of who did what; holds codes alone.", personal=True, exported="audit", erased="keep"
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    actor: Mapped[str] = mapped_column(String(80))
    action: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(100), index=True)
    detail: Mapped[Any] = mapped_column(JsonText)
