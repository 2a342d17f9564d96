"""The identity provider: participants by signed cookie, and by nothing else from the browser."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from jupyter_server.auth.identity import IdentityProvider, User
from tornado import web

from umkm_apps.runtime.context import context_in
from umkm_apps.runtime.login_cookie import LOGIN_COOKIE, login_in
from umkm_apps.runtime.records_threads import Unavailable
from umkm_records import Participant, StorageError
from umkm_records.people import session_owner

#: How long a browser keeps the cookie.
COOKIE_SECONDS = 14 * 24 * 3600


@dataclass
class ParticipantUser(User):
    """A logged-in participant as a user of jupyter_server."""

    participant: Participant | None = None
    #: Names one login (`umkm_records.begin_session`), and with it one browser.
    browser: str = ""


def as_user(participant: Participant, browser: str) -> ParticipantUser:
    """Return the server's user for a participant; `username` is the participant code."""
    return ParticipantUser(
        username=participant.code,
        name=participant.name,
        display_name=participant.name,
        participant=participant,
        browser=browser,
    )


class ParticipantIdentity(IdentityProvider):
    """Reads and writes the login cookie.

    The cookie holds the name of this login, signed by the server. Whose it is stands in the records
    and is looked up at each request: Keluar ends the login, also for whoever has copied the cookie,
    and a reset PIN or an erasure ends all of a person's.
    """

    def __init__(self, **kwargs: Any) -> None:
        # Voila hands over its own token and login handler; neither may open a door here.
        kwargs["token"] = ""
        kwargs.pop("login_handler_class", None)
        super().__init__(**kwargs)
        self.cookie_name = LOGIN_COOKIE
        # Tornado's own date of expiry comes from this laptop's clock, which may be years off: what
        # counts for the browser is the number of seconds.
        self.cookie_options = {"samesite": "Lax", "httponly": True, "max_age": COOKIE_SECONDS}

    @property
    def auth_enabled(self) -> bool:
        """Return True: there is no anonymous reader."""
        return True

    def get_handlers(self) -> list[tuple[str, object]]:
        """Return none: Masuk and Keluar are pages of ours."""
        return []

    async def get_user_token(self, handler: web.RequestHandler) -> User | None:
        """Return None: a token in an address or a header is no login."""
        return None

    def user_to_cookie(self, user: User) -> str:
        """Return the cookie's text for a participant."""
        return json.dumps({"login": getattr(user, "browser", "")})

    async def get_user_cookie(self, handler: web.RequestHandler) -> User | None:
        """Return the participant whom the cookie names, or None: it is malformed, its login over.

        jupyter_server's own takes every error for nobody, and deletes the cookie: a short outage
        of the database would log out everybody who asks meanwhile.

        Raises:
            Unavailable: the records do not answer now.
            StorageError: they cannot be read.
        """
        name = self.login_of(handler)
        if name is None:
            return None
        context = context_in(handler.settings)
        try:
            participant = await context.reading.run(session_owner, context.records, name)
        except (Unavailable, StorageError):
            # Whoever draws the refusal asks who reads it; the cookie stays as it is.
            asked: Any = handler
            asked.current_user = asked._jupyter_current_user = None  # noqa: SLF001
            raise
        if participant is None or not context.admits(participant):
            return None
        return as_user(participant, name)

    def login_of(self, handler: web.RequestHandler) -> str | None:
        """Return the name of the login in the request's cookie, over or not; None without one."""
        signed = handler.get_signed_cookie(
            self.get_cookie_name(handler), **self.get_secure_cookie_kwargs
        )
        return login_in(signed.decode()) if signed else None
