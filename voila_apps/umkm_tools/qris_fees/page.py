"""The fee calculator's page: nothing typed there is kept on the laptop; its rates come from the server."""

from __future__ import annotations

from umkm_tools.base.page import ToolPage
from umkm_widgets.session import display_here

from .rates import rates_from
from .widget import QrisFees


def show(page: ToolPage) -> None:
    """Display the calculator with the rates of the course; elsewhere it says that there are none."""
    tool = QrisFees(rates_from(page.rates))
    display_here(tool.stored_under(page.device_key("biaya")))
