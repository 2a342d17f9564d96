"""Alat usaha: practice tools for a participant's own business, useful after the class too."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tornado import web

from umkm_apps.page_sessions.in_process.reader import Reader
from umkm_apps.page_sessions.renderer import Cells
from umkm_apps.runtime.page_threads import PageThreads
from umkm_apps.runtime.worker_processes import OwnersWorkers
from umkm_apps.web.addresses import NAME, Route
from umkm_tools.base.page import ToolPage
from umkm_tools.base.tool import Tool
from umkm_tools.display import show
from umkm_tools.registry import tools
from umkm_widgets.session import NotebookSession

from .notebook_page import NotebookPage
from .page_context import KernelInput
from .static_files import reader_address

TOOLS = tools()
#: The one notebook that shows them all.
NOTEBOOK = "alat.ipynb"


class ToolPageHandler(NotebookPage):
    """The page of one tool. What a participant does there is recorded nowhere."""

    records_opening = False
    gets_kernel = False

    tool: Tool

    @web.authenticated
    async def get(self, name: str) -> None:
        """Run the tool's page."""
        if (tool := TOOLS.get(name)) is None:
            raise web.HTTPError(404)
        self.tool = tool
        context = replace(
            self.page_context(f"alat/{name}", tool.title),
            reader=reader_address(self.base_url) if tool.scans else "",
        )
        await self.run_notebook(self.context.settings.pages / NOTEBOOK, context)

    @property
    def threads(self) -> PageThreads:
        """Return threads that may wait for the records."""
        return self.context.tools

    async def session_in_process(self, path: Path) -> NotebookSession:
        """Return a session without an answer sheet: a tool has its own store."""
        return NotebookSession(folder=path.parent)

    def cells_in_process(self, path: Path, kernel: KernelInput) -> Cells:
        """Return what shows the tool: the only code of its notebook."""
        return lambda page, cell: page.show(self._show)

    def _show(self) -> None:
        """Display the tool; in the page's thread, since it may read the records."""
        tool, reader, code = self.tool, self.reader, self.reader.code
        page = ToolPage(
            participant=code,
            business=reader.business_name or ToolPage.business,
            rates=tool.rates(self.catalogue) if tool.rates else "",
            cohort=reader.cohort,
            apart=OwnersWorkers(self.context.workers, code),
        )
        if tool.keeps:
            writer = Reader(code, reader.session_version)
            page = replace(page, records=self.records, reader=writer)
        show(tool.name, page)


ROUTES: list[Route] = [
    (f"alat/{NAME}", ToolPageHandler),
]
