"""Opening and closing the tests of a class, as its trainer does from *Pantau kelas* or the terminal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from umkm_apps.answers.test_schedule import AFTER, BEFORE
from umkm_courses import Course
from umkm_records import ProgressRow, Records, SheetClosed, latest_submission, submit
from umkm_records.classes import (
    CourseTest,
    CourseTestWindow,
    course_test_windows,
    set_course_test_window,
)
from umkm_records.errors import NothingToSend
from umkm_records.people import halves_of_class

TITLES: dict[CourseTest, str] = {"before": BEFORE, "after": AFTER}


@dataclass(frozen=True)
class Standing:
    """How a sitting of a class stands: whether it is open, and how many people sent, are at it, in all."""

    open: bool
    over: bool
    sent: int
    working: int
    people: int

    @property
    def said(self) -> str:
        """Return the state in words."""
        how = "terbuka" if self.open else "sudah ditutup" if self.over else "belum dibuka"
        left = self.people - self.sent - self.working
        return f"{how} · {self.sent} terkirim · {self.working} sedang mengerjakan · {left} belum"


def standings(
    records: Records, courses: Iterable[Course], cohort: str, progress: Iterable[ProgressRow]
) -> dict[tuple[str, CourseTest], Standing]:
    """Return how each sitting of a class stands, by course and sitting, however many people it has.

    Args:
        records: the open records.
        courses: the courses of the class; those without a test are left out.
        cohort: the class.
        progress: everybody in it, asked for with the forms of the tests among the sheets.
    """
    windows, halves = course_test_windows(records, cohort), halves_of_class(records, cohort)
    rows, found = list(progress), {}
    for course in courses:
        if course.test is None:
            continue
        for turn, sitting in enumerate(TITLES):
            states = [
                row.states[course.test.sittings(halves[row.participant.code])[turn].name]
                for row in rows
                if row.participant.code in halves
            ]
            window = windows.get((course.slug, sitting), CourseTestWindow(course.slug, sitting))
            sent = sum(state in {"sent", "graded"} for state in states)
            found[course.slug, sitting] = Standing(
                window.open, window.over, sent, states.count("working"), len(states)
            )
    return found


def open_sitting(
    records: Records, course: Course, cohort: str, sitting: CourseTest, *, by: str
) -> None:
    """Open a test for a class.

    Raises:
        UnknownCohort: no class has this id.
        StorageError: it stays as it was.
    """
    set_course_test_window(records, cohort, course.slug, sitting, is_open=True, by=by)


def close_sitting(
    records: Records, course: Course, cohort: str, sitting: CourseTest, *, by: str
) -> int:
    """Close a test, and send what people have answered and not sent yet; return for how many.

    Answers that arrive later are kept. Opened and closed once more, they are sent too.

    Raises:
        UnknownCohort: no class has this id.
        StorageError: not all of it was done; do it again.
    """
    set_course_test_window(records, cohort, course.slug, sitting, is_open=False, by=by)
    here, collected = records.of_class(cohort), 0
    asked = {
        one.name: [q.id for q in one.questions]
        for one in (course.test.forms if course.test else ())
    }
    for code, form in _forms(here, course, cohort, sitting).items():
        if latest_submission(here, code, form) is not None:
            continue
        try:
            submit(here, code, form, asked[form])
        except (NothingToSend, SheetClosed):
            continue
        collected += 1
    return collected


def _forms(here: Records, course: Course, cohort: str, sitting: CourseTest) -> dict[str, str]:
    """Return the name of the form that each person of a class takes at a sitting, by code."""
    if course.test is None:
        return {}
    turn = 0 if sitting == "before" else 1
    halves = halves_of_class(here, cohort)
    return {code: course.test.sittings(half)[turn].name for code, half in halves.items()}
