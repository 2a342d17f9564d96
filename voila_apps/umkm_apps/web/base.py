"""The base of all handlers: records, rate limits, rendering, errors in plain words, headers."""

from __future__ import annotations

import asyncio
import hashlib
import random
import time
from collections.abc import Callable
from functools import cache
from http import HTTPStatus
from typing import Any, ClassVar, TypeVar

from jupyter_server.base.handlers import JupyterHandler
from tornado import web

from umkm_apps.answers.access import Access
from umkm_apps.auth.identity import ParticipantIdentity
from umkm_apps.runtime.context import ServerContext, context_in
from umkm_apps.runtime.networks import is_this_computer
from umkm_apps.runtime.rate_limit import RateLimiter
from umkm_apps.runtime.records_threads import Unavailable
from umkm_apps.runtime.settings import TEMPLATE
from umkm_courses import Catalogue
from umkm_records import Participant, Records, StorageError

from .callers import address_of

#: Pages drawn by the server: no inline script, nothing from another host.
PAGE_POLICY = "; ".join(
    [
        "default-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
)
#: Lessons and assignments: scripts of ours and the modules that widgets bring along (blob), nothing
#: inline and no eval. Style stays open: widgets, tables and pandas put it on elements, and nothing it
#: could name is on another host.
STUDY_POLICY = "; ".join(
    [
        "default-src 'self'",
        "script-src 'self' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "media-src 'self' data: blob:",
        "font-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
)

Found = TypeVar("Found")

#: Requests of one login. Beranda costs some 10 ms of the one thread that answers everybody.
OF_LOGIN = RateLimiter(burst=30, per_second=3)
#: Requests of one address, of whichever login: a class behind one Wi-Fi router fits.
OF_ADDRESS = RateLimiter(burst=160, per_second=20)
#: Seconds a request waits for its turn; one that would wait longer is refused.
LONGEST_TURN = 5.0
#: Seconds before a refusal is sent. Refusing costs little, but who is refused asks again at once.
REFUSAL_AFTER = (0.5, 1.5)

#: The cookie that tells pages the time of this laptop, in milliseconds.
CLOCK = "umkm-jam"

ERRORS = {
    403: (
        "Halaman ini bukan untuk Anda",
        "Kembali ke Beranda. Bila baru masuk lagi, coba sekali lagi.",
    ),
    404: (
        "Halaman tidak ada",
        "Mungkin alamatnya salah ketik. Kembali ke Beranda untuk memilih pelajaran.",
    ),
    429: (
        "Terlalu sering dibuka",
        "HP ini meminta terlalu banyak halaman sekaligus. Tunggu sebentar, lalu muat ulang halaman ini.",
    ),
    503: ("Laptop pelatih sedang sibuk", "Tunggu satu menit, lalu muat ulang halaman ini."),
    504: (
        "Halaman ini terlalu lama disiapkan",
        "Tunggu sebentar, lalu muat ulang halaman ini. Bila tetap begini, beri tahu pelatih Anda.",
    ),
    507: (
        "Belum tersimpan",
        "Tempat simpan di laptop pelatih penuh. Beri tahu pelatih, lalu coba lagi.",
    ),
}


@cache
def asset_version(name: str) -> str:
    """Return a short hash of a static file, so that its address changes when it does."""
    return hashlib.sha256((TEMPLATE / "static" / name).read_bytes()).hexdigest()[:12]


def asset_address(base_url: str, name: str) -> str:
    """Return the address of a static file, good for a year."""
    return f"{base_url}aset/{asset_version(name)}/{name}"


class PageHandler(JupyterHandler):
    """A page drawn by the server, in Bahasa Indonesia."""

    #: How often one login may ask for pages of this kind.
    of_login: ClassVar[RateLimiter] = OF_LOGIN

    @property
    def content_security_policy(self) -> str:
        """Return what this page may load."""
        return PAGE_POLICY

    @property
    def context(self) -> ServerContext:
        """Return what all handlers of this server share."""
        return context_in(self.settings)

    @property
    def records(self) -> Records:
        """Return the class's records."""
        return self.context.records

    @property
    def catalogue(self) -> Catalogue:
        """Return the courses on offer."""
        return self.context.catalogue

    @property
    def served_class(self) -> str | None:
        """Return the one class this server is for, if it is for one."""
        return self.context.settings.cohort

    @property
    def participant(self) -> Participant | None:
        """Return who is logged in, if anyone."""
        return getattr(self.current_user, "participant", None)

    @property
    def reader(self) -> Participant:
        """Return the participant who opened a page behind login."""
        if self.participant is None:
            raise web.HTTPError(403)
        return self.participant

    @property
    def access(self) -> Access:
        """Return what the reader may see now; whatever an address names is looked up there."""
        return Access(self.records, self.catalogue, self.reader)

    async def read_records(self, job: Callable[[], Found]) -> Found:
        """Return what a job finds in the records, which no handler reads in the event loop.

        Raises:
            Unavailable: the records do not answer now.
        """
        return await self.context.reading.run(job)

    async def write_records(self, job: Callable[[], Found]) -> Found:
        """Return what a job gives that writes to the records: a commit waits for the disk.

        Raises:
            Unavailable: the records do not answer now.
        """
        return await self.context.writing.run(job)

    def asset(self, name: str) -> str:
        """Return the address of a static file, good for a year."""
        return asset_address(self.base_url, name)

    async def prepare(self) -> None:  # type: ignore[override]
        """Apply the rate limits, and set the cookie with the time of this laptop.

        A phone's own clock may be years off. An answer given without signal is later dated by
        this time and what has gone by since (web/answers.py).

        Raises:
            tornado.web.HTTPError: 429, too much is asked for at once.
        """
        await self.apply_rate_limits()
        self.set_cookie(CLOCK, str(round(time.time() * 1000)), path=self.base_url, samesite="Lax")
        further = await super().prepare()
        if further is not None:
            await further

    async def apply_rate_limits(self) -> None:
        """Wait until this login and address may ask again.

        Raises:
            tornado.web.HTTPError: 429, the turn is too far away.
        """
        provider: ParticipantIdentity = self.settings["identity_provider"]
        address, login = address_of(self), provider.login_of(self)
        turns = [self.of_login.reserve(login, LONGEST_TURN)] if login else []
        if not is_this_computer(address):
            turns.append(OF_ADDRESS.reserve(address, LONGEST_TURN))
        waits = [turn for turn in turns if turn is not None]
        if len(waits) < len(turns):
            await self.delay_refusal()
            self.current_user = self._jupyter_current_user = None
            raise web.HTTPError(HTTPStatus.TOO_MANY_REQUESTS)
        if wait := max(waits, default=0):
            await asyncio.sleep(wait)

    async def delay_refusal(self) -> None:
        """Wait a little before refusing, so that who is refused cannot ask again at once."""
        await asyncio.sleep(random.uniform(*REFUSAL_AFTER))  # noqa: S311  no secret

    def _request_summary(self) -> str:
        """Return how the log names this request: never by what a form or an address carries."""
        return f"{self.request.method} {self.request.path[:200]} ({self.request.remote_ip})"

    def set_default_headers(self) -> None:
        """Exclude people's pages of shared caches and other sites' frames."""
        super().set_default_headers()
        self.set_header("Cache-Control", "no-store")
        self.set_header("Referrer-Policy", "same-origin")

    def render_page(self, name: str, **values: Any) -> None:
        """Finish the request with a template of ours."""
        template = self.settings["voila_jinja2_env"].get_template(name)
        self.finish(
            template.render(
                base_url=self.base_url,
                participant=values.pop("participant", self.participant),
                xsrf_form_html=self.xsrf_form_html(),
                **values,
            )
        )

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Write a page that says what happened and what to do; details go to the log only."""
        error = as_http_error(kwargs.get("exc_info", (None, None))[1])
        if isinstance(error, Unavailable):
            status_code = 503
        elif isinstance(error, StorageError):
            status_code = 507
        heading, advice = ERRORS.get(
            status_code,
            (
                "Maaf, ada masalah",
                "Muat ulang halaman ini. Bila tetap begini, beri tahu pelatih Anda.",
            ),
        )
        if isinstance(error, Unavailable):
            heading, advice = "Server kelas sedang sibuk", error.words
            self.set_header("Retry-After", str(error.wait))
            if self.request.method == "GET":
                self.set_header("Refresh", str(error.wait))
        elif isinstance(error, StorageError):
            advice = error.for_people
        elif status_code == HTTPStatus.TOO_MANY_REQUESTS:
            self.set_header("Retry-After", str(round(LONGEST_TURN)))
        self.set_status(status_code)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.render_page("error.html", heading=heading, advice=advice)


def as_http_error(error: BaseException | None) -> BaseException | None:
    """Return an error as it is told: trouble with the records that passes is `Unavailable`."""
    if isinstance(error, StorageError) and error.passing:
        return Unavailable(error)
    return error


class NotFound(PageHandler):
    """All addresses without a route."""

    async def prepare(self) -> None:  # type: ignore[override]
        """Respond with 404, whoever asks and however; a login form would tell that something is there."""
        await self.apply_rate_limits()
        self.current_user = self._jupyter_current_user = None
        raise web.HTTPError(404)


class NoStatic(NotFound):
    """The addresses that Tornado adds for static files; nothing is there."""

    def initialize(self, path: str) -> None:
        """Take the folder Tornado hands over; nothing of it is served."""
