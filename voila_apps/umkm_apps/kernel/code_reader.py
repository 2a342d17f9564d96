"""The code reader's page: no code that is read there is kept."""

from __future__ import annotations

from IPython.display import display

from umkm_apps.kernel.phone_token import phone_token
from umkm_widgets import CodeReader


def show_code_reader() -> None:
    """Display the code reader; what its owner remembers stays on their phone under their token."""
    display(CodeReader(phone_token("qris")))
