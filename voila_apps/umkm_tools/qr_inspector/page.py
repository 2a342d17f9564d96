"""The code reader's page: no code that is read there is kept."""

from __future__ import annotations

from IPython.display import display

from umkm_tools.base.page import ToolPage

from .widget import QrInspector


def show(page: ToolPage) -> None:
    """Display the code reader; what its owner remembers stays on their phone under their key."""
    display(QrInspector(page.device_key("qris")))
