"""The page of the sample tool."""

from IPython.display import display

from umkm_tools.base.page import ToolPage

from .widget import Stoples


def show(page: ToolPage) -> None:
    """Display the sum of two jars."""
    display(Stoples({}).stored_under(page.device_key("stoples")))
