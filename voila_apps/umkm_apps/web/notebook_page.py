"""Pages that are notebooks: Voila runs each in a kernel of its own."""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import ClassVar

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell
from tornado import web
from tornado.iostream import StreamClosedError

from umkm_apps.answers.earlier_lessons import EarlierLessons, earlier_lessons
from umkm_apps.auth.page_token import make_page_token
from umkm_apps.page_sessions.in_process.answers import InThread, PageAnswers, read_page_records
from umkm_apps.page_sessions.in_process.page import InProcessPage
from umkm_apps.page_sessions.refresh import refreshed
from umkm_apps.page_sessions.renderer import Cells, render_in_process, render_notebook
from umkm_apps.page_sessions.sessions import KernelLate, PageKey, PageSession
from umkm_apps.runtime.page_threads import PageThreads
from umkm_apps.runtime.records_threads import Unavailable
from umkm_apps.runtime.settings import ERRANDS, SHEET, TICKET
from umkm_apps.web.addresses import Route
from umkm_records import RecordsError, StorageError, record_event
from umkm_widgets.session import NotebookSession

from .base import STUDY_POLICY
from .callers import address_of
from .page_context import KEPT_MARK, TOKEN_MARK, KernelInput, PageContext
from .queue_page import QueuedPageHandler
from .static_files import slim_addresses, steps_address

TRAINER = "trainer"
NO_INPUT = KernelInput()
FIRST_CELL = "from umkm_apps.kernel.setup import begin_page\n\nbegin_page()"
#: A host as it may stand in a policy.
HOST = re.compile(r"[A-Za-z0-9.-]+(:\d+)?|\[[0-9a-f:]+\](:\d+)?")

#: What a page made a while ago says of its widgets may no longer be so: then it waits for its kernel.
NEW_CONFIG = '<template id="slim-config"'
KEPT_CONFIG = f"{NEW_CONFIG} data-kept"

BROKEN_OFF = """<p class="pesan pesan-buruk" role="alert">Halaman ini belum terbuka sampai selesai.
Muat ulang halaman ini. Bila tetap begini, beri tahu pelatih Anda.</p>"""


