"""The JSON API for answers: a change is acknowledged once it is committed.

It works while the page's kernel is gone, busy or was never there.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

from jupyter_server.auth.decorator import allow_unauthenticated

from umkm.wib import long_time
from umkm_apps.answers.answer_sheets import assignment_sheet, practice_sheet
from umkm_apps.answers.batch import (
    AnswerSheet,
    Batch,
    ChangeResult,
    MalformedBatch,
    keep_changes,
    read_batch,
)
from umkm_apps.answers.submission import SubmissionRefused, submit_sheet
from umkm_apps.runtime.rate_limit import RateLimiter
from umkm_apps.web.addresses import NAME, Route
from umkm_courses import UnknownContent
from umkm_records import Receipt
from umkm_records.answers import LatestReceipt, read_sheet

from .json_api import ApiError, JsonApiHandler

#: A person types, two phones catch up after an hour without signal, an impatient one taps.
PACE = RateLimiter(burst=60, per_second=6)
#: Bytes of answers, of one person and of one address. The longest answer is some thousand bytes.
BYTES = RateLimiter(burst=400_000, per_second=40_000)
BYTES_OF_ADDRESS = RateLimiter(burst=6 * 10**6, per_second=300_000)
#: Of sending: each time a new attempt with all answers is kept.
SENDS = RateLimiter(burst=20, per_second=0.1)
#: Bytes of a request to send, which carries two names.
LARGEST_WISH = 1_000


class AnswersHandler(JsonApiHandler):
    """Base of the handlers for answers to lessons and assignments."""

    pace = PACE

    def sheet(self, *names: str) -> AnswerSheet:
        """Return the sheet the address names; it reads the records.

        Raises:
            ApiError: 404, there is none for this reader now.
        """
        try:
            return self.find(*names)
        except UnknownContent:
            raise ApiError(HTTPStatus.NOT_FOUND) from None

    def find(self, *names: str) -> AnswerSheet:
        """Return the sheet the address names.

        Raises:
            UnknownContent: there is none for this reader now.
        """
        raise NotImplementedError

    @allow_unauthenticated
    async def get(self, *names: str) -> None:
        """Return what is stored, for a page that was away: answers, receipt, the time, a fresh token."""
        code = self.reader.code

        def look() -> dict[str, Any]:
            stored = read_sheet(self.records, code, self.sheet(*names).name)
            return {
                "closed": stored.is_closed,
                "receipt": self.receipt_json(stored.receipt),
                "answers": {
                    question: {"answer": kept.answer, "writer": kept.writer}
                    for question, kept in stored.answers.items()
                },
            }

        found = await self.read_records(look)
        self.answer({"participant": code, "token": self.xsrf_token.decode("ascii"), **found})

    @allow_unauthenticated
    async def post(self, *names: str) -> None:
        """Store a batch of changes."""
        await self.count_bytes()
        code = self.reader.code

        def keep() -> list[ChangeResult]:
            batch = self.batch()
            return keep_changes(self.records, code, self.sheet(*names), batch.changes)

        outcomes = await self.write_records(keep)
        self.answer({"outcomes": [outcome.to_json() for outcome in outcomes]})

    async def count_bytes(self) -> None:
        """Count what the request carries.

        Raises:
            ApiError: 429, that is too much.
        """
        size = len(self.request.body)
        if (seconds := BYTES.wait_for(self.reader.code, size)) > 0:
            await self.delay_refusal()
            raise ApiError(HTTPStatus.TOO_MANY_REQUESTS, wait=seconds)
        await self.count(BYTES_OF_ADDRESS, size)

    def batch(self) -> Batch:
        """Return the changes in the request; it may take a while.

        Raises:
            ApiError: 400 or 409.
        """
        try:
            batch = read_batch(self.request.body, datetime.now(UTC))
        except MalformedBatch as error:
            raise ApiError(HTTPStatus.BAD_REQUEST, str(error)) from error
        self.check_person(batch.participant)
        return batch

    def receipt_json(self, receipt: Receipt | LatestReceipt | None) -> dict[str, str] | None:
        """Return a receipt as a page shows it."""
        if receipt is None:
            return None
        url = f"{self.base_url}tanda-terima/{receipt.code}"
        return {"code": receipt.code, "url": url, "at": long_time(receipt.submitted_at)}


class AssignmentAnswers(AnswersHandler):
    """Answers to an assignment."""

    def find(self, *names: str) -> AnswerSheet:
        """Return the assignment's questions."""
        return assignment_sheet(self.access.started(names[0]).assignment)


class LessonAnswers(AnswersHandler):
    """Answers to a lesson's exercises."""

    def find(self, *names: str) -> AnswerSheet:
        """Return the lesson's exercises."""
        course, slug = names
        return practice_sheet(self.access.lesson(course, slug))


class SubmitAnswers(AssignmentAnswers):
    """Submitting by the page's script, once all its changes are stored."""

    @allow_unauthenticated
    async def get(self, *names: str) -> None:
        """Refuse the request: a receipt comes with the answers."""
        raise ApiError(HTTPStatus.METHOD_NOT_ALLOWED)

    @allow_unauthenticated
    async def post(self, *names: str) -> None:
        """Send what is kept; the same `key` leads to the same receipt."""
        key, code = self.key(), self.reader.code
        if (seconds := SENDS.wait_for(code)) > 0:
            await self.delay_refusal()
            raise ApiError(HTTPStatus.TOO_MANY_REQUESTS, wait=seconds)

        try:
            receipt = await self.write_records(lambda: submit_sheet(self.access, names[0], key))
        except UnknownContent:
            raise ApiError(HTTPStatus.NOT_FOUND) from None
        except SubmissionRefused as error:
            if error.receipt is None:
                raise ApiError(error.status, str(error)) from error
            # It was sent before the test was closed.
            receipt = error.receipt
        self.answer({"receipt": self.receipt_json(receipt)})

    def key(self) -> str:
        """Return the idempotency key of the request.

        Raises:
            ApiError: 400 or 409.
        """
        if len(self.request.body) > LARGEST_WISH:
            raise ApiError(HTTPStatus.BAD_REQUEST, str(MalformedBatch()))
        try:
            sent = json.loads(self.request.body)
            person, key = sent["participant"], sent["key"]
        except (ValueError, KeyError, TypeError, RecursionError):
            raise ApiError(HTTPStatus.BAD_REQUEST, str(MalformedBatch())) from None
        self.check_person(person)
        if not isinstance(key, str) or not key.isascii() or not 8 <= len(key) <= 64:
            raise ApiError(HTTPStatus.BAD_REQUEST, str(MalformedBatch()))
        return key


ROUTES: list[Route] = [
    (f"pelajaran/{NAME}/{NAME}/jawaban", LessonAnswers),
    (f"tugas/{NAME}/jawaban", AssignmentAnswers),
    (f"tugas/{NAME}/jawaban/kirim", SubmitAnswers),
]
