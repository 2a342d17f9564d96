"""Names under which answers are kept: an assignment's own, or course and lesson for practice."""

from __future__ import annotations

from umkm_courses import Lesson


def lesson_sheet(lesson: Lesson) -> str:
    """The sheet of a lesson's exercises."""
    return f"{lesson.course}/{lesson.slug}"
