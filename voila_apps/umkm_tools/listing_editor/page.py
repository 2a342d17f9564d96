"""The listing editor's page: nothing typed there is kept on the laptop."""

from __future__ import annotations

from umkm_tools.base.page import ToolPage
from umkm_widgets.session import display_here

from .widget import ListingEditor


def show(page: ToolPage) -> None:
    """Display the editor."""
    display_here(ListingEditor().stored_under(page.device_key("judul")))
