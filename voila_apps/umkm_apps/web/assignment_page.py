"""Tugas: the page of an assignment."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from tornado import web

from umkm.exercise import question_from_json, question_to_json
from umkm_apps.page_sessions.renderer import Cells
from umkm_apps.web.addresses import NAME, Route
from umkm_courses import Assignment, UnknownContent

from .notebook_page import NotebookPage
from .page_context import KernelInput

NOTEBOOK = "tugas.ipynb"


class AssignmentPage(NotebookPage):
    """Tugas."""

    @web.authenticated
    async def get(self, name: str) -> None:
        """Run the assignment, or show the result of one that is graded."""
        try:
            seen = await self.read_records(lambda: self.access.assignment(name))
        except UnknownContent:
            raise web.HTTPError(404) from None
        if seen.state == "graded":
            self.redirect(f"{self.base_url}hasil/{name}")
            return
        if seen.state != "open":
            self.redirect(self.base_url)  # Beranda shows why, and when it opens
            return
        context = replace(
            self.page_context(name, seen.title),
            send_url=f"{self.base_url}tugas/{name}/kirim",
            receipt=seen.receipt,
            receipt_url=f"{self.base_url}tanda-terima/{seen.receipt}" if seen.receipt else "",
        )
        kernel = KernelInput(questions=questions_for(seen.assignment, self.reader.code))
        await self.run_notebook(self.context.settings.pages / NOTEBOOK, context, kernel)

    def cells_in_process(self, path: Path, kernel: KernelInput) -> Cells | None:
        """Return what shows the assignment's questions: the only code of its notebook."""
        asked = [
            (one["id"], question_from_json(one["question"]), one["points"])
            for one in kernel.questions
        ]
        return lambda page, cell: page.ask(asked)


def questions_for(assignment: Assignment, participant: str) -> list[dict[str, Any]]:
    """Return a participant's variants of an assignment's questions, without keys."""
    return [
        {
            "id": asked.id,
            "points": asked.points,
            "question": question_to_json(asked.variant(participant).question),
        }
        for asked in assignment.questions
    ]


ROUTES: list[Route] = [
    (f"tugas/{NAME}", AssignmentPage),
]
