"""The photo check's page: photos end with the page."""

from __future__ import annotations

from umkm_tools.base.page import ToolPage
from umkm_widgets.session import display_here

from .widget import PhotoCheck


def show(_: ToolPage) -> None:
    """Display the photo check."""
    display_here(PhotoCheck())
