"""The test before and after a course, as its reader meets it: *Tes awal*, then *Tes akhir*."""

from __future__ import annotations

from dataclasses import dataclass

from umkm_courses import Assignment, Course
from umkm_records import Records, half_of_class, latest_submission

BEFORE, AFTER = "Tes awal", "Tes akhir"


@dataclass(frozen=True)
class Sitting:
    """One of the two times a reader takes the test; `open` is False before its turn."""

    title: str
    form: Assignment
    open: bool


def sittings(records: Records, course: Course, code: str) -> tuple[Sitting, ...]:
    """Give the reader's two sittings, or none where the course has no test.

    Raises:
        UnknownParticipant: nobody has this code.
    """
    if course.test is None:
        return ()
    before, after = course.test.sittings(half_of_class(records, code))
    taken = latest_submission(records, code, before.name) is not None
    return (Sitting(BEFORE, before, open=True), Sitting(AFTER, after, open=taken))


def sitting_of(
    records: Records, course: Course, code: str, assignment: Assignment
) -> Sitting | None:
    """Give the reader's sitting of a form, or None for an assignment that is no form."""
    mine = sittings(records, course, code)
    return next((sitting for sitting in mine if sitting.form == assignment), None)
