"""The fee desk's page: nothing typed there is kept on the laptop; its rates come from the server."""

from __future__ import annotations

import os

from IPython.display import display

from umkm_apps.kernel.phone_token import phone_token
from umkm_apps.runtime.settings import RATES
from umkm_widgets import FeeDesk
from umkm_widgets.fee_desk.rates import rates_from


def show_fee_desk() -> None:
    """Display the fee desk with the rates of the course; elsewhere it says that there are none."""
    desk = FeeDesk(rates_from(os.environ.get(RATES, "")))
    display(desk.kept_for(phone_token("biaya")))