class NotebookPage(QueuedPageHandler):
    """A notebook of the allow-list, run for the participant who is logged in."""

    @property
    def content_security_policy(self) -> str:
        """Return the policy: widgets need a little more than the pages that the server draws."""
        host = self.request.host
        # Browsers of before 2023 do not take a WebSocket of the same host for 'self'.
        lines = f" ws://{host} wss://{host}" if HOST.fullmatch(host) else ""
        return f"{STUDY_POLICY}; connect-src 'self'{lines}"

    #: Whether opening the page is recorded as an event of the class.
    records_opening: ClassVar[bool] = True

    #: Voila's prelaunch hook reads both.
    about: PageContext
    has_kernel = True

    def page_context(self, sheet: str, title: str) -> PageContext:
        """Return the context of a page of the participant who is logged in, without optional parts."""
        code = self.reader.code
        return PageContext(
            title=title,
            participant=code,
            sheet=sheet,
            ticket=make_page_token(self.context.token_secret, code, sheet),
            css=self.asset("umkm.css"),
            js=steps_address(self.base_url),
            slim=slim_addresses(self.base_url),
        )

    async def run_notebook(
        self, path: Path, about: PageContext, kernel: KernelInput = NO_INPUT
    ) -> None:
        """Show a notebook; `path` comes from the catalogue, never from the address.

        A reader who comes back gets the page they had, with its kernel; anybody else who is admitted
        gets a new one, and the others a place in the queue.
        """
        key = PageKey(self.reader.code, self.browser, self.request.path)
        if self.get_argument("ulang", ""):
            if (old := self.kernels.pages.at(key)) is not None:
                await self.kernels.end_page(old)
            self.redirect(self.request.path)
            return
        self.about = about
        fingerprint = _fingerprint(path, about, kernel)
        page = self.kernels.find_page(key, fingerprint)
        is_kept = page is not None
        if page is None:
            cells = None if self.gets_kernel else self.cells_in_process(path, kernel)
            self.has_kernel = cells is None
            if number := self.kernels.queue_position(
                self.reader.code, address_of(self), has_kernel=self.has_kernel
            ):
                self.show_queue(number, about.title)
                return
            page = self._open(key, fingerprint, path, kernel, cells)
            if self.records_opening:
                await self._record_opening(about.sheet)
        await self._send(page, is_kept=is_kept)

    async def _record_opening(self, sheet: str) -> None:
        """Record that the page was opened; the page is shown also where that fails."""
        code = self.reader.code
        try:
            await self.write_records(lambda: record_event(self.records, code, "opened", sheet))
        except (StorageError, Unavailable) as error:
            self.log.warning("Cannot note that %s was opened: %s", sheet, error)

    def _open(
        self, key: PageKey, fingerprint: str, path: Path, kernel: KernelInput, cells: Cells | None
    ) -> PageSession:
        """Start making a page. Nothing is awaited here: a second request finds this one."""
        environment = {
            SHEET: self.about.sheet,
            ERRANDS: self.context.kernel_api,
            TICKET: self.about.ticket,
            **kernel.to_environment(),
        }
        page, ending = self.kernels.open_page(
            key, fingerprint, environment, has_kernel=self.has_kernel
        )
        notebook = str(path.relative_to(self.context.settings.home))
        source = (
            render_notebook(self, notebook)
            if cells is None
            else self._render_in_process(path, notebook, cells)
        )
        self.kernels.run_page(page, source, ending)
        return page

    @property
    def gets_kernel(self) -> bool:
        """Return whether a setting asks for a kernel process also where none is needed."""
        return self.context.settings.page_kernels

    def cells_in_process(self, path: Path, kernel: KernelInput) -> Cells | None:
        """Return what gives the outputs of the notebook's cells, or None where only a kernel can."""
        return None

    async def _render_in_process(
        self, path: Path, notebook: str, cells: Cells
    ) -> AsyncIterator[str]:
        page = InProcessPage(await self.session_in_process(path))
        async for piece in render_in_process(self, notebook, page, self.threads, cells):
            yield piece

    async def session_in_process(self, path: Path) -> NotebookSession:
        """Return what the cells of a page without a kernel share, with what the records hold for it.

        Raises:
            StorageError: they cannot be read now.
        """
        code, sheet, folder = self.reader.code, self.about.sheet, path.parent
        earlier = list(earlier_lessons(sheet, folder))
        stored = await self.read_records(
            lambda: read_page_records(self.records, code, sheet, earlier)
        )
        writing, reading = self.context.writing.run, self.context.reading.run
        answers = PageAnswers(
            self.records, code, sheet, stored, self._later(writing), self._later(reading)
        )
        return NotebookSession(
            answer_store=answers,
            review_source=EarlierLessons(answers, folder),
            folder=folder,
        )

    @property
    def threads(self) -> PageThreads:
        """Return the threads in which the page works."""
        return self.context.marking

    def _later(self, run: Callable[[Callable[[], object]], Awaitable[object]]) -> InThread:
        """Return what does a job with the records later, called from the page's thread.

        It outlives this request, and holds nothing of it.
        """
        loop, kernels, log = asyncio.get_running_loop(), self.kernels, self.log

        async def attempt(job: Callable[[], object]) -> None:
            try:
                await run(job)
            except (StorageError, Unavailable, RecordsError) as error:
                log.warning("Cannot note a check, or see whether a sheet is closed: %s", error)

        def later(job: Callable[[], object]) -> None:
            loop.call_soon_threadsafe(lambda: kernels.do(attempt(job)))

        return later

    async def _send(self, page: PageSession, *, is_kept: bool) -> None:
        """Stream a page to this reader, whoever it was made for."""
        token, kept = self.xsrf_token.decode("ascii"), "ya" if is_kept else ""
        self.set_header("Content-Type", "text/html; charset=utf-8")
        try:
            async for piece in self._kept(page) if is_kept else page.stream.follow():
                self.write(piece.replace(TOKEN_MARK, token).replace(KEPT_MARK, kept))
                if not page.stream.is_over:
                    await self.flush()
        except StreamClosedError:
            return
        except KernelLate:
            raise web.HTTPError(504) from None
        except Exception:
            if not self._headers_written:
                raise
            self.log.exception("Page %s broke off", page.key.address)
            self.write(BROKEN_OFF)

    async def _kept(self, page: PageSession) -> AsyncIterator[str]:
        """Yield a cached page: with its widgets as they are now, or marked as perhaps out of date."""
        is_whole = page.stream.is_over
        async for piece in page.stream.follow():
            fresh = None
            if is_whole and page.kernel_id and page.kernel_id in self.kernels:
                fresh = await refreshed(piece, self.kernels.get_kernel(page.kernel_id))
            yield fresh or piece.replace(NEW_CONFIG, KEPT_CONFIG)


class PageClosed(QueuedPageHandler):
    """The request of a page that its reader has left."""

    @web.authenticated
    def post(self) -> None:
        """Record that the page was left; 404 for a kernel of somebody else's."""
        kernel_id = self.get_argument("kernel", "")
        if not self.kernels.is_owner(kernel_id, self.reader.code):
            raise web.HTTPError(404)
        self.kernels.page_closed(kernel_id)
        self.set_status(204)
        self.finish()


def _fingerprint(path: Path, about: PageContext, kernel: KernelInput) -> str:
    """Return a digest of all that a page shows: a cached page with another one is of no use."""
    parts = (path.stat().st_mtime_ns, about.to_metadata(), kernel.questions)
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def prepare_notebook(handler: NotebookPage, notebook: NotebookNode, cwd: str) -> NotebookNode:
    """Return a notebook with the page's context for the template, and the cell that sets its kernel up.

    Voila calls it before it runs the notebook (`prelaunch_hook`).
    """
    notebook.metadata["umkm"] = handler.about.to_metadata()
    # Notes for trainers stand in the same notebook; they read them in JupyterLab.
    notebook.cells = [c for c in notebook.cells if TRAINER not in c.metadata.get("tags", ())]
    if handler.has_kernel:
        notebook.cells.insert(0, new_code_cell(FIRST_CELL, metadata={"tags": ["setup"]}))
    return notebook


ROUTES: list[Route] = [
    ("selesai-halaman", PageClosed),
]
