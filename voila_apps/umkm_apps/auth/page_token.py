"""The page token: an HMAC over participant and sheet, proof that the page was served to them.

It says nothing about the answers, which are the reader's to give; it keeps one person's parcel
from being handed in under another's name.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from pathlib import Path

from umkm_apps.runtime.secrets import stored_secret

_PURPOSE = b"umkm-serahan-1"
_BYTES = 15


def page_token_secret(data_dir: Path) -> bytes:
    """Return the laptop's secret for page tokens; stored, so that a page of yesterday is still valid.

    Raises:
        OSError: the data folder cannot be read or written.
    """
    return stored_secret(data_dir, "serahan", 32).encode()


def make_page_token(secret: bytes, participant: str, sheet: str) -> str:
    """Return the token of a page: 24 letters of base32."""
    said = b"\0".join([_PURPOSE, participant.encode(), sheet.encode()])
    digest = hmac.new(secret, said, hashlib.sha256).digest()
    return base64.b32encode(digest[:_BYTES]).decode("ascii")


def is_valid_page_token(secret: bytes, participant: str, sheet: str, ticket: str) -> bool:
    """Return whether a token was made here for this participant and sheet; in constant time."""
    expected = make_page_token(secret, participant, sheet)
    return hmac.compare_digest(expected.encode(), ticket.encode("utf-8", "replace"))
