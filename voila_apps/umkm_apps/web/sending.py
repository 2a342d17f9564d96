"""Sending an assignment: one question, one receipt."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tornado import web

from umkm.exercise import Answered, Empty, Photo, photo_names, read, readable
from umkm_apps.times import long_time
from umkm_courses import Assignment, UnknownContent
from umkm_records import (
    NothingToSend,
    SheetClosed,
    StorageError,
    load_drafts,
    receipt_by_code,
    result_of,
    submit,
)

from .page import PageHandler


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
                "photos": photo_names(answer) if isinstance(question, Photo) else (),
            }
        )
    return items


class SheetHandler(PageHandler):
    """A page about one assignment of the reader's class."""

    def assignment(self, name: str) -> Assignment:
        """The assignment of this name.

        Raises:
            tornado.web.HTTPError: 404, there is none.
        """
        try:
            return self.catalogue.assignment(name)
        except UnknownContent:
            raise web.HTTPError(404) from None


class Send(SheetHandler):
    """Kirim: shows what will be sent, asks once, sends."""

    @web.authenticated
    def get(self, name: str) -> None:
        """The readable copy, and the question."""
        assignment = self.assignment(name)
        if result_of(self.records, self.reader.code, name) is not None:
            self.redirect(f"{self.base_url}hasil/{name}")
            return
        self.show(assignment)

    @web.authenticated
    def post(self, name: str) -> None:
        """Send what is saved; sending the same again leads to the same receipt."""
        assignment = self.assignment(name)
        try:
            receipt = submit(
                self.records, self.reader.code, name, [q.id for q in assignment.questions]
            )
        except NothingToSend:
            self.set_status(422)
            self.show(assignment, "Belum ada jawaban yang tersimpan. Isi dulu soalnya, lalu kirim.")
        except SheetClosed:
            self.redirect(f"{self.base_url}hasil/{name}", status=303)
        except StorageError:
            self.set_status(507)
            self.show(
                assignment,
                "Belum terkirim: tempat simpan di laptop pelatih bermasalah. Beri tahu pelatih, lalu coba lagi.",
            )
        else:
            self.redirect(f"{self.base_url}tanda-terima/{receipt.code}", status=303)

    def show(self, assignment: Assignment, problem: str = "") -> None:
        """The page before sending."""
        kept = load_drafts(self.records, self.reader.code, assignment.name)
        items = answer_items(assignment, kept, self.reader.code)
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
            assignment_title=self.title_of(assignment),
            items=items,
            problem=problem,
            warning=" ".join(warnings),
            sheet_url=sheet_url,
            send_url=f"{sheet_url}/kirim",
        )


class ReceiptPage(SheetHandler):
    """Tanda terima."""

    @web.authenticated
    def get(self, code: str) -> None:
        """The receipt, to its owner alone."""
        receipt = receipt_by_code(self.records, code)
        if receipt is None or receipt.participant != self.reader.code:
            raise web.HTTPError(404)
        assignment = self.assignment(receipt.assignment)
        self.render_page(
            "tanda-terima.html",
            receipt=receipt,
            sent_at=long_time(receipt.submitted_at),
            assignment_title=self.title_of(assignment),
            items=answer_items(assignment, receipt.answers, receipt.participant),
        )
