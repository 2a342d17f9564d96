"""The content calendar's page: nothing typed there is kept on the laptop."""

from __future__ import annotations

from umkm_tools.base.page import ToolPage
from umkm_widgets.session import display_here

from .widget import ContentCalendar


def show(page: ToolPage) -> None:
    """Display the calendar with the name of the participant's business on it."""
    display_here(
        ContentCalendar(page.business, apart=page.apart).stored_under(page.device_key("konten"))
    )
