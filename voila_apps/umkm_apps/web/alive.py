"""The health check, for the program that started the server."""

from __future__ import annotations

from jupyter_server.auth.decorator import allow_unauthenticated
from tornado import web

from umkm_apps.web.addresses import Route


class Alive(web.RequestHandler):
    """Answers anybody, without the records or a kernel."""

    @allow_unauthenticated
    def get(self) -> None:
        """Respond at once."""
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.finish("sehat\n")

    head = get


ROUTES: list[Route] = [
    ("sehat", Alive),
]
