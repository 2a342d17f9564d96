"""The form that submits an assignment, and the receipt."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tornado import web

from umkm.exercise import Answered, Empty, read, readable
from umkm.wib import long_time
from umkm_apps.answers.access import Seen
from umkm_apps.answers.submission import SubmissionRefused, submit_sheet
from umkm_apps.web.addresses import NAME, Route
from umkm_courses import Assignment, UnknownContent
from umkm_records import StorageError, load_drafts
from umkm_records.errors import UnknownReceipt

from .answers import SENDS
from .base import PageHandler


def answer_items(
    assignment: Assignment, answers: Mapping[str, object], participant: str
) -> list[dict[str, Any]]:
    """Return a readable copy of a participant's answers, in the order of the questions."""
    items = []
    for asked in assignment.questions:
        question = asked.variant(participant).question
        answer = answers.get(asked.id)
        state = read(question, answer)
        items.append(
            {
                "id": asked.id,
                "prompt": question.prompt,
                "answer": "Belum dijawab"
                if isinstance(state, Empty)
                else readable(question, answer),
                "empty": not isinstance(state, Answered),
                "unanswered": isinstance(state, Empty),
                "photos": question.photos(answer),
            }
        )
    return items


class AssignmentHandler(PageHandler):
    """A page about one assignment of the reader's class."""

    def assignment(self, name: str) -> Seen:
        """Return the assignment of this name, as the reader may see it now.

        Raises:
            tornado.web.HTTPError: 404, there is none for this reader.
        """
        try:
            return self.access.assignment(name)
        except UnknownContent:
            raise web.HTTPError(404) from None


class SubmitPage(AssignmentHandler):
    """Kirim: shows what will be submitted, and submits it."""

    @web.authenticated
    async def get(self, name: str) -> None:
        """Show the readable copy of the answers, and ask."""
        seen = await self.read_records(lambda: self.assignment(name))
        if seen.state == "graded":
            self.redirect(f"{self.base_url}hasil/{name}")
        elif seen.state != "open":
            self.redirect(self.base_url)  # Beranda says why, and when it opens
        else:
            await self.show(seen)

    @web.authenticated
    async def post(self, name: str) -> None:
        """Send what is saved; sending the same again leads to the same receipt."""
        seen = await self.read_records(lambda: self.assignment(name))
        if seen.state in {"waiting", "closed"}:
            self.redirect(self.base_url, status=303)
            return
        if SENDS.wait_for(self.reader.code):
            await self.delay_refusal()
            self.set_status(429)
            await self.show(
                seen, "Tugas ini baru saja dikirim berkali-kali. Tunggu sebentar, lalu kirim lagi."
            )
            return
        try:
            receipt = await self.write_records(lambda: submit_sheet(self.access, name))
        except UnknownContent:
            raise web.HTTPError(404) from None
        except SubmissionRefused as error:
            await self.show_refusal(seen, error)
        except StorageError as error:
            self.set_status(507)
            await self.show(seen, f"Belum terkirim. {error.for_people}")
        else:
            self.redirect(f"{self.base_url}tanda-terima/{receipt.code}", status=303)

    async def show_refusal(self, seen: Seen, error: SubmissionRefused) -> None:
        """Show why nothing was submitted, or the page that shows it."""
        if error.reason == "graded":
            self.redirect(f"{self.base_url}hasil/{seen.assignment.name}", status=303)
        elif error.reason == "closed":
            self.redirect(self.base_url, status=303)
        else:
            self.set_status(error.status)
            await self.show(seen, error.for_form)

    async def show(self, seen: Seen, problem: str = "") -> None:
        """Show the page before submitting."""
        assignment = seen.assignment
        items = await self.read_records(lambda: self.items(assignment))
        sheet_url = f"{self.base_url}tugas/{assignment.name}"
        for number, item in enumerate(items, start=1):
            if item["empty"]:
                item["url"] = f"{sheet_url}#soal-{number}"
        missing = sum(item["unanswered"] for item in items)
        unclear = sum(item["empty"] and not item["unanswered"] for item in items)
        warnings = []
        if missing:
            warnings.append(f"{missing} soal belum dijawab.")
        if unclear:
            warnings.append(f"{unclear} jawaban belum jelas dan bisa dinilai 0. Perbaiki dulu.")
        self.render_page(
            "kirim.html",
            assignment_title=seen.title,
            items=items,
            problem=problem,
            warning=" ".join(warnings),
            sheet_url=sheet_url,
            send_url=f"{sheet_url}/kirim",
        )

    def items(self, assignment: Assignment) -> list[dict[str, Any]]:
        """Return what the reader's kept answers to an assignment say."""
        code = self.reader.code
        return answer_items(assignment, load_drafts(self.records, code, assignment.name), code)


class ReceiptPage(PageHandler):
    """Tanda terima."""

    @web.authenticated
    async def get(self, code: str) -> None:
        """Show the receipt, to its owner alone."""
        self.render_page("tanda-terima.html", **await self.read_records(lambda: self.found(code)))

    def found(self, code: str) -> dict[str, Any]:
        """Return what the page shows.

        Raises:
            tornado.web.HTTPError: 404, the reader has no such receipt.
        """
        try:
            receipt, assignment, title = self.access.receipt(code)
        except (UnknownReceipt, UnknownContent):
            raise web.HTTPError(404) from None
        return {
            "receipt": receipt,
            "sent_at": long_time(receipt.submitted_at),
            "assignment_title": title,
            "items": answer_items(assignment, receipt.answers, receipt.participant),
        }


ROUTES: list[Route] = [
    (f"tugas/{NAME}/kirim", SubmitPage),
    (r"tanda-terima/([A-Za-z0-9-]{4,32})", ReceiptPage),
]
