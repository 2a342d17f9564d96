"""When a class may take the pre-test and post-test of each course: its trainer opens and closes them.

Until the trainer says otherwise the test before a course is open from the first day, and the one
after it is not: taken on the first day it would measure nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import select

from umkm_records.audit import AuditAction, note
from umkm_records.clock import moment
from umkm_records.database.storage import Records
from umkm_records.errors import UnknownCohort
from umkm_records.tables import CohortRow, CourseTestWindowRow

#: The test before a course, and the one after it.
CourseTest = Literal["before", "after"]


@dataclass(frozen=True)
class CourseTestWindow:
    """One test of a class; `opened_at` and `closed_at` (UTC) are None where the trainer did neither."""

    course: str
    sitting: CourseTest
    opened_at: datetime | None = None
    closed_at: datetime | None = None

    @property
    def open(self) -> bool:
        """Return whether the class may take it now."""
        return self.closed_at is None and (self.sitting == "before" or self.opened_at is not None)

    @property
    def over(self) -> bool:
        """Return whether it was closed after it had been open."""
        return self.closed_at is not None


def course_test_windows(
    records: Records, cohort: str
) -> Mapping[tuple[str, CourseTest], CourseTestWindow]:
    """Return what the trainer of a class set for its tests, by course and test."""
    with records.read_session() as session:
        rows = session.scalars(
            select(CourseTestWindowRow).where(CourseTestWindowRow.cohort_id == cohort)
        )
        return {(row.course, row.sitting): _view(row) for row in rows}  # type: ignore[misc]


def course_test_window(
    records: Records, cohort: str, course: str, sitting: CourseTest
) -> CourseTestWindow:
    """Return when one test of a class is open."""
    kept = course_test_windows(records, cohort)
    return kept.get((course, sitting), CourseTestWindow(course, sitting))


def set_course_test_window(  # noqa: PLR0913
    records: Records,
    cohort: str,
    course: str,
    sitting: CourseTest,
    *,
    is_open: bool,
    by: str,
    now: datetime | None = None,
) -> CourseTestWindow:
    """Open or close a test for a class, from this moment on; answers are not touched.

    Raises:
        UnknownCohort: no class has this id.
        StorageError: it stays as it was.
    """
    at = moment(now)
    with records.transaction() as session:
        if session.get(CohortRow, cohort, with_for_update=True) is None:
            raise UnknownCohort
        row = session.get(CourseTestWindowRow, (cohort, course, sitting))
        if row is None:
            row = CourseTestWindowRow(cohort_id=cohort, course=course, sitting=sitting)
            session.add(row)
        if is_open:
            row.opened_at, row.closed_at = at, None
        else:
            row.closed_at = at
        action = "test_opened" if is_open else "test_closed"
        note(session, AuditAction(by, action, cohort, {"course": course, "sitting": sitting}), at)
    return _view(row)


def _view(row: CourseTestWindowRow) -> CourseTestWindow:
    return CourseTestWindow(row.course, row.sitting, row.opened_at, row.closed_at)  # type: ignore[arg-type]
