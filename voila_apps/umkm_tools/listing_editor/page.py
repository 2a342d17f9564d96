"""The listing editor's page: nothing typed there is kept on the laptop."""

from __future__ import annotations

from IPython.display import display

from umkm_tools.base.page import ToolPage

from .widget import ListingEditor


def show(page: ToolPage) -> None:
    """Display the editor."""
    display(ListingEditor().stored_under(page.device_key("judul")))
