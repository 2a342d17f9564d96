"""The built front end of a lesson or an assignment: its addresses and its compressed files."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from tornado import web

from umkm_apps.settings import TEMPLATE

#: Where voila_apps/template/build.mjs puts what it builds.
SLIM = TEMPLATE / "static" / "slim"
#: The pattern of such a file's name; the hash in it changes with its content.
SLIM_NAME = r"((?:slim|part)-[A-Z0-9]{8}\.js)"

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


def slim_rule() -> tuple[str, type[Precompressed]]:
    """The route of the built files, below the server's base address."""
    return (f"aset/slim/{SLIM_NAME}", Precompressed)


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


@cache
def _content(name: str, suffix: str) -> bytes:
    """A built file; all of them together are small enough to stay in memory."""
    return (SLIM / (name + suffix)).read_bytes()


class Precompressed(web.RequestHandler):
    """Built files, public and cached for a year, in the smallest form the browser takes."""

    def get(self, name: str) -> None:
        """Send a file the manifest knows.

        Raises:
            tornado.web.HTTPError: 404.
        """
        if name not in slim_manifest()["files"]:
            raise web.HTTPError(404)
        # The address changes with the content, so a phone need never ask again.
        self.set_header("Cache-Control", "public, max-age=31536000, immutable")
        self.set_header("Content-Type", "text/javascript; charset=utf-8")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Vary", "Accept-Encoding")
        found = best_encoding(self.request.headers.get("Accept-Encoding", ""))
        if found:
            self.set_header("Content-Encoding", found[0])
        self.finish(_content(name, found[1] if found else ""))

    head = get

    def compute_etag(self) -> str | None:
        """No tag: a browser that has the file never asks for it again."""
        return None
