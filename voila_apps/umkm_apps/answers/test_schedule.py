"""The schedule of the tests before and after a course, for one participant: *Tes awal*, then *Tes akhir*.

The trainer opens and closes both (`umkm_records.classes.test_schedule`). *Tes awal* is open from the first
day, *Tes akhir* once the trainer opens it, at the end of the class.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from umkm_courses import Assignment, Course
from umkm_records.answers import Standing
from umkm_records.classes import CourseTestWindow

BEFORE, AFTER = "Tes awal", "Tes akhir"

#: "waiting": its turn has not come. "closed": it was open and is no more; what the reader has
#: answered is kept, and nothing more can be sent.
Turn = Literal["waiting", "open", "closed"]

_BY_TRAINER = "Sudah ditutup pelatih."
_BEGUN_AFTER = "Ditutup, karena Anda sudah mulai tes akhir."
_NOT_SENT = "Dibuka sesudah tes awal Anda kirim."
_AT_THE_END = "Dibuka pelatih di akhir kelas."


@dataclass(frozen=True)
class Sitting:
    """The test before or after a course; `why` says in words why it is not open."""

    title: str
    form: Assignment
    turn: Turn
    why: str = ""


def sittings(course: Course, standing: Standing) -> tuple[Sitting, ...]:
    """Return the reader's two sittings, or none where the course has no test."""
    if course.test is None:
        return ()
    before, after = course.test.sittings(standing.half)
    first = standing.windows.get((course.slug, "before"), CourseTestWindow(course.slug, "before"))
    second = standing.windows.get((course.slug, "after"), CourseTestWindow(course.slug, "after"))
    has_sent = standing.states.get(before.name) in {"sent", "graded"}
    has_begun = standing.states.get(after.name, "unopened") != "unopened"
    return (
        Sitting(BEFORE, before, *_turn_of_first(first, has_begun=has_begun)),
        Sitting(AFTER, after, *_turn_of_second(second, may_follow=has_sent or first.over)),
    )


def sitting_of(course: Course, standing: Standing, assignment: Assignment) -> Sitting | None:
    """Return the reader's sitting of a form, or None for an assignment that is no form."""
    mine = sittings(course, standing)
    return next((sitting for sitting in mine if sitting.form == assignment), None)


def _turn_of_first(window: CourseTestWindow, *, has_begun: bool) -> tuple[Turn, str]:
    if not window.open:
        return "closed", _BY_TRAINER
    # Taken after the course it would tell nothing of what was known before.
    return ("closed", _BEGUN_AFTER) if has_begun else ("open", "")


def _turn_of_second(window: CourseTestWindow, *, may_follow: bool) -> tuple[Turn, str]:
    if window.over:
        return "closed", _BY_TRAINER
    if not window.open:
        return "waiting", _AT_THE_END
    return ("open", "") if may_follow else ("waiting", _NOT_SENT)
