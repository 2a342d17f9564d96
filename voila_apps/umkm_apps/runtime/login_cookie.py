"""The login cookie: its name, and whose login stands in it."""

from __future__ import annotations

import json
from typing import Final

from tornado.httputil import parse_cookie
from tornado.web import decode_signed_value

LOGIN_COOKIE: Final = "umkm-masuk"
#: Days for which a signature holds, as Tornado's `get_signed_cookie` has it.
_DAYS: Final = 31


def login_in(cookie: str) -> str | None:
    """Return the name of the login in a cookie that we signed, or None where it has none."""
    try:
        return str(json.loads(cookie)["login"])
    except (ValueError, KeyError, TypeError):
        return None


def login_of_head(head: bytes, secret: bytes) -> str:
    """Return the name of the login in the head of a request; empty where none is that we signed.

    Args:
        head: request line and headers, complete or not.
        secret: what the server signs cookies with.
    """
    if LOGIN_COOKIE.encode() not in head:
        return ""
    lines = (line.partition(b":") for line in head.split(b"\n")[1:])
    cookies = [value.strip() for name, _, value in lines if name.strip().lower() == b"cookie"]
    # One header, as browsers send them; Tornado joins several so that only what is in the first is read.
    signed = parse_cookie(b",".join(cookies).decode("latin-1")).get(LOGIN_COOKIE)
    text = decode_signed_value(secret, LOGIN_COOKIE, signed, max_age_days=_DAYS) if signed else None
    return (login_in(text.decode("utf-8", "replace")) if text else None) or ""
