"""The audit: who did what to whose data, for staff and for a person who asks (UU 27/2022)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from umkm_records.clock import moment
from umkm_records.database.storage import Records
from umkm_records.tables import AuditRow


@dataclass(frozen=True)
class AuditAction:
    """An action to record; `subject` is a code, never a name, a phone number or an answer."""

    actor: str
    action: str
    subject: str
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class AuditEntry(AuditAction):
    """An action as it was recorded."""

    at: datetime = field(kw_only=True)


def write_audit(
    records: Records,
    actor: str,
    action: str,
    subject: str,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Write an entry with the present time."""
    with records.transaction() as session:
        note(session, AuditAction(actor, action, subject, detail or {}), moment(None))


def list_audit(records: Records, limit: int = 100) -> list[AuditEntry]:
    """Return the last entries, newest first."""
    newest = select(AuditRow).order_by(AuditRow.id.desc()).limit(limit)
    with records.read_session() as session:
        return [
            AuditEntry(row.actor, row.action, row.subject, row.detail, at=row.at)
            for row in session.scalars(newest)
        ]


def note(session: Session, action: AuditAction, at: datetime) -> None:
    """Write an entry in the caller's transaction: the action and its entry commit together."""
    session.add(
        AuditRow(
            at=at,
            actor=action.actor[:80],
            action=action.action[:40],
            subject=action.subject[:100],
            detail=dict(action.detail),
        )
    )
