"""The JSON API for *Periksa*: a practice answer is marked without a page session.

A page asks here while its WebSocket is down, or its session has ended; and later, for what was
pressed without a signal (docs/sync.md). The same check may come twice, or by the WebSocket too: its
key says so, and it counts once.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

from jupyter_server.auth.decorator import allow_unauthenticated

from umkm.exercise import clean_answer
from umkm_apps.answers.answer_sheets import lesson_sheet
from umkm_apps.answers.batch import MalformedBatch
from umkm_apps.page_sessions.in_process.single_check import (
    Checked,
    MalformedAnswer,
    check_once,
    read_practice,
)
from umkm_apps.runtime.rate_limit import RateLimiter
from umkm_apps.web.addresses import NAME, Route
from umkm_courses import UnknownContent
from umkm_records import SheetClosed, record_event, result_of
from umkm_widgets.practice_question import PracticeQuestion

from .json_api import ApiError, JsonApiHandler
from .lesson_page import actions_of

#: Checks of one person: as many as a page may record (page_sessions/in_process/answers.py).
PACE = RateLimiter(burst=20, per_second=1)
#: Bytes of a request: one answer. The largest is a table of some thousand bytes.
LARGEST: Final = 20_000
_KEY: Final = re.compile(r"[A-Za-z0-9-]{8,64}")
_NOT_ASKED: Final = "Soal ini tidak ada di pelajaran ini. Muat ulang halaman."


@dataclass(frozen=True)
class CheckRequest:
    """What a page sends: its participant, a question, the answer to it, and the key of the check."""

    participant: str
    question: str
    answer: object
    key: str


class CheckAnswer(JsonApiHandler):
    """*Periksa* for an exercise of a lesson."""

    pace = PACE

    @allow_unauthenticated
    async def post(self, course: str, slug: str) -> None:
        """Mark an answer, record the check, and return what the question shows now."""
        if len(self.request.body) > LARGEST:
            raise ApiError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, str(MalformedBatch()))
        checked = await self.write_records(lambda: self.mark(course, slug))
        self.answer({"traits": checked.traits})

    def mark(self, course: str, slug: str) -> Checked:
        """Return what the check shows, once it is recorded.

        Raises:
            ApiError: the request cannot be read, names no exercise of this reader's, or its sheet
                is closed.
            StorageError: it is not recorded; the page asks again later.
        """
        request = read_request(self.request.body)
        self.check_person(request.participant)
        code = self.reader.code
        try:
            lesson = self.access.lesson(course, slug)
        except UnknownContent:
            raise ApiError(HTTPStatus.NOT_FOUND) from None
        practice = practice_of(lesson.path, lesson.path.stat().st_mtime_ns).get(request.question)
        if practice is None:
            raise ApiError(HTTPStatus.NOT_FOUND, _NOT_ASKED)
        sheet = lesson_sheet(lesson)
        if result_of(self.records, code, sheet) is not None:
            raise ApiError(HTTPStatus.UNPROCESSABLE_ENTITY, str(SheetClosed()))
        try:
            checked = check_once(request.question, practice, code, request.answer)
        except MalformedAnswer as error:
            raise ApiError(HTTPStatus.UNPROCESSABLE_ENTITY, str(error)) from error
        detail: dict[str, object] = {"question": request.question, "verdict": checked.verdict}
        if checked.misunderstandings:
            detail["misunderstandings"] = list(checked.misunderstandings)
        record_event(self.records, code, "checked", sheet, detail, key=request.key)
        return checked


@lru_cache(maxsize=64)
def practice_of(path: Path, version: int) -> Mapping[str, PracticeQuestion]:
    """Return the exercises of a lesson that can be marked without a kernel, read again when it changes."""
    actions = actions_of(path, version)
    return {} if actions is None else read_practice(actions, path.parent)


def read_request(body: bytes) -> CheckRequest:
    """Return what a page sent.

    Raises:
        ApiError: 400, it is anything else.
    """
    try:
        sent: Any = json.loads(body)
        found = CheckRequest(
            sent["participant"], sent["question"], clean_answer(sent["answer"]), sent["key"]
        )
        is_text = all(
            isinstance(text, str) for text in (found.participant, found.question, found.key)
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        is_text = False
    if not is_text or not _KEY.fullmatch(found.key):
        raise ApiError(HTTPStatus.BAD_REQUEST, str(MalformedBatch()))
    return found


ROUTES: list[Route] = [
    (f"pelajaran/{NAME}/{NAME}/periksa", CheckAnswer),
]
