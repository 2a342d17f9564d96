"""Where pages hand in answers: a short JSON request, acknowledged once the records hold it.

It works while the page's kernel is gone, busy or was never there.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

from jupyter_server.auth.decorator import allow_unauthenticated

from umkm_apps.answers.answer_sheets import assignment_sheet, practice_sheet
from umkm_apps.answers.batch import Batch, MalformedBatch, Outcome, Sheet, keep_changes, read_batch
from umkm_apps.auth.access import Seen
from umkm_apps.runtime.wib import long_time
from umkm_apps.web.addresses import NAME, Route
from umkm_apps.web.rate_limit import Pace
from umkm_courses import UnknownContent
from umkm_records import (
    NothingToSend,
    Receipt,
    SheetClosed,
    latest_submission,
    result_of,
    standing_drafts,
    submit,
)

from .json_api import AskedByPage, Refusal

#: A person types, two phones catch up after an hour without signal, an impatient one taps.
PACE = Pace(burst=60, per_second=6)
#: Bytes of answers, of one person and of one address. The longest answer is some thousand bytes.
BYTES = Pace(burst=400_000, per_second=40_000)
BYTES_OF_ADDRESS = Pace(burst=6 * 10**6, per_second=300_000)
#: Of sending: each time a new attempt with all answers is kept.
SENDS = Pace(burst=20, per_second=0.1)
#: Bytes of a request to send, which carries two names.
LARGEST_WISH = 1_000


class AnswersHandler(AskedByPage):
    """What both kinds of sheet share."""

    pace = PACE

    def sheet(self, *names: str) -> Sheet:
        """Return the sheet the address names; it reads the records.

        Raises:
            Refusal: 404, there is none for this reader now.
        """
        try:
            return self.find(*names)
        except UnknownContent:
            raise Refusal(HTTPStatus.NOT_FOUND) from None

    def find(self, *names: str) -> Sheet:
        """Return the sheet the address names.

        Raises:
            UnknownContent: there is none for this reader now.
        """
        raise NotImplementedError

    @allow_unauthenticated
    async def get(self, *names: str) -> None:
        """What stands, for a page that was away: answers, receipt, the time, a fresh token."""
        code = self.reader.code

        def look() -> dict[str, Any]:
            sheet = self.sheet(*names)
            standing = standing_drafts(self.records, code, sheet.name)
            return {
                "closed": result_of(self.records, code, sheet.name) is not None,
                "receipt": self.told(latest_submission(self.records, code, sheet.name)),
                "answers": {
                    question: {"answer": kept.answer, "writer": kept.writer}
                    for question, kept in standing.items()
                },
            }

        found = await self.look(look)
        self.answer({"participant": code, "token": self.xsrf_token.decode("ascii"), **found})

    @allow_unauthenticated
    async def post(self, *names: str) -> None:
        """Keep a batch of changes."""
        await self.count_bytes()
        code = self.reader.code

        def keep() -> list[Outcome]:
            batch = self.batch()
            return keep_changes(self.records, code, self.sheet(*names), batch.changes)

        outcomes = await self.keep(keep)
        self.answer({"outcomes": [outcome.to_json() for outcome in outcomes]})

    async def count_bytes(self) -> None:
        """Count what the request carries.

        Raises:
            Refusal: 429, that is too much.
        """
        size = len(self.request.body)
        if (seconds := BYTES.wait_for(self.reader.code, size)) > 0:
            await self.hold_refusal()
            raise Refusal(HTTPStatus.TOO_MANY_REQUESTS, wait=seconds)
        await self.count(BYTES_OF_ADDRESS, size)

    def batch(self) -> Batch:
        """What the request carries, if it comes from a page of who is logged in. It may take a while.

        Raises:
            Refusal: 400 or 409.
        """
        try:
            batch = read_batch(self.request.body, datetime.now(UTC))
        except MalformedBatch as error:
            raise Refusal(HTTPStatus.BAD_REQUEST, str(error)) from error
        self.check_person(batch.participant)
        return batch

    def told(self, receipt: Receipt | None) -> dict[str, str] | None:
        """A receipt as a page shows it."""
        if receipt is None:
            return None
        url = f"{self.base_url}tanda-terima/{receipt.code}"
        return {"code": receipt.code, "url": url, "at": long_time(receipt.submitted_at)}


class AssignmentAnswers(AnswersHandler):
    """Answers to an assignment."""

    def find(self, *names: str) -> Sheet:
        """Return the assignment's questions."""
        return assignment_sheet(self.access.started(names[0]).assignment)


class LessonAnswers(AnswersHandler):
    """Answers to a lesson's exercises."""

    def find(self, *names: str) -> Sheet:
        """Return the lesson's exercises."""
        course, slug = names
        return practice_sheet(self.access.lesson(course, slug))


class SendAnswers(AssignmentAnswers):
    """Kirim, asked by the page: once all it holds has been kept."""

    @allow_unauthenticated
    async def get(self, *names: str) -> None:
        """Nothing: a receipt is told with the answers."""
        raise Refusal(HTTPStatus.METHOD_NOT_ALLOWED)

    @allow_unauthenticated
    async def post(self, *names: str) -> None:
        """Send what is kept; the same `key` leads to the same receipt."""
        key, code = self.key(), self.reader.code
        if (seconds := SENDS.wait_for(code)) > 0:
            await self.hold_refusal()
            raise Refusal(HTTPStatus.TOO_MANY_REQUESTS, wait=seconds)

        def send() -> Receipt:
            sheet = self.sheet(*names)
            seen = self.access.assignment(sheet.name)
            if seen.state == "closed":
                return self.sent_before_closing(seen)
            return submit(self.records, code, sheet.name, sheet.questions, key=key)

        try:
            receipt = await self.keep(send)
        except (NothingToSend, SheetClosed) as error:
            raise Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, str(error)) from error
        self.answer({"receipt": self.told(receipt)})

    def sent_before_closing(self, seen: Seen) -> Receipt:
        """Return the receipt of a test that is closed by now.

        Raises:
            Refusal: 422, nothing was sent.
        """
        sent = latest_submission(self.records, self.reader.code, seen.assignment.name)
        if sent is None:
            raise Refusal(
                HTTPStatus.UNPROCESSABLE_ENTITY,
                f"{seen.title} sudah ditutup pelatih. Jawaban Anda tetap tersimpan. "
                "Beri tahu pelatih bila belum sempat mengirim.",
            )
        return sent

    def key(self) -> str:
        """What the page calls this wish to send.

        Raises:
            Refusal: 400 or 409.
        """
        if len(self.request.body) > LARGEST_WISH:
            raise Refusal(HTTPStatus.BAD_REQUEST, str(MalformedBatch()))
        try:
            sent = json.loads(self.request.body)
            person, key = sent["participant"], sent["key"]
        except (ValueError, KeyError, TypeError, RecursionError):
            raise Refusal(HTTPStatus.BAD_REQUEST, str(MalformedBatch())) from None
        self.check_person(person)
        if not isinstance(key, str) or not key.isascii() or not 8 <= len(key) <= 64:
            raise Refusal(HTTPStatus.BAD_REQUEST, str(MalformedBatch()))
        return key


ROUTES: list[Route] = [
    (f"pelajaran/{NAME}/{NAME}/jawaban", LessonAnswers),
    (f"tugas/{NAME}/jawaban", AssignmentAnswers),
    (f"tugas/{NAME}/jawaban/kirim", SendAnswers),
]
