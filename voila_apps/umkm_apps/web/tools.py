"""Alat usaha: practice tools for a participant's own business, useful after the class too."""

from __future__ import annotations

from dataclasses import replace

from tornado import web

from umkm_apps.web.addresses import NAME, Route
from umkm_tools.registry import tools

from .notebook_page import NotebookPage
from .static_files import reader_address

TOOLS = tools()
#: The one notebook that shows them all.
NOTEBOOK = "alat.ipynb"


class ToolPage(NotebookPage):
    """The page of one tool. What a participant does there is recorded nowhere."""

    records_opening = False

    @web.authenticated
    async def get(self, name: str) -> None:
        """Run the tool's page."""
        if (tool := TOOLS.get(name)) is None:
            raise web.HTTPError(404)
        settings = self.context.settings
        context = replace(
            self.page_context(f"alat/{name}", tool.title),
            reader=reader_address(self.base_url) if tool.scans else "",
        )
        await self.run_notebook(settings.pages / NOTEBOOK, context)


ROUTES: list[Route] = [
    (f"alat/{NAME}", ToolPage),
]
