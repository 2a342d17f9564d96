"""The base of the JSON API that page scripts use: authentication, rate limits, error format.

What a page is told is JSON with `message` in the trainee's words; the page decides from the status
what to do with what it holds:

    200  done                     401  log in again        409  another person is logged in now
    403  the token is stale       429, 503, 507  later       400, 404, 413, 422  not in this form
"""

from __future__ import annotations

import json
import math
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any, ClassVar

from tornado import web

from umkm_apps.answers.batch import in_milliseconds
from umkm_apps.auth.identity import ParticipantIdentity
from umkm_apps.runtime.networks import is_this_computer
from umkm_apps.runtime.rate_limit import RateLimiter
from umkm_apps.runtime.records_threads import Unavailable
from umkm_records import StorageError

from .base import PageHandler, as_http_error
from .callers import address_of

#: Requests of one address by pages, whoever is logged in there: one phone may have many accounts.
OF_ADDRESS = RateLimiter(burst=300, per_second=60)
_OTHER_PERSON = "HP ini sekarang dipakai masuk oleh peserta lain."
_LOG_IN = "Silakan masuk lagi."


class ApiError(web.HTTPError):
    """An error with a status, words for the participant, and seconds to wait."""

    def __init__(self, status: int, message: str = "", wait: float = 0) -> None:
        super().__init__(status)
        self.words = message
        self.wait = wait


class JsonApiHandler(PageHandler):
    """Base handler of the JSON API."""

    #: How often one person's pages may ask.
    pace: ClassVar[RateLimiter]

    async def prepare(self) -> None:  # type: ignore[override]
        """Refuse whoever is unknown or asks too often."""
        await super().prepare()
        if self.participant is None:
            raise ApiError(HTTPStatus.UNAUTHORIZED, _LOG_IN)
        if (seconds := self.pace.wait_for(self.participant.code)) > 0:
            await self.delay_refusal()
            raise ApiError(HTTPStatus.TOO_MANY_REQUESTS, wait=seconds)

    async def apply_rate_limits(self) -> None:
        """Count these apart from the pages: here by address, in `pace` by person.

        Raises:
            ApiError: 429, the address asks too often.
            tornado.web.HTTPError: 429, it does so without a login.
        """
        provider: ParticipantIdentity = self.settings["identity_provider"]
        if provider.login_of(self) is None:
            await super().apply_rate_limits()
            return
        await self.count(OF_ADDRESS)

    async def count(self, pace: RateLimiter, amount: float = 1) -> None:
        """Take a request, or its bytes, from the bucket of the address it comes from.

        Raises:
            ApiError: 429, that is more than one address may.
        """
        address = address_of(self)
        if not is_this_computer(address) and (seconds := pace.wait_for(address, amount)) > 0:
            await self.delay_refusal()
            raise ApiError(HTTPStatus.TOO_MANY_REQUESTS, wait=seconds)

    def check_person(self, code: object) -> None:
        """Raise where another participant is logged in by now than the page was opened for.

        Raises:
            ApiError: 409.
        """
        if code != self.reader.code:
            raise ApiError(HTTPStatus.CONFLICT, _OTHER_PERSON)

    def answer(self, content: dict[str, Any]) -> None:
        """Finish with JSON and the time of this laptop."""
        self.set_header("Content-Type", "application/json")
        self.finish(json.dumps({"now": in_milliseconds(datetime.now(UTC)), **content}))

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Write the error as JSON: a page's script reads it."""
        error = as_http_error(kwargs.get("exc_info", (None, None))[1])
        if isinstance(error, Unavailable):
            status_code = HTTPStatus.SERVICE_UNAVAILABLE
        elif isinstance(error, StorageError):
            status_code = HTTPStatus.INSUFFICIENT_STORAGE
        words = getattr(error, "words", "") or (
            error.for_people if isinstance(error, StorageError) else ""
        )
        self.set_status(status_code)
        if wait := getattr(error, "wait", 0):
            self.set_header("Retry-After", str(math.ceil(wait)))
        self.answer({"message": words})
