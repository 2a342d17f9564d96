"""The price desk's page: nothing typed there leaves the page and the phone."""

from __future__ import annotations

import hashlib
import os

from IPython.display import display

from umkm_apps.settings import DATABASE, PARTICIPANT
from umkm_records import get_participant, open_records
from umkm_widgets import PriceDesk


def show_price_desk() -> None:
    """Display the price desk with the name of the participant's business on its price list."""
    if DATABASE not in os.environ:
        display(PriceDesk())
        return
    code = os.environ[PARTICIPANT]
    person = get_participant(open_records(os.environ[DATABASE]), code)
    token = hashlib.sha256(f"harga {code}".encode()).hexdigest()[:16]
    display(PriceDesk(person.business_name if person else "Usaha saya", token))
