"""All tables, so that whoever walks the metadata sees each. `migrations/` makes the same in steps.

Nothing outside this package sees these rows: functions give frozen dataclasses.
"""

from umkm_records.answer_tables import (
    DraftRow,
    DraftWriterRow,
    EventRow,
    ResultRow,
    SendRequestRow,
    SubmissionRow,
)
from umkm_records.audit_table import AuditRow
from umkm_records.base import HEAD, Base
from umkm_records.book_tables import BookEntryRow, BookRow, StorefrontRow
from umkm_records.class_tables import (
    COURSE_LENGTH,
    CohortCourseRow,
    CohortRow,
    EnrolmentRow,
    FormerEnrolmentRow,
    RegistrationRuleRow,
    SittingWindowRow,
)
from umkm_records.game_tables import (
    AdChoiceRow,
    AdGameRow,
    AdPlayerRow,
    TillGameRow,
    TillPlayerRow,
    TillSaleRow,
)
from umkm_records.people_tables import ConsentRow, LoginGuardRow, LoginSessionRow, ParticipantRow
from umkm_records.photo_tables import PhotoPieceRow, PhotoRow
from umkm_records.review_tables import MarkingRow, ReadingRow

__all__ = [
    "COURSE_LENGTH",
    "HEAD",
    "AdChoiceRow",
    "AdGameRow",
    "AdPlayerRow",
    "AuditRow",
    "Base",
    "BookEntryRow",
    "BookRow",
    "CohortCourseRow",
    "CohortRow",
    "ConsentRow",
    "DraftRow",
    "DraftWriterRow",
    "EnrolmentRow",
    "EventRow",
    "FormerEnrolmentRow",
    "LoginGuardRow",
    "LoginSessionRow",
    "MarkingRow",
    "ParticipantRow",
    "PhotoPieceRow",
    "PhotoRow",
    "ReadingRow",
    "RegistrationRuleRow",
    "ResultRow",
    "SendRequestRow",
    "SittingWindowRow",
    "StorefrontRow",
    "SubmissionRow",
    "TillGameRow",
    "TillPlayerRow",
    "TillSaleRow",
]
