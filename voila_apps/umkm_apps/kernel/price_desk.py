"""The price desk's page: nothing typed there leaves the page and the phone."""

from __future__ import annotations

import os

from IPython.display import display

from umkm_apps.kernel.phone_token import phone_token
from umkm_apps.runtime.settings import BUSINESS
from umkm_widgets import PriceDesk


def show_price_desk() -> None:
    """Display the price desk with the name of the participant's business on its price list."""
    display(PriceDesk(os.environ.get(BUSINESS) or "Usaha saya").kept_for(phone_token("harga")))
