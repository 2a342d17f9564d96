"""The desks of online marketing: nothing typed there is kept on the laptop."""

from __future__ import annotations

import os

from IPython.display import display

from umkm_apps.kernel.phone_token import phone_token
from umkm_apps.runtime.settings import BUSINESS, RATES
from umkm_widgets import ContentDesk, CustomerDesk, ListingDesk, MarketDesk, PhotoDesk
from umkm_widgets.market_desk.widget import models_from


def show_market_desk() -> None:
    """Display the marketplace desk with the fees of the course."""
    models = models_from(os.environ.get(RATES, ""))
    display(MarketDesk(models).kept_for(phone_token("marketplace")))


def show_photo_desk() -> None:
    """Display the photo desk."""
    display(PhotoDesk())


def show_listing_desk() -> None:
    """Display the listing desk."""
    display(ListingDesk().kept_for(phone_token("judul")))


def show_content_desk() -> None:
    """Display the content calendar with the name of the participant's business on it."""
    desk = ContentDesk(os.environ.get(BUSINESS) or "Usaha saya")
    display(desk.kept_for(phone_token("konten")))


def show_customer_desk() -> None:
    """Display the customer desk with the name of the participant's business in its messages."""
    display(CustomerDesk(os.environ.get(BUSINESS) or "Usaha saya"))
