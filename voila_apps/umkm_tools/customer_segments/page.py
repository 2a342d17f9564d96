"""The page of customer segments: nothing typed there is kept on the laptop."""

from __future__ import annotations

from umkm_tools.base.page import ToolPage
from umkm_widgets.session import display_here

from .widget import CustomerSegments


def show(page: ToolPage) -> None:
    """Display it with the name of the participant's business in its messages."""
    display_here(CustomerSegments(page.business, apart=page.apart))
