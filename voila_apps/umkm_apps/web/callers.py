"""The caller of a request: its network address, and its browser if that is known.

The browser's cookie holds a name and the codes of those who logged in there, signed by the server.
It lets nobody in. Somebody whose code is in it is not kept out by what others type elsewhere
(`umkm_records.people.login`).
"""

from __future__ import annotations

import json
import secrets

from jupyter_server.base.handlers import JupyterHandler
from tornado.web import RequestHandler

from umkm_apps.runtime.networks import network_of
from umkm_records.people import Caller

COOKIE = "umkm-perangkat"
#: A year: a class lasts weeks, and the same phone comes to the next one.
DAYS = 365
#: People of one household who share a phone, and more.
MOST_KNOWN = 8


def address_of(handler: RequestHandler) -> str:
    """Return the network address a request comes from; one name for a whole IPv6 network."""
    return network_of(handler.request.remote_ip or "")


def caller_of(handler: RequestHandler) -> Caller:
    """Return who sends a request, as far as the server itself knows."""
    device, codes = _read(handler)
    return Caller(address_of(handler), device, frozenset(codes))


def remember(handler: JupyterHandler, code: str) -> None:
    """Set the cookie by which this browser is known as one where the participant has logged in."""
    device, codes = _read(handler)
    kept = [code, *(other for other in codes if other != code)][:MOST_KNOWN]
    text = json.dumps({"device": device or secrets.token_urlsafe(16), "codes": kept})
    handler.set_signed_cookie(
        COOKIE,
        text,
        # A date of expiry would come from this laptop's clock, which may be years off.
        expires_days=None,
        max_age=DAYS * 24 * 3600,
        path=handler.base_url,
        httponly=True,
        samesite="Lax",
    )


def _read(handler: RequestHandler) -> tuple[str, list[str]]:
    text = handler.get_signed_cookie(COOKIE, max_age_days=DAYS)
    if text is None:
        return "", []
    # Signed by us: what is in it is what we wrote.
    kept = json.loads(text)
    return str(kept["device"]), [str(code) for code in kept["codes"]]
