"""All tables, so that whoever walks the metadata sees each; `database/migrations` makes the same.

Tables of practice tools are here too, below what refers to them (photos in use, merging people).
Nothing outside `umkm_records` sees these rows: functions return frozen dataclasses.
"""

from umkm_records.tables.answers import (
    DraftRow,
    DraftWriterRow,
    EventRow,
    ResultRow,
    SendRequestRow,
    SubmissionRow,
)
from umkm_records.tables.audit import AuditRow
from umkm_records.tables.base import HEAD, Base
from umkm_records.tables.books import BookEntryRow, BookRow, StorefrontRow
from umkm_records.tables.classes import (
    COURSE_LENGTH,
    CohortCourseRow,
    CohortRow,
    CourseTestWindowRow,
    EnrolmentRow,
    FormerEnrolmentRow,
    RegistrationRuleRow,
)
from umkm_records.tables.games import (
    AdChoiceRow,
    AdGameRow,
    AdPlayerRow,
    TillGameRow,
    TillPlayerRow,
    TillSaleRow,
)
from umkm_records.tables.people import ConsentRow, LoginGuardRow, LoginSessionRow, ParticipantRow
from umkm_records.tables.photos import PhotoPieceRow, PhotoRow
from umkm_records.tables.reviews import ClaimRow, MarkingRow

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
    "ClaimRow",
    "CohortCourseRow",
    "CohortRow",
    "ConsentRow",
    "CourseTestWindowRow",
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
    "RegistrationRuleRow",
    "ResultRow",
    "SendRequestRow",
    "StorefrontRow",
    "SubmissionRow",
    "TillGameRow",
    "TillPlayerRow",
    "TillSaleRow",
]
