"""Lessons and assignments: notebooks that Voila runs, each in a kernel of its reader."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from collections.abc import AsyncIterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell
from tornado import web
from tornado.iostream import StreamClosedError

from umkm.exercise import question_to_json
from umkm_apps.answers.answer_sheets import lesson_sheet, places_of
from umkm_apps.auth.access import Seen
from umkm_apps.auth.page_token import make_ticket
from umkm_apps.page_sessions.kernel_manager import KernelLate
from umkm_apps.page_sessions.refresh import renewed
from umkm_apps.page_sessions.renderer import render_notebook
from umkm_apps.page_sessions.sessions import OpenPage, Place
from umkm_apps.runtime.records_threads import Unavailable
from umkm_apps.runtime.settings import BUSINESS, ERRANDS, QUESTIONS, RATES, SESSION, SHEET, TICKET
from umkm_apps.web.addresses import NAME, Route
from umkm_courses import UnknownContent
from umkm_records import Receipt, StorageError, latest_submission, record_event
from umkm_records.answers import not_yet_checked

from .base import STUDY_POLICY, PageHandler
from .callers import address_of
from .queue_page import WaitingRoom
from .static_files import slim_addresses, steps_address

TRAINER = "trainer"
FIRST_CELL = "from umkm_apps.kernel.setup import begin_page\n\nbegin_page()"
#: A host as it may stand in a policy.
HOST = re.compile(r"[A-Za-z0-9.-]+(:\d+)?|\[[0-9a-f:]+\](:\d+)?")

#: Stands in a kept page for the token of the browser that reads it.
TOKEN_MARK = f"token-{secrets.token_hex(8)}"
#: Stands there for whether the page was made for an earlier request. No clock could tell: the
#: laptop's date may have been set back since.
KEPT_MARK = f"kept-{secrets.token_hex(8)}"

#: What a page made a while ago says of its widgets may no longer be so: then it waits for its kernel.
NEW_CONFIG = '<template id="slim-config"'
KEPT_CONFIG = f"{NEW_CONFIG} data-kept"

BROKEN_OFF = """<p class="pesan pesan-buruk" role="alert">Halaman ini belum terbuka sampai selesai.
Muat ulang halaman ini. Bila tetap begini, beri tahu pelatih Anda.</p>"""


class StudyPage(WaitingRoom):
    """A notebook of the allow-list, run for the participant who is logged in."""

    @property
    def content_security_policy(self) -> str:
        """Widgets need a little more than the pages that the server draws."""
        host = self.request.host
        # Browsers of before 2023 do not take a WebSocket of the same host for 'self'.
        lines = f" ws://{host} wss://{host}" if HOST.fullmatch(host) else ""
        return f"{STUDY_POLICY}; connect-src 'self'{lines}"

    #: What the template and the kernel are told; set before Voila runs.
    about: dict[str, Any]
    sheet: str
    #: What an assignment asks. The kernel gets this alone: the notebook it comes from holds the keys.
    questions: Sequence[Mapping[str, Any]] = ()
    #: Rates for the page's kernel, as JSON.
    rates = ""
    #: What else the kernel is told by its environment.
    told: Mapping[str, str] = {}
    #: Whether that it was opened belongs to what is known of the class.
    noted = True

    async def run_notebook(self, path: Path) -> None:
        """Show a notebook; `path` comes from the catalogue, never from the address.

        A reader who comes back gets the page they had, with its kernel; anybody else who is let in
        gets a new one, and the others a place in the line.
        """
        place = Place(self.reader.code, self.browser, self.request.path)
        if self.get_argument("ulang", ""):
            if (old := self.kernels.pages.at(place)) is not None:
                await self.kernels.end_page(old)
            self.redirect(self.request.path)
            return
        # Before anything is added that differs from one request to the next.
        made_from = self._made_from(path)
        self.about |= {
            "css": self.asset("umkm.css"),
            "js": steps_address(self.base_url),
            "slim": slim_addresses(self.base_url),
            "leave": TOKEN_MARK,
            "kept": KEPT_MARK,
            "participant": self.reader.code,
            "sheet": self.sheet,
            "ticket": make_ticket(self.class_server.tickets, self.reader.code, self.sheet),
        }
        page = self.kernels.find_page(place, made_from)
        is_kept = page is not None
        if page is None:
            if number := self.kernels.place_in_line(self.reader.code, address_of(self)):
                self.show_line(number, self.about["title"])
                return
            page = self._open(place, made_from, path)
            if self.noted:
                await self._note_opened()
        await self._send(page, is_kept=is_kept)

    async def _note_opened(self) -> None:
        """Note that the page was opened; not being able to is no reason to show nothing."""
        code, sheet = self.reader.code, self.sheet
        try:
            await self.keep(lambda: record_event(self.records, code, "opened", sheet))
        except (StorageError, Unavailable) as error:
            self.log.warning("Cannot note that %s was opened: %s", sheet, error)

    def _open(self, place: Place, made_from: str, path: Path) -> OpenPage:
        """Start making a page. Nothing is awaited here: a second request finds this one."""
        settings = self.class_server.umkm
        environment = {
            SHEET: self.sheet,
            ERRANDS: self.class_server.errands.address,
            TICKET: self.about["ticket"],
            BUSINESS: self.reader.business_name,
            SESSION: str(self.reader.session_version),
            QUESTIONS: json.dumps(self.questions),
            RATES: self.rates,
            **self.told,
        }
        page, ending = self.kernels.open_page(place, made_from, environment)
        self.kernels.run_page(
            page, render_notebook(self, str(path.relative_to(settings.home))), ending
        )
        return page

    def _made_from(self, path: Path) -> str:
        """A digest of all that the page shows: when it changes, a kept page is of no use."""
        parts = (
            path.stat().st_mtime_ns,
            self.about,
            self.questions,
        )
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()

    async def _send(self, page: OpenPage, *, is_kept: bool) -> None:
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
            self.log.exception("Page %s broke off", page.place.address)
            self.write(BROKEN_OFF)

    async def _kept(self, page: OpenPage) -> AsyncIterator[str]:
        """A page made earlier: with its widgets as they are now, or marked as perhaps overtaken."""
        is_whole = page.stream.is_over
        async for piece in page.stream.follow():
            fresh = None
            if is_whole and page.kernel_id and page.kernel_id in self.kernels:
                fresh = await renewed(piece, self.kernels.get_kernel(page.kernel_id))
            yield fresh or piece.replace(NEW_CONFIG, KEPT_CONFIG)


class LessonPage(StudyPage):
    """Pelajaran."""

    @web.authenticated
    async def get(self, course: str, slug: str) -> None:
        """Run the lesson."""
        try:
            lesson = await self.look(lambda: self.access.lesson(course, slug))
        except UnknownContent:
            raise web.HTTPError(404) from None
        self.sheet = lesson_sheet(lesson)
        self.about = {
            "title": lesson.title,
            "steps": True,
            "done_url": f"{self.base_url}pelajaran/{course}/{slug}/selesai",
        }
        await self.run_notebook(lesson.path)


class LessonDone(PageHandler):
    """The last step of a lesson says that its reader is through.

    A lesson is done when each of its practice questions has been checked once; turning its pages
    is not enough. What was noted as done before this rule stays so.
    """

    @web.authenticated
    async def post(self, course: str, slug: str) -> None:
        """Note it and go back to Beranda, or say which questions are left."""
        try:
            lesson = await self.look(lambda: self.access.lesson(course, slug))
        except UnknownContent:
            raise web.HTTPError(404) from None
        code, sheet = self.reader.code, lesson_sheet(lesson)
        left = await self.look(lambda: not_yet_checked(self.records, code, sheet, lesson.exercises))
        if left:
            places = await self.look(lambda: places_of(lesson, left))
            address = f"{self.base_url}pelajaran/{course}/{slug}"
            self.render_page(
                "belum-selesai.html",
                lesson_title=lesson.title,
                lesson_url=address,
                questions=[(name, f"{address}#{place}") for name, place in places],
            )
            return
        await self.keep(lambda: record_event(self.records, code, "completed", sheet))
        self.redirect(self.base_url, status=303)


class AssignmentPage(StudyPage):
    """Tugas."""

    @web.authenticated
    async def get(self, name: str) -> None:
        """Run the assignment, or show the result of one that is graded."""
        try:
            seen, sent = await self.look(lambda: self.found(name))
        except UnknownContent:
            raise web.HTTPError(404) from None
        if seen.state == "graded":
            self.redirect(f"{self.base_url}hasil/{name}")
            return
        if seen.state != "open":
            self.redirect(self.base_url)  # Beranda says why, and when it opens
            return
        self.sheet = name
        self.questions = [
            {
                "id": q.id,
                "points": q.points,
                "question": question_to_json(q.variant(self.reader.code).question),
            }
            for q in seen.assignment.questions
        ]
        self.about = {
            "title": seen.title,
            "send_url": f"{self.base_url}tugas/{name}/kirim",
        }
        if sent is not None:
            self.about["receipt"] = sent.code
            self.about["receipt_url"] = f"{self.base_url}tanda-terima/{sent.code}"
        await self.run_notebook(self.class_server.umkm.pages / "tugas.ipynb")

    def found(self, name: str) -> tuple[Seen, Receipt | None]:
        """Return the assignment, and what was last sent of it.

        Raises:
            UnknownContent: there is none of this name for this reader.
        """
        return self.access.assignment(name), latest_submission(self.records, self.reader.code, name)


class PageClosed(PageHandler):
    """A page says that its reader has left it."""

    @web.authenticated
    def post(self) -> None:
        """Let the page's kernel go; another's kernel is none of one's business."""
        kernel_id = self.get_argument("kernel", "")
        manager = self.settings["kernel_manager"]
        if not manager.is_owner(kernel_id, self.reader.code):
            raise web.HTTPError(404)
        manager.page_closed(kernel_id)
        self.set_status(204)
        self.finish()


def prepare_notebook(handler: StudyPage, notebook: NotebookNode, cwd: str) -> NotebookNode:
    """Voila's prelaunch hook: tell the template about the page, and the kernel to keep answers."""
    notebook.metadata["umkm"] = handler.about
    # What is said to trainers stands in the same notebook; they read it in JupyterLab.
    notebook.cells = [c for c in notebook.cells if TRAINER not in c.metadata.get("tags", ())]
    notebook.cells.insert(0, new_code_cell(FIRST_CELL, metadata={"tags": ["setup"]}))
    return notebook


ROUTES: list[Route] = [
    (f"pelajaran/{NAME}/{NAME}", LessonPage),
    (f"pelajaran/{NAME}/{NAME}/selesai", LessonDone),
    (f"tugas/{NAME}", AssignmentPage),
    ("selesai-halaman", PageClosed),
]
