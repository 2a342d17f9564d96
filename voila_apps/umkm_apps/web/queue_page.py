"""Menunggu giliran: the page of the admission queue, when the laptop is full."""

from __future__ import annotations

from tornado import web

from umkm_apps.page_sessions.kernel_manager import PageKernelManager
from umkm_apps.web.addresses import Route

from .base import PageHandler
from .callers import address_of
from .static_files import queue_address

#: Seconds between two looks at the line; without JavaScript the whole page is loaded anew.
ASK_EVERY = 3
RELOAD_EVERY = 5


class QueuedPageHandler(PageHandler):
    """Base of pages that may have to wait for room."""

    @property
    def kernels(self) -> PageKernelManager:
        """Return the manager of all page sessions and of the admission queue."""
        manager: PageKernelManager = self.settings["kernel_manager"]
        return manager

    @property
    def browser(self) -> str:
        """Return the name of the login, and with it of the browser, of this request."""
        name: str = getattr(self.current_user, "browser", "")
        return name

    def show_queue(self, number: int, title: str) -> None:
        """Show the reader their number instead of the page; it asks again by itself."""
        self.set_status(503)
        self.set_header("Retry-After", str(ASK_EVERY))
        self.render_page(
            "menunggu.html",
            number=number,
            wanted=title,
            here=self.request.path,
            ask_url=f"{self.base_url}giliran",
            ask_every=ASK_EVERY,
            reload_every=RELOAD_EVERY,
            queue_script=queue_address(self.base_url),
        )


class QueuePosition(QueuedPageHandler):
    """The reader's own number in the admission queue."""

    @web.authenticated
    def get(self) -> None:
        """Send `{"nomor": 3}`; 0 when it is their turn."""
        self.set_header("Content-Type", "application/json")
        number = self.kernels.queue_position(self.reader.code, address_of(self))
        self.finish({"nomor": number})


ROUTES: list[Route] = [
    ("giliran", QueuePosition),
]
