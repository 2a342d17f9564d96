"""The code reader's page: no code that is read there is kept."""

from __future__ import annotations

import hashlib
import os

from IPython.display import display

from umkm_apps.settings import PARTICIPANT
from umkm_widgets import CodeReader


def show_code_reader() -> None:
    """Display the code reader; what its owner remembers stays on their phone under their token."""
    code = os.environ.get(PARTICIPANT)
    display(
        CodeReader(hashlib.sha256(f"qris {code}".encode()).hexdigest()[:16] if code else "latihan")
    )
