"""The photo check's page: photos end with the page."""

from __future__ import annotations

from IPython.display import display

from umkm_tools.base.page import ToolPage

from .widget import PhotoCheck


def show(_: ToolPage) -> None:
    """Display the photo check."""
    display(PhotoCheck())
