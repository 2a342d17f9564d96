"""Beranda: what there is to do, and how far one has come."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tornado import web

from umkm_apps.answers.answer_sheets import lesson_sheet
from umkm_apps.answers.state_labels import STATE_LABELS, UNSENT
from umkm_apps.answers.test_schedule import Sitting, sittings
from umkm_apps.web.addresses import Route
from umkm_courses import Assignment, Course, Lesson
from umkm_records.answers import SheetState, Standing, read_standing

from .base import PageHandler
from .static_files import home_address
from .tools import TOOLS


@dataclass(frozen=True)
class Card:
    """One lesson or assignment on Beranda."""

    title: str
    detail: str
    url: str
    state: SheetState
    #: Sent, but changed since: what was sent is what counts.
    unsent: bool = False
    #: Why it cannot be opened yet; empty for what can.
    closed: str = ""

    @property
    def label(self) -> str:
        """Return the state in words."""
        return UNSENT if self.unsent else STATE_LABELS[self.state]


def progress(lessons: Sequence[Card], tasks: Sequence[Card]) -> str:
    """Return how far a participant is in a course, in words."""
    parts = [f"{_through(lessons)} dari {len(lessons)} pelajaran selesai"]
    if tasks:
        parts.append(f"{_through(tasks)} dari {len(tasks)} tugas terkirim")
    return " · ".join(parts)


def unfold(courses: Sequence[dict[str, Any]]) -> None:
    """Set which course is unfolded: the last that was begun and has something left, else the first."""
    cards = [[*one["tests"], *one["lessons"], *one["assignments"]] for one in courses]
    left = [n for n, mine in enumerate(cards) if _through(mine) < len(mine)]
    begun = [n for n in left if any(card.state != "unopened" for card in cards[n])]
    at = begun[-1] if begun else left[0] if left else 0
    for number, one in enumerate(courses):
        one["open"] = number == at


def _through(cards: Iterable[Card]) -> int:
    return sum(card.state in {"done", "sent", "graded"} for card in cards)


class Home(PageHandler):
    """Beranda."""

    @web.authenticated
    async def get(self) -> None:
        """Show lessons and assignments of the class's courses, each with its state."""
        self.render_page(
            "beranda.html",
            **await self.read_records(self.found),
            tools=TOOLS.values(),
            home_script=home_address(self.base_url),
            token=self.xsrf_token.decode("ascii"),
        )

    def found(self) -> dict[str, Any]:
        """Return what the page shows of the records."""
        standing = read_standing(self.records, self.reader.code)
        courses = [self.listed(course, standing) for course in self.access.courses(standing)]
        unfold(courses)
        return {"courses": courses, "class_title": standing.class_title}

    def listed(self, course: Course, standing: Standing) -> dict[str, Any]:
        """Return one course as the template reads it."""
        states = standing.states
        lessons = [self.lesson(x, states.get(lesson_sheet(x), "unopened")) for x in course.lessons]
        tasks = [self.assignment(x, standing) for x in course.tasks]
        tests = [self.sitting(x, standing) for x in sittings(course, standing)]
        return {
            "title": course.title,
            "summary": course.summary,
            "lessons": lessons,
            "assignments": tasks,
            "tests": tests,
            "progress": progress(lessons, tasks),
        }

    def sitting(self, sitting: Sitting, standing: Standing) -> Card:
        """Return the card of the test before or after the course."""
        card = replace(self.assignment(sitting.form, standing), title=sitting.title)
        if sitting.turn == "open" or card.state == "graded":
            return card
        kept = {"sent": " Jawaban Anda sudah terkirim.", "working": " Jawaban Anda tersimpan."}
        return replace(card, closed=sitting.why + kept.get(card.state, ""))

    def lesson(self, lesson: Lesson, state: SheetState) -> Card:
        """Return the card of a lesson."""
        url = f"{self.base_url}pelajaran/{lesson.course}/{lesson.slug}"
        return Card(lesson.title, f"{lesson.summary} · {lesson.minutes} menit", url, state)

    def assignment(self, assignment: Assignment, standing: Standing) -> Card:
        """Return the card of an assignment; a graded one leads to its result."""
        state = standing.states.get(assignment.name, "unopened")
        kind = "hasil" if state == "graded" else "tugas"
        detail = f"{len(assignment.questions)} soal · {assignment.minutes} menit"
        url = f"{self.base_url}{kind}/{assignment.name}"
        unsent = state == "sent" and assignment.name in standing.unsent
        return Card(assignment.title, detail, url, state, unsent)


ROUTES: list[Route] = [
    ("", Home),
]
