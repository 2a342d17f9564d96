"""Pelajaran: the page of a lesson, and the request of its last step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from tornado import web

from umkm_apps.answers.answer_sheets import lesson_sheet, places_of
from umkm_apps.page_sessions.renderer import Cells
from umkm_apps.web.addresses import NAME, Route
from umkm_courses import UnknownContent
from umkm_courses.page_cells import Action, read_actions
from umkm_records import record_event
from umkm_records.answers import not_yet_checked

from .base import PageHandler
from .notebook_page import NotebookPage
from .page_context import KernelInput


class LessonPage(NotebookPage):
    """Pelajaran."""

    @web.authenticated
    async def get(self, course: str, slug: str) -> None:
        """Run the lesson."""
        try:
            lesson = await self.read_records(lambda: self.access.lesson(course, slug))
        except UnknownContent:
            raise web.HTTPError(404) from None
        context = replace(
            self.page_context(lesson_sheet(lesson), lesson.title),
            steps=True,
            done_url=f"{self.base_url}pelajaran/{course}/{slug}/selesai",
        )
        await self.run_notebook(lesson.path, context)

    def cells_in_process(self, path: Path, kernel: KernelInput) -> Cells | None:
        """Return what shows the lesson's questions, or None where a cell is no call that can be read."""
        actions = actions_of(path, path.stat().st_mtime_ns)
        return None if actions is None else lambda page, cell: page.run(actions.get(cell, ()))


@lru_cache(maxsize=128)
def actions_of(path: Path, _version: int) -> Mapping[str, tuple[Action, ...]] | None:
    """Return what the cells of a lesson do; read again when the file has changed."""
    return read_actions(path)


class LessonDone(PageHandler):
    """The request of a lesson's last step.

    A lesson is done when each of its practice questions has been checked once; turning its pages
    is not enough. What was noted as done before this rule stays so.
    """

    @web.authenticated
    async def post(self, course: str, slug: str) -> None:
        """Record the lesson as done and go back to Beranda, or show which questions are left."""
        try:
            lesson = await self.read_records(lambda: self.access.lesson(course, slug))
        except UnknownContent:
            raise web.HTTPError(404) from None
        code, sheet = self.reader.code, lesson_sheet(lesson)
        left = await self.read_records(
            lambda: not_yet_checked(self.records, code, sheet, lesson.exercises)
        )
        if left:
            places = await self.read_records(lambda: places_of(lesson, left))
            address = f"{self.base_url}pelajaran/{course}/{slug}"
            self.render_page(
                "belum-selesai.html",
                lesson_title=lesson.title,
                lesson_url=address,
                questions=[(name, f"{address}#{place}") for name, place in places],
            )
            return
        await self.write_records(lambda: record_event(self.records, code, "completed", sheet))
        self.redirect(self.base_url, status=303)


ROUTES: list[Route] = [
    (f"pelajaran/{NAME}/{NAME}", LessonPage),
    (f"pelajaran/{NAME}/{NAME}/selesai", LessonDone),
]
