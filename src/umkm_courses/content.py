"""What a course consists of, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from umkm.exercise import Asking, Misunderstandings, Variant, make, seed_of
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

    def variant(self, participant: str) -> Variant:
        """The question as this participant gets it, on the phone as at grading.

        Sending again changes no number: the answers that are kept belong to them.
        """
        return make(self.question, seed_of(participant, self.id))


@dataclass(frozen=True)
class Assignment:
    """One assignment; `path` is its nbgrader source notebook.

    `groups` gives each column of the exported grades its question ids; every question is in
    exactly one group.
    """

    course: str
    name: str
    title: str
    lesson: str
    minutes: int
    path: Path
    questions: tuple[AskedQuestion, ...]
    groups: Mapping[str, tuple[str, ...]]

    @property
    def points(self) -> float:
        """The most points one can get."""
        return sum(asked.points for asked in self.questions)


@dataclass(frozen=True)
class Course:
    """One course; `path` is its folder, `pass_mark` a percentage of all its points."""

    slug: str
    title: str
    summary: str
    outcomes: tuple[str, ...]
    pass_mark: int
    lessons: tuple[Lesson, ...]
    assignments: tuple[Assignment, ...]
    path: Path
    misunderstandings: Misunderstandings = field(default_factory=Misunderstandings)


@dataclass(frozen=True)
class Catalogue:
    """All courses by slug, in alphabetical order."""

    courses: Mapping[str, Course]

    def lesson(self, course_slug: str, slug: str) -> Lesson:
        """The lesson of that course.

        Raises:
            UnknownContent: no such course or lesson.
        """
        if course_slug in self.courses:
            for lesson in self.courses[course_slug].lessons:
                if lesson.slug == slug:
                    return lesson
        raise UnknownContent(f"no lesson {slug!r} in course {course_slug!r}")

    def assignment(self, name: str) -> Assignment:
        """The assignment of that name; names are unique over all courses.

        Raises:
            UnknownContent: no such assignment.
        """
        for course in self.courses.values():
            for assignment in course.assignments:
                if assignment.name == name:
                    return assignment
        raise UnknownContent(f"no assignment {name!r} in any course")
