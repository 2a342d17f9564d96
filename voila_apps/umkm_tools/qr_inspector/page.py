"""The QR inspector's page: no code that is read there is stored."""

from __future__ import annotations

from umkm_tools.base.page import ToolPage
from umkm_widgets.session import display_here

from .widget import QrInspector


def show(page: ToolPage) -> None:
    """Display the QR inspector; the own code stays on the phone, under the device key."""
    display_here(QrInspector(page.device_key("qris")))
