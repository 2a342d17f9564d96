"""Alat usaha: practice tools for a participant's own business, useful after the class too."""

from __future__ import annotations

from tornado import web

from umkm_apps.runtime.settings import CLASS, DATABASE
from umkm_apps.web.addresses import NAME, Route
from umkm_tools.registry import tools

from .notebook_page import NotebookPage
from .static_files import reader_address

TOOLS = tools()
#: The one notebook that shows them all.
NOTEBOOK = "alat.ipynb"


class ToolPage(NotebookPage):
    """A page of ours with one tool. What a participant does there is noted nowhere."""

    noted = False

    @web.authenticated
    async def get(self, name: str) -> None:
        """Run the tool's page."""
        if (tool := TOOLS.get(name)) is None:
            raise web.HTTPError(404)
        self.sheet = f"alat/{name}"
        self.about = {"title": tool.title}
        if tool.scans:
            self.about["reader"] = reader_address(self.base_url)
        self.rates = tool.rates(self.catalogue) if tool.rates else ""
        if tool.keeps:
            self.told = {DATABASE: self.context.settings.database, CLASS: self.reader.cohort}
        await self.run_notebook(self.context.settings.pages / NOTEBOOK)


ROUTES: list[Route] = [
    (f"alat/{NAME}", ToolPage),
]
