"""The marketplace calculator's page: nothing typed there is kept on the laptop."""

from __future__ import annotations

from umkm_tools.base.page import ToolPage
from umkm_widgets.session import display_here

from .widget import MarketplaceFees, models_from


def show(page: ToolPage) -> None:
    """Display the calculator with the fees of the course."""
    display_here(
        MarketplaceFees(models_from(page.rates)).stored_under(page.device_key("marketplace"))
    )
