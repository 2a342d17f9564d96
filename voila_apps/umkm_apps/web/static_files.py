"""The built front end of a page: its addresses, its compressed files, the policy it can live under."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from tornado import web

from umkm_apps.settings import TEMPLATE

#: Where voila_apps/template/build.mjs puts what it builds.
SLIM = TEMPLATE / "static" / "slim"
#: The pattern of such a file's name; the hash in it changes with its content.
SLIM_NAME = r"((?:slim|part)-[A-Z0-9]{8}\.js)"

#: A page with widgets: scripts of ours and modules that a widget brings along, nothing inline and
#: no eval. Widgets set styles on their elements, so style stays open.
SLIM_POLICY = "; ".join(
    [
        "default-src 'self'",
        "script-src 'self' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "media-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
)

#: The siblings the build writes, the smallest first. A browser offers brotli on https and
#: localhost only: over plain http in a class, gzip is what phones get.
ENCODINGS = (("br", ".br"), ("gzip", ".gz"))


@cache
def slim_manifest() -> dict[str, Any]:
    """What the build wrote: `entry`, the scripts it needs `first`, and every file's hash and sizes."""
    manifest: dict[str, Any] = json.loads((SLIM / "manifest.json").read_text("utf-8"))
    return manifest


def slim_addresses(base_url: str) -> dict[str, Any]:
    """The script a page starts with and those it needs first, for `about["slim"]` in the template."""
    root = f"{base_url}aset/slim/"
    manifest = slim_manifest()
    return {
        "entry": root + manifest["entry"],
        "first": [root + name for name in manifest["first"]],
    }


def slim_rule() -> tuple[str, type[Precompressed], dict[str, str]]:
    """The route of the built files, below the server's base address."""
    return (f"aset/slim/{SLIM_NAME}", Precompressed, {"path": str(SLIM)})


def _refused(offer: str) -> bool:
    return any(
        name.strip() == "q" and value.strip() in {"0", "0.0", "0.00", "0.000"}
        for name, _, value in (part.partition("=") for part in offer.split(";")[1:])
    )


def best_encoding(accepted: str) -> tuple[str, str] | None:
    """The smallest form of a file that a browser takes, by its Accept-Encoding."""
    offers = [offer.strip().lower() for offer in accepted.split(",")]
    taken = {offer.split(";")[0].strip() for offer in offers if not _refused(offer)}
    return next((known for known in ENCODINGS if known[0] in taken), None)


class Precompressed(web.StaticFileHandler):
    """Built files, public and cached for a year, in the smallest form the browser takes."""

    _encoding: str | None = None
    _asked_type: str = ""

    def validate_absolute_path(self, root: str, absolute_path: str) -> str | None:
        """The file asked for, or its compressed sibling."""
        plain = super().validate_absolute_path(root, absolute_path)
        if plain is None:
            return None
        self._asked_type = "text/javascript; charset=utf-8"
        found = best_encoding(self.request.headers.get("Accept-Encoding", ""))
        if found and "Range" not in self.request.headers:
            name, suffix = found
            if Path(plain + suffix).is_file():
                self._encoding = name
                return plain + suffix
        return plain

    def get_content_type(self) -> str:
        """The type of the file itself, not of its compressed form."""
        return self._asked_type

    def set_extra_headers(self, path: str) -> None:
        """The address changes with the content, so a phone need never ask again."""
        self.set_header("Cache-Control", "public, max-age=31536000, immutable")
        self.set_header("Vary", "Accept-Encoding")
        self.set_header("X-Content-Type-Options", "nosniff")
        if self._encoding:
            self.set_header("Content-Encoding", self._encoding)

    def compute_etag(self) -> str | None:
        """No tag: a browser that has the file never asks for it again."""
        return None
