"""Hasil: points and the trainer's words, once they are published."""

from __future__ import annotations

from typing import Any

from tornado import web

from umkm_apps.web.addresses import NAME, Route
from umkm_records import latest_submission, result_of

from .submit import AssignmentHandler, answer_items


def points_text(points: float) -> str:
    """Return points as people write them: `7`, `7,5`."""
    return f"{points:g}".replace(".", ",")


class ResultPage(AssignmentHandler):
    """Hasil tugas: answers with their points and comments; it holds no key."""

    @web.authenticated
    async def get(self, name: str) -> None:
        """Show the published result, or redirect to the assignment while there is none."""
        found = await self.read_records(lambda: self.found(name))
        if found is None:
            self.redirect(f"{self.base_url}tugas/{name}")
        else:
            self.render_page("hasil.html", **found)

    def found(self, name: str) -> dict[str, Any] | None:
        """Return what the page shows, or None where nothing is published.

        Raises:
            tornado.web.HTTPError: 404, there is no such assignment for this reader.
        """
        seen = self.assignment(name)
        if seen.state != "graded":
            return None
        result = result_of(self.records, self.reader.code, name)
        if result is None:  # withdrawn in this moment
            return None
        sent = latest_submission(self.records, self.reader.code, name)
        items = answer_items(seen.assignment, sent.answers if sent else {}, self.reader.code)
        marks = {item["question"]: item for item in result.items}
        comments = {comment["question"]: comment["text"] for comment in result.comments}
        for item in items:
            mark = marks.get(item["id"], {})
            item["points"] = points_text(mark["points"]) if mark else None
            item["of"] = points_text(mark["of"]) if mark else None
            item["message"] = mark.get("message", "")
            item["comment"] = comments.get(item["id"], "")
        return {
            "assignment_title": seen.title,
            "points": points_text(result.points),
            "out_of": points_text(result.out_of),
            "items": items,
        }


ROUTES: list[Route] = [
    (f"hasil/{NAME}", ResultPage),
]
