"""The price calculator's page: nothing typed there leaves the page and the phone."""

from __future__ import annotations

from umkm_tools.base.page import ToolPage
from umkm_widgets.session import display_here

from .widget import PriceCalculator


def show(page: ToolPage) -> None:
    """Display the calculator with the name of the participant's business on its price list."""
    display_here(
        PriceCalculator(page.business, apart=page.apart).stored_under(page.device_key("harga"))
    )
