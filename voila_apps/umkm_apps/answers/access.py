"""Access rules: the one place that turns a name in an address into a lesson or an assignment.

Every handler that takes a name asks here, and so does whoever takes answers carried by hand. Nothing
here knows of requests: all of it reads the records and may run in a thread.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from umkm_courses import Assignment, Catalogue, Course, Lesson, UnknownContent
from umkm_records import Participant, Receipt, Records, UnknownParticipant
from umkm_records.answers import Standing, read_standing, receipt_by_code
from umkm_records.classes import taught_courses
from umkm_records.errors import UnknownReceipt

from .test_schedule import Sitting, sitting_of

#: "waiting": a form of the test whose turn has not come; nothing of it is shown or taken.
#: "closed": a form of the test that its trainer has closed; it takes late answers, and sends nothing.
#: "graded": its result is published; it is shown as a result and takes no answer.
State = Literal["waiting", "open", "closed", "graded"]


@dataclass(frozen=True)
class Seen:
    """An assignment and its state for one participant; `title` is *Tes awal* or *Tes akhir* for a form."""

    assignment: Assignment
    title: str
    state: State
    #: The code of the latest submission; empty before the first.
    receipt: str = ""


@dataclass(frozen=True)
class Access:
    """The lessons, assignments and receipts that one participant may see."""

    records: Records
    catalogue: Catalogue
    reader: Participant

    def courses(self, standing: Standing) -> tuple[Course, ...]:
        """Return the courses of the reader's class, in its order."""
        known = self.catalogue.courses
        return tuple(known[slug] for slug in standing.courses if slug in known)

    def lesson(self, course: str, slug: str) -> Lesson:
        """Return a lesson of the reader's class.

        Raises:
            UnknownContent: there is none of this name, or the class is not taught its course.
        """
        lesson = self.catalogue.lesson(course, slug)
        self._check_taught(lesson.course, taught_courses(self.records, self.reader.cohort))
        return lesson

    def assignment(self, name: str) -> Seen:
        """Return an assignment of the reader's class, whether or not it is open.

        Raises:
            UnknownContent: there is none of this name, or the class is not taught its course.
        """
        assignment = self.catalogue.assignment(name)
        standing = self._standing()
        self._check_taught(assignment.course, standing.courses)
        sitting = self._sitting(assignment, standing)
        state: State = sitting.turn if sitting else "open"
        if standing.states.get(name) == "graded":
            state = "graded"
        title = sitting.title if sitting else assignment.title
        return Seen(assignment, title, state, standing.receipts.get(name, ""))

    def started(self, name: str) -> Seen:
        """Return an assignment whose turn has come, also where it is over by now.

        Raises:
            UnknownContent: as for `assignment`, or its turn has not come.
        """
        seen = self.assignment(name)
        if seen.state == "waiting":
            raise UnknownContent(f"{name!r} is not open yet")
        return seen

    def receipt(self, code: str) -> tuple[Receipt, Assignment, str]:
        """Return a receipt of the reader's own, of whichever class, its assignment and title.

        Raises:
            UnknownReceipt: there is none of this code, or it is another's.
            UnknownContent: its assignment is no longer in any course.
        """
        receipt = receipt_by_code(self.records, code)
        if receipt is None or receipt.participant != self.reader.code:
            raise UnknownReceipt
        assignment = self.catalogue.assignment(receipt.assignment)
        sitting = self._sitting(assignment, self._standing())
        return receipt, assignment, sitting.title if sitting else assignment.title

    def _standing(self) -> Standing:
        try:
            return read_standing(self.records, self.reader.code)
        except UnknownParticipant:  # taken out of their class, or erased meanwhile
            raise UnknownContent("nothing is taught to who is in no class") from None

    def _sitting(self, assignment: Assignment, standing: Standing) -> Sitting | None:
        return sitting_of(self.catalogue.courses[assignment.course], standing, assignment)

    def _check_taught(self, course: str, taught: Sequence[str]) -> None:
        if course not in taught:
            raise UnknownContent(f"course {course!r} is not taught in class {self.reader.cohort!r}")
