"""The price desk's page: nothing typed there leaves the page and the phone."""

from __future__ import annotations

import hashlib
import os

from IPython.display import display

from umkm_apps.settings import BUSINESS, PARTICIPANT
from umkm_widgets import PriceDesk


def show_price_desk() -> None:
    """Display the price desk with the name of the participant's business on its price list."""
    if PARTICIPANT not in os.environ:
        display(PriceDesk())
        return
    token = hashlib.sha256(f"harga {os.environ[PARTICIPANT]}".encode()).hexdigest()[:16]
    display(PriceDesk(os.environ.get(BUSINESS) or "Usaha saya", token))
