"""The page of practice tools in a kernel: an author's notebook in JupyterLab.

Trainees' pages of tools run in the server's process (umkm_apps.page_sessions.in_process).
"""

from __future__ import annotations

import os

from umkm_apps.runtime.settings import SHEET
from umkm_tools.display import show, show_gallery

#: What stands before a tool's name in the sheet of its page.
PREFIX = "alat/"


def show_tool() -> None:
    """Display the tool whose sheet this is, on a page of nobody; elsewhere every tool."""
    sheet = os.environ.get(SHEET, "")
    if sheet.startswith(PREFIX):
        show(sheet.removeprefix(PREFIX))
    else:
        show_gallery()
