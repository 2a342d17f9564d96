"""The page of a practice tool, from the kernel's environment."""

from __future__ import annotations

import os

from umkm_apps.runtime.settings import (
    BUSINESS,
    CLASS,
    DATABASE,
    ERRANDS,
    PARTICIPANT,
    RATES,
    SESSION,
    SHEET,
)
from umkm_tools.base.page import ToolPage
from umkm_tools.display import show, show_gallery

from .api_client import KernelApiClient
from .reader import Reader

#: What stands before a tool's name in the sheet of its page.
PREFIX = "alat/"


def show_tool() -> None:
    """Display the tool whose page this is; elsewhere (an author in JupyterLab) every tool."""
    sheet = os.environ.get(SHEET, "")
    if not sheet.startswith(PREFIX):
        show_gallery()
        return
    show(sheet.removeprefix(PREFIX), page_of_this_process())


def page_of_this_process() -> ToolPage:
    """Return the page that the server started this process for."""
    told = os.environ
    database = told.get(DATABASE, "")
    return ToolPage(
        participant=told.get(PARTICIPANT, ""),
        business=told.get(BUSINESS) or ToolPage.business,
        rates=told.get(RATES, ""),
        database=database,
        cohort=told.get(CLASS),
        reader=Reader(told[PARTICIPANT], int(told[SESSION])) if database else None,
        ask=KernelApiClient.of_this_page().ask if ERRANDS in told else None,
    )
