"""Who is asking: participants by signed cookie, never by anything else the browser says."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from jupyter_server.auth.identity import IdentityProvider, User
from tornado import web

from umkm_apps.runtime.records_threads import Unavailable
from umkm_records import Participant, Records, StorageError
from umkm_records.people import session_owner

#: How long a browser keeps the cookie.
COOKIE_SECONDS = 14 * 24 * 3600


@dataclass
class ParticipantUser(User):
    """A logged-in participant as jupyter_server wants to see a user."""

    participant: Participant | None = None
    #: Names one login (`umkm_records.begin_session`), and with it one browser.
    browser: str = ""


def as_user(participant: Participant, browser: str) -> ParticipantUser:
    """The server's user for a participant; `username` is the participant code."""
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
        self.cookie_name = "umkm-masuk"
        # Tornado's own date of expiry comes from this laptop's clock, which may be years off: what
        # counts for the browser is the number of seconds.
        self.cookie_options = {"samesite": "Lax", "httponly": True, "max_age": COOKIE_SECONDS}

    @property
    def auth_enabled(self) -> bool:
        """Always: there is no anonymous reader."""
        return True

    @property
    def records(self) -> Records:
        """The records of the server this provider belongs to."""
        server: Any = self.parent
        records: Records = server.records
        return records

    def get_handlers(self) -> list[tuple[str, object]]:
        """None: Masuk and Keluar are pages of ours."""
        return []

    async def get_user_token(self, handler: web.RequestHandler) -> User | None:
        """None: a token in an address or a header is no way in."""
        return None

    def user_to_cookie(self, user: User) -> str:
        """The cookie's text for a participant."""
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
        server: Any = self.parent
        try:
            participant = await server.reading.run(session_owner, self.records, name)
        except (Unavailable, StorageError):
            # Whoever draws the refusal asks who reads it; the cookie stays as it is.
            asked: Any = handler
            asked.current_user = asked._jupyter_current_user = None  # noqa: SLF001
            raise
        if participant is None or not self.admits(participant):
            return None
        return as_user(participant, name)

    def login_of(self, handler: web.RequestHandler) -> str | None:
        """Return the name of the login in the request's cookie, over or not; None without one."""
        signed = handler.get_signed_cookie(
            self.get_cookie_name(handler), **self.get_secure_cookie_kwargs
        )
        return _login_in(signed.decode()) if signed else None

    def admits(self, participant: Participant) -> bool:
        """Whether this server is for the participant's class.

        A laptop may hold the sample class, whose PIN is printed in the README, beside real ones.
        """
        server: Any = self.parent
        # Who was taken out of their only class is in none, and reads nothing.
        return bool(participant.cohort) and server.umkm.cohort in {None, participant.cohort}


def _login_in(cookie: str) -> str | None:
    """Return the name of the login in a cookie that we signed, or None where it has none."""
    try:
        return str(json.loads(cookie)["login"])
    except (ValueError, KeyError, TypeError):
        return None
