"""Sending an assignment: one question, one receipt."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tornado import web

from umkm.exercise import Answered, Empty, read, readable
from umkm_apps.auth.access import Seen
from umkm_apps.runtime.wib import long_time
from umkm_apps.web.addresses import NAME, Route
from umkm_courses import Assignment, UnknownContent
from umkm_records import (
    NothingToSend,
    SheetClosed,
    StorageError,
    UnknownReceipt,
    load_drafts,
    submit,
)

from .answers import SENDS
from .base import PageHandler


def answer_items(
    assignment: Assignment, answers: Mapping[str, object], participant: str
) -> list[dict[str, Any]]:
    """A readable copy of a participant's answers, in the order of the questions."""
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


class SheetHandler(PageHandler):
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


class Send(SheetHandler):
    """Kirim: shows what will be sent, asks once, sends."""

    @web.authenticated
    async def get(self, name: str) -> None:
        """The readable copy, and the question."""
        seen = await self.look(lambda: self.assignment(name))
        if seen.state == "graded":
            self.redirect(f"{self.base_url}hasil/{name}")
        elif seen.state != "open":
            self.redirect(self.base_url)  # Beranda says why, and when it opens
        else:
            await self.show(seen)

    @web.authenticated
    async def post(self, name: str) -> None:
        """Send what is saved; sending the same again leads to the same receipt."""
        seen = await self.look(lambda: self.assignment(name))
        if seen.state in {"waiting", "closed"}:
            self.redirect(self.base_url, status=303)
            return
        if SENDS.wait_for(self.reader.code):
            await self.hold_refusal()
            self.set_status(429)
            await self.show(
                seen, "Tugas ini baru saja dikirim berkali-kali. Tunggu sebentar, lalu kirim lagi."
            )
            return
        code, asked = self.reader.code, [q.id for q in seen.assignment.questions]
        try:
            receipt = await self.keep(lambda: submit(self.records, code, name, asked))
        except NothingToSend:
            self.set_status(422)
            await self.show(seen, "Belum ada jawaban yang tersimpan. Isi dulu soalnya, lalu kirim.")
        except SheetClosed:
            self.redirect(f"{self.base_url}hasil/{name}", status=303)
        except StorageError as error:
            self.set_status(507)
            await self.show(seen, f"Belum terkirim. {error.for_people}")
        else:
            self.redirect(f"{self.base_url}tanda-terima/{receipt.code}", status=303)

    async def show(self, seen: Seen, problem: str = "") -> None:
        """The page before sending."""
        assignment = seen.assignment
        items = await self.look(lambda: self.items(assignment))
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
        """The receipt, to its owner alone."""
        self.render_page("tanda-terima.html", **await self.look(lambda: self.found(code)))

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
    (f"tugas/{NAME}/kirim", Send),
    (r"tanda-terima/([A-Za-z0-9-]{4,32})", ReceiptPage),
]
