"""Static files: their addresses change with their content, so browsers cache them for a year."""

from __future__ import annotations

import gzip
import re
from functools import cache
from typing import Any, TypedDict

from tornado import web

from umkm_apps.runtime.bundle import SLIM, slim_manifest
from umkm_apps.runtime.settings import TEMPLATE

#: The pattern of such a file's name; the hash in it changes with its content.
SLIM_NAME = (
    r"((?:slim|steps|home|queue|part|reader|field|tool)-[A-Z0-9]{8}\.js"
    r"|(?:field|tool)-[A-Z0-9]{8}\.css|font-[A-Z0-9]{8}\.woff2)"
)

KINDS = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "woff2": "font/woff2",
}


class PageScripts(TypedDict):
    """Addresses of the page bundle: the script a page starts with, and those it needs first."""

    entry: str
    first: list[str]


def slim_addresses(base_url: str) -> PageScripts:
    """Return the addresses of the page bundle."""
    root = f"{base_url}aset/slim/"
    manifest = slim_manifest()
    return {
        "entry": root + manifest["entry"],
        "first": [root + name for name in manifest["first"]],
    }


def steps_address(base_url: str) -> str:
    """Return the address of the script that shows a lesson or an assignment step by step."""
    return f"{base_url}aset/slim/{slim_manifest()['steps']}"


def queue_address(base_url: str) -> str:
    """Return the address of the script of the page of those who wait for room."""
    return f"{base_url}aset/slim/{slim_manifest()['queue']}"


def home_address(base_url: str) -> str:
    """Return the address of Beranda's script."""
    return f"{base_url}aset/slim/{slim_manifest()['home']}"


def reader_address(base_url: str) -> str:
    """Return the address of the script that reads QR codes, loaded when somebody scans."""
    return f"{base_url}aset/slim/{slim_manifest()['reader']}"


def takes_gzip(accepted: str) -> bool:
    """Return whether a browser with this Accept-Encoding takes gzip."""
    offers = (offer.strip().lower().split(";") for offer in accepted.split(","))
    weights = {name.strip(): "".join(further).replace(" ", "") for name, *further in offers}
    return "gzip" in weights and not re.fullmatch(r"q=0(\.0*)?", weights["gzip"])


@cache
def _built(name: str, *, zipped: bool) -> bytes:
    """Return a built file; all of them together are small enough to stay in memory."""
    return (SLIM / (f"{name}.gz" if zipped else name)).read_bytes()


@cache
def _shell(name: str, *, zipped: bool) -> bytes:
    """Return a style of the shell."""
    content = (TEMPLATE / "static" / name).read_bytes()
    return gzip.compress(content, 9, mtime=0) if zipped else content


class StaticFile(web.RequestHandler):
    """A public file, cached for a year, by gzip where the browser takes it."""

    def send(self, name: str, content: bytes, *, zipped: bool) -> None:
        """Finish the request with a file's content."""
        # The address changes with the content, so a phone need never ask again.
        self.set_header("Cache-Control", "public, max-age=31536000, immutable")
        self.set_header("Content-Type", KINDS[name.rpartition(".")[2]])
        self.set_header("X-Content-Type-Options", "nosniff")
        if zipped:
            self.set_header("Content-Encoding", "gzip")
        self.finish(content)

    @property
    def zipped(self) -> bool:
        """Return whether the browser takes gzip."""
        return takes_gzip(self.request.headers.get("Accept-Encoding", ""))

    def compute_etag(self) -> str | None:
        """Return no tag: a browser that has the file never asks for it again."""
        return None

    def write_error(self, status_code: int, **_kwargs: Any) -> None:
        """Write a few words; nobody reads them, since no page names a file that is not there."""
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish("Berkas ini tidak ada.\n" if status_code == 404 else "Maaf, ada masalah.\n")


class Precompressed(StaticFile):
    """What was built from voila_apps/frontend."""

    def get(self, name: str) -> None:
        """Send a file the manifest knows.

        Raises:
            tornado.web.HTTPError: 404.
        """
        about = slim_manifest()["files"].get(name)
        if about is None:
            raise web.HTTPError(404)
        # Fonts are squeezed as they come.
        zipped = self.zipped and "gz" in about
        self.send(name, _built(name, zipped=zipped), zipped=zipped)

    head = get


class Asset(StaticFile):
    """Style and script of the shell."""

    def get(self, name: str) -> None:
        """Send a file of the template's static folder.

        Raises:
            tornado.web.HTTPError: 404.
        """
        if not (TEMPLATE / "static" / name).is_file():
            raise web.HTTPError(404)
        self.send(name, _shell(name, zipped=self.zipped), zipped=self.zipped)

    head = get


#: The routes of both, below the server's base address; the patterns let no other folder in.
STATIC_RULES: list[tuple[str, type[StaticFile]]] = [
    (f"aset/slim/{SLIM_NAME}", Precompressed),
    (r"aset/[0-9a-f]+/([a-z0-9-]+\.(?:css|js))", Asset),
]
