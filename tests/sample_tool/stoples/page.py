"""The page of the sample tool."""

from umkm_tools.base.page import ToolPage
from umkm_widgets.session import display_here

from .widget import Stoples


def show(page: ToolPage) -> None:
    """Display the sum of two jars."""
    display_here(Stoples({}).stored_under(page.device_key("stoples")))
