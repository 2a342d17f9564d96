"""Who is asking: participants by signed cookie, never by anything else the browser says."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from typing import Any

from jupyter_server.auth.identity import IdentityProvider, User
from tornado import web

from umkm_records import Participant, Records, get_participant


@dataclass
class ParticipantUser(User):
    """A logged-in participant as jupyter_server wants to see a user."""

    participant: Participant | None = None
    #: Names one login, and with it one browser.
    browser: str = ""


def as_user(participant: Participant, browser: str = "") -> ParticipantUser:
    """The server's user for a participant; `username` is the participant code.

    Without `browser` it is a login that begins now.
    """
    return ParticipantUser(
        username=participant.code,
        name=participant.name,
        display_name=participant.name,
        participant=participant,
        browser=browser or secrets.token_urlsafe(12),
    )


class ParticipantIdentity(IdentityProvider):
    """Reads and writes the login cookie.

    The cookie holds a participant code, a session version and a name for this login, signed by the
    server. The profile is looked up at each request, so a reset PIN or an erased person ends every
    open session at once.
    """

    def __init__(self, **kwargs: Any) -> None:
        # Voila hands over its own token and login handler; neither may open a door here.
        kwargs["token"] = ""
        kwargs.pop("login_handler_class", None)
        super().__init__(**kwargs)
        self.cookie_name = "umkm-masuk"
        self.cookie_options = {"samesite": "Lax", "httponly": True, "expires_days": 14}

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
        participant = getattr(user, "participant", None)
        version = participant.session_version if participant else 0
        browser = getattr(user, "browser", "")
        return json.dumps({"code": user.username, "version": version, "browser": browser})

    def user_from_cookie(self, cookie_value: str) -> User | None:
        """The participant a cookie names, or None when it is malformed or no longer good."""
        try:
            claim = json.loads(cookie_value)
            code, version = str(claim["code"]), int(claim["version"])
            browser = str(claim.get("browser", "")) or "awal"
        except (ValueError, KeyError, TypeError):
            return None
        participant = get_participant(self.records, code)
        if participant is None or participant.session_version != version:
            return None
        return as_user(participant, browser) if self.admits(participant) else None

    def admits(self, participant: Participant) -> bool:
        """Whether this server is for the participant's class.

        A laptop may hold the sample class, whose PIN is printed in the README, beside real ones.
        """
        server: Any = self.parent
        return server.umkm.cohort in {None, participant.cohort}
