"""Masuk, Daftar, Keluar."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import fields
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

from jupyter_server.auth.decorator import allow_unauthenticated
from tornado import web

from umkm.regions import BUSINESS_KINDS, KELURAHAN
from umkm_apps.auth.identity import as_user
from umkm_apps.runtime.rate_limit import RateLimiter
from umkm_apps.runtime.records_threads import TimeLimit
from umkm_apps.web.addresses import Route
from umkm_apps.web.consent import CONSENT
from umkm_records import FormError, Participant, Registration, log_in, record_event, register
from umkm_records.classes import cohort_by_join_code
from umkm_records.errors import LockedOut, RegistrationPaused, WrongLogin
from umkm_records.people import PHONE_TAKEN, begin_session, end_session

from .base import PageHandler
from .callers import address_of, caller_of, remember
from .fair_executor import RETRY_AFTER, FairExecutor, QueueFull
from .queue_page import QueuedPageHandler

#: Jobs that cost an argon2, by address; one takes some 25 ms on the laptop we think of.
HASH_EXECUTOR = FairExecutor("hash", workers=2, most=40, most_of_one=20)
#: A full line of forms before argon2 is through well before, also on a slow laptop.
LOGIN_LIMIT = TimeLimit("login", seconds=20)
#: Forms that one address may send to Masuk or Daftar: a class behind one Wi-Fi router fits, a script not.
FORMS = RateLimiter(burst=120, per_second=2)
BUSY = (
    "Terlalu banyak yang masuk atau mendaftar bersamaan. Isian Anda belum dikirim. "
    f"Tunggu {RETRY_AFTER} detik, lalu coba lagi."
)

OTHER_CLASS = "Kode ini untuk kelas lain. Lihat kode di layar pelatih."
#: The signed cookie of somebody whose PIN is right and who is not in this class yet (web/joining.py).
PIN_CHECKED = "umkm-gabung"
#: Seconds that it lasts.
PIN_CHECKED_SECONDS = 600

#: Addresses of our own pages: one slash, then plain words.
LOCAL_PATH = re.compile(r"/(?:[A-Za-z0-9_-]+(?:/[A-Za-z0-9_-]+)*/?)?")


class CredentialsHandler(PageHandler):
    """Base of the handlers for Masuk, Daftar and Gabung."""

    async def let_in(self, participant: Participant) -> None:
        """Begin a login of this participant in this browser, and end the one it had."""
        old, code = getattr(self.current_user, "browser", ""), participant.code
        name = await self.write_records(lambda: begin_session(self.records, code))
        if old:
            await self.write_records(lambda: end_session(self.records, old))
        user = as_user(participant, name)
        self.identity_provider.set_login_cookie(self, user)
        remember(self, code)
        self._jupyter_current_user = user

    async def hashed(self, job: Callable[..., Participant], *args: Any) -> Participant:
        """Run a job that costs an argon2 in the threads for it.

        Raises:
            QueueFull: the line is full, or this address sends form after form.
            Unavailable: the records do not answer now.
        """
        address = address_of(self)
        try:
            if FORMS.wait_for(address):
                raise QueueFull
            return await LOGIN_LIMIT.wait_for(lambda: HASH_EXECUTOR.run(address, job, *args))
        except QueueFull:
            await self.delay_refusal()
            raise

    def ask_for_patience(self, status: int, seconds: float) -> None:
        """Set a status that says "later", and when."""
        self.set_status(status)
        self.set_header("Retry-After", str(max(1, math.ceil(seconds))))

    def next_url(self) -> str:
        """Return where to go after login: an address on this server, whatever was asked for."""
        path = self.get_argument("next", "", strip=False).split("?")[0]
        # Browsers strip tabs and turn backslashes: only letters that mean themselves are let through.
        local = LOCAL_PATH.fullmatch(path) and path.startswith(self.base_url)
        return path if local else self.base_url

    def join_code(self) -> str:
        """Return the class code that came with the address or the form."""
        return self.get_argument("kelas", "")[:20]

    def with_class(self, address: str, code: str) -> str:
        """Return an address of ours that keeps the class code, if there is one."""
        return f"{address}?{urlencode({'kelas': code})}" if code else address


class LogIn(CredentialsHandler):
    """Masuk."""

    @allow_unauthenticated
    def get(self) -> None:
        """Show the form; redirect who is logged in already to where they wanted to go."""
        if self.participant is not None:
            self.redirect(self.next_url())
            return
        self.show()

    # Without it a HEAD is sent to Masuk for ever, and what looks whether a page is up finds none.
    head = get

    @allow_unauthenticated
    async def post(self) -> None:
        """Check the PIN."""
        # Of the body alone: an address stands in the log, and in the browser's history.
        identifier, pin = self.get_body_argument("nomor", ""), self.get_body_argument("pin", "")
        try:
            participant = await self.hashed(
                log_in, self.records, identifier, pin, None, caller_of(self)
            )
        except QueueFull:
            self.ask_for_patience(503, RETRY_AFTER)
            self.show(identifier, BUSY)
            return
        except WrongLogin as refusal:
            self.set_status(401)
            self.show(identifier, str(refusal))
            return
        except LockedOut as refusal:
            self.ask_for_patience(429, (refusal.until - datetime.now(UTC)).total_seconds())
            self.show(identifier, str(refusal))
            return
        if not self.context.admits(participant):
            self.set_signed_cookie(
                PIN_CHECKED,
                f"{participant.code} {participant.session_version}",
                expires_days=None,
                max_age=PIN_CHECKED_SECONDS,
                path=self.base_url,
                httponly=True,
                samesite="Lax",
            )
            self.redirect(self.with_class(f"{self.base_url}gabung", self.join_code()), status=303)
            return
        await self.let_in(participant)
        self.redirect(self.next_url(), status=303)

    def show(self, identifier: str = "", problem: str = "") -> None:
        """Show the form, with what was typed and what was wrong."""
        notice = "Anda sudah keluar." if self.get_argument("keluar", "") else ""
        self.render_page(
            "masuk.html",
            identifier=identifier[:40],
            problem=problem,
            notice=notice,
            next_url=self.next_url(),
            join_code=self.join_code(),
            register_url=self.with_class(f"{self.base_url}daftar", self.join_code()),
        )


class Register(CredentialsHandler):
    """Daftar."""

    @allow_unauthenticated
    def get(self) -> None:
        """Show the empty form; the class code may come with the address.

        The QR code on the trainer's screen leads here: who is logged in already goes on to Beranda.
        """
        if self.participant is not None:
            self.redirect(self.base_url)
            return
        self.show({"join_code": self.join_code()}, {})

    head = get

    @allow_unauthenticated
    async def post(self) -> None:
        """Register and log in, and show the participant code."""
        typed: dict[str, Any] = {
            f.name: self.get_body_argument(f.name, "") for f in fields(Registration)
        }
        typed |= {
            "consent_version": CONSENT.version,
            "consent_given": bool(typed["consent_given"]),
        }
        form = Registration(**typed)
        asked = await self.read_records(lambda: cohort_by_join_code(self.records, form.join_code))
        served = self.served_class
        if asked is not None and served not in (None, asked.id):
            self.set_status(422)
            self.show(typed, {"join_code": OTHER_CLASS})
            return
        try:
            participant = await self.hashed(register, self.records, form, None, address_of(self))
        except FormError as error:
            self.set_status(422)
            self.show(typed, dict(error.errors))
            return
        except QueueFull:
            self.ask_for_patience(503, RETRY_AFTER)
            self.show(typed, {}, BUSY)
            return
        except RegistrationPaused as refusal:
            self.ask_for_patience(429, (refusal.until - datetime.now(UTC)).total_seconds())
            self.show(typed, {}, str(refusal))
            return
        code, cohort = participant.code, participant.cohort
        await self.write_records(lambda: record_event(self.records, code, "registered", cohort))
        await self.let_in(participant)
        self.render_page("terdaftar.html", participant=participant)

    def show(self, typed: dict[str, Any], errors: dict[str, str], problem: str = "") -> None:
        """Show the form, with what was typed (never the PIN) and what was wrong."""
        blank = dict.fromkeys((f.name for f in fields(Registration)), "")
        districts: dict[str, list[tuple[str, str]]] = {}
        for place in KELURAHAN:
            districts.setdefault(f"Kec. {place.kecamatan}", []).append((place.code, place.name))
        count = len(errors)
        self.render_page(
            "daftar.html",
            form=SimpleNamespace(**{**blank, **typed}),
            errors=SimpleNamespace(**{**blank, **errors}) if errors else SimpleNamespace(**blank),
            summary=f"Ada {count} isian yang perlu diperbaiki." if errors else problem,
            business_kinds=[("", list(BUSINESS_KINDS.items()))],
            kelurahan=[
                (name, sorted(places, key=lambda p: p[1])) for name, places in districts.items()
            ],
            consent=CONSENT,
            login_url=self.with_class(
                f"{self.base_url}masuk", str(typed.get("join_code", ""))[:20]
            ),
            is_known=errors.get("phone") == PHONE_TAKEN,
        )


class LogOut(QueuedPageHandler):
    """Keluar."""

    @web.authenticated
    async def post(self) -> None:
        """End the login and close this browser's pages; answers stay where they are."""
        await self.write_records(lambda: end_session(self.records, self.browser))
        await self.kernels.log_out(self.reader.code, self.browser)
        self.identity_provider.clear_login_cookie(self)
        self.redirect(f"{self.base_url}masuk?keluar=1", status=303)


ROUTES: list[Route] = [
    ("masuk", LogIn),
    ("daftar", Register),
    ("keluar", LogOut),
]
