"""Types of a course: lessons, assignments, outcomes, the paired test."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from umkm.exercise import (
    Asking,
    Misunderstandings,
    Question,
    Variant,
    make,
    seed_of,
    template_of,
)
from umkm_courses.errors import UnknownContent


@dataclass(frozen=True)
class Lesson:
    """One lesson; `path` is its notebook, `exercises` the ids of its practice questions."""

    course: str
    slug: str
    title: str
    summary: str
    minutes: int
    path: Path
    exercises: tuple[str, ...]


@dataclass(frozen=True)
class AskedQuestion:
    """A question of an assignment, without what is right."""

    id: str
    question: Asking
    points: float
    marking: Literal["auto", "manual"]

    @property
    def template(self) -> Question:
        """Return the question with places where its numbers vary."""
        return template_of(self.question)

    def variant(self, participant: str) -> Variant:
        """Return the question as this participant gets it, on the phone as at grading.

        Sending again changes no number: the answers that are kept belong to them.
        """
        return make(self.question, seed_of(participant, self.id))


@dataclass(frozen=True)
class Assignment:
    """One assignment; `path` is its nbgrader source notebook.

    `groups` gives each column of the exported grades its question ids; every question is in
    exactly one group. `outcomes` gives questions the outcome's id that they show.
    """

    course: str
    name: str
    title: str
    lesson: str
    minutes: int
    path: Path
    questions: tuple[AskedQuestion, ...]
    groups: Mapping[str, tuple[str, ...]]
    outcomes: Mapping[str, str] = field(default_factory=dict)

    @property
    def points(self) -> float:
        """Return the most points one can get."""
        return sum(asked.points for asked in self.questions)


@dataclass(frozen=True)
class Outcome:
    """What people can do after a course ("Dapat …"), and the lesson that teaches it.

    `digcomp` names the competence of the European framework that it belongs to, or is empty.
    """

    id: str
    text: str
    lesson: str
    digcomp: str


@dataclass(frozen=True)
class PairedTest:
    """Two forms of one test, A and B, with the same items in other stories and numbers.

    Half of a class takes A before the course and B after it, the other half the other way round,
    so that neither form's difficulty passes for learning. `items` gives each its outcome's id.
    """

    forms: tuple[Assignment, Assignment]
    items: Mapping[str, str]

    def sittings(self, half: int) -> tuple[Assignment, Assignment]:
        """Return the form before and the form after, for one half (0 or 1) of a class."""
        first, second = self.forms
        return (second, first) if half else (first, second)


@dataclass(frozen=True)
class Course:
    """One course; `path` is its folder."""

    slug: str
    title: str
    summary: str
    outcomes: tuple[Outcome, ...]
    lessons: tuple[Lesson, ...]
    assignments: tuple[Assignment, ...]
    path: Path
    misunderstandings: Misunderstandings = field(default_factory=Misunderstandings)
    test: PairedTest | None = None
    #: Who looks up its facts again, or whom to ask; empty where the course says nothing.
    facts_checked_by: str = ""

    @property
    def tasks(self) -> tuple[Assignment, ...]:
        """Return the assignments that count towards passing: all but the forms of the test."""
        forms = self.test.forms if self.test else ()
        return tuple(assignment for assignment in self.assignments if assignment not in forms)

    def outcome_of(self, assignment: Assignment, question_id: str) -> str | None:
        """Return the id of the outcome a question shows, or None where the course names none."""
        forms = self.test.forms if self.test else ()
        shown = self.test.items if self.test and assignment in forms else assignment.outcomes
        return shown.get(question_id)


@dataclass(frozen=True)
class Catalogue:
    """Courses by slug: all of them in alphabetical order, or those of a class in its own."""

    courses: Mapping[str, Course]

    @property
    def assignments(self) -> tuple[Assignment, ...]:
        """Return the assignments of all courses, forms of tests among them."""
        return tuple(one for course in self.courses.values() for one in course.assignments)

    def of(self, slugs: Iterable[str]) -> "Catalogue":
        """Return the catalogue of these courses alone, in this order.

        Raises:
            UnknownContent: there is no such course.
        """
        chosen = {}
        for slug in slugs:
            if slug not in self.courses:
                raise UnknownContent(f"no course {slug!r}; there are {', '.join(self.courses)}")
            chosen[slug] = self.courses[slug]
        return Catalogue(chosen)

    def lesson(self, course_slug: str, slug: str) -> Lesson:
        """Return the lesson of that course.

        Raises:
            UnknownContent: no such course or lesson.
        """
        if course_slug in self.courses:
            for lesson in self.courses[course_slug].lessons:
                if lesson.slug == slug:
                    return lesson
        raise UnknownContent(f"no lesson {slug!r} in course {course_slug!r}")

    def assignment(self, name: str) -> Assignment:
        """Return the assignment of that name; names are unique over all courses.

        Raises:
            UnknownContent: no such assignment.
        """
        for course in self.courses.values():
            for assignment in course.assignments:
                if assignment.name == name:
                    return assignment
        raise UnknownContent(f"no assignment {name!r} in any course")
